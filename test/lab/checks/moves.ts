import { startDirectory } from '../../directory/server.ts';
import { startHomeserver } from '../../homeserver/server.ts';
import { answersFor } from '../answers.ts';
import { acmeAddress } from '../authority.ts';
import { type Check, ensure } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import type { Container } from '../stack.ts';
import { person } from './people.ts';
import {
  openToAll,
  type Station,
  withAccounts,
  withDirectory,
  withMatrix,
  withTokens,
} from './stations.ts';
import { opensRoom, strangers, watched } from './stranger.ts';

async function containerOf({ stack }: Lab, service: string): Promise<Container> {
  const found = (await stack.containers()).find((one) => one.service === service);
  ensure(found, `${service} has no container`);
  return found;
}

/** The server reboots before `./stack up`: the containers of the answers before start with the files of those after. */
async function restarted(lab: Lab): Promise<void> {
  const services = ['prosody', 'jicofo'];
  for (const service of services)
    await lab.stack.docker(['restart', (await containerOf(lab, service)).id]);
  for (const service of services)
    await until(
      `${service} is back with the files of the new answers`,
      120,
      async () => (await containerOf(lab, service)).health === 'healthy',
    );
}

/** When the container of a service was started, in milliseconds: what ran before it is no concern of the new answers. */
async function startOf(lab: Lab, service: string): Promise<number> {
  const { stack } = lab;
  const { id } = await containerOf(lab, service);
  const said = await stack.docker(['inspect', '--format', '{{.State.StartedAt}}', id]);
  return Date.parse(said.trim());
}

/** From one to the next on the stack that runs, with a stranger at the door all the time; how often he tried. */
async function travels(lab: Lab, stations: readonly Station[]): Promise<number> {
  const { stack, world, edge } = lab;
  let wasOpen = false;
  let count = 0;
  for (const { auth, before, holds } of stations) {
    await answer(lab, { ...answersFor(world, edge), auth });
    const { mode } = stack.plan().answers.auth;
    const tries = await watched(lab, async () => {
      await before?.(lab);
      await restarted(lab);
      await stack.script(['up']);
    });
    count += tries.count;
    if (mode !== 'open') {
      const since = wasOpen ? await startOf(lab, 'prosody') : 0;
      const late = tries.opened.filter((when) => when.getTime() >= since);
      ensure(late.length === 0, `on the way to ${mode} a stranger opened ${late.length} rooms`);
      for (const as of strangers)
        ensure(!(await opensRoom(lab, as)), `a stranger opens a room with ${mode}`);
    }
    await holds(lab);
    wasOpen = mode === 'open';
  }
  return count;
}

const where = { topologies: ['public'], edges: ['nginx'], long: true } as const;

/** Every way to sign in on one stack that runs, one after the other. */
const everyWay: Check = {
  name: 'update: every way to sign in on the running stack',
  services: ['prosody', 'jicofo'],
  ...where,
  async run(lab) {
    const ada = { username: 'ada', password: await person(lab, 'ada') };
    const directory = await startDirectory(acmeAddress, lab.world.hub.prefix);
    try {
      const home = withAccounts(ada);
      const way = [withDirectory(directory, ada), withTokens, openToAll, home, withTokens, home];
      const count = await travels(lab, way);
      return `a directory, tokens, nothing, accounts, tokens, accounts; with a reboot before each ./stack up; a stranger tried ${count} times on the way`;
    } finally {
      await directory.stop();
    }
  },
};

/** To people of a Matrix room and back. */
const toMatrix: Check = {
  name: 'update: accounts, a Matrix room, and accounts again on the running stack',
  services: ['prosody', 'jicofo', 'web'],
  ...where,
  async run(lab) {
    const ada = { username: 'ada', password: await person(lab, 'ada') };
    const homeserver = await startHomeserver(acmeAddress, 3000, lab.world.hub.prefix);
    try {
      const way = [withMatrix(homeserver.url, ada), withAccounts(ada)];
      const count = await travels(lab, way);
      const known = `${lab.stack.plan().url}/.well-known/element/jitsi`;
      const { body } = await lab.internet.does('http').get(known);
      ensure(!body.includes('openidtoken'), 'Element still hears that it leads here');
      return `members of the room, nobody else, no other room; with a reboot before each ./stack up; a stranger tried ${count} times on the way`;
    } finally {
      await homeserver.stop();
    }
  },
};

export const moves: readonly Check[] = [everyWay, toMatrix];
