import { copyFileSync } from 'node:fs';
import path from 'node:path';
import {
  base,
  bindDn,
  bindPassword,
  startDirectory,
  type TestDirectory,
} from '../../directory/server.ts';
import { answersFor } from '../answers.ts';
import { acmeAddress } from '../authority.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import type { Container } from '../stack.ts';
import { enter, person, tryLogin, xmppDomain } from './people.ts';
import { opensRoom, strangers, watched } from './stranger.ts';

/** How people sign in, one after the other, and what has to be true of each once `./stack up` is through. */
interface Station {
  readonly auth: object;
  /** What the owner does before `./stack up`. */
  readonly before?: (lab: Lab) => Promise<void>;
  readonly holds: (lab: Lab) => Promise<void>;
}

const accounts = { mode: 'internal', guests: 'wait', moderators: 'signed-in' };
const ada = { username: 'ada', password: '' };

const withAccounts: Station = {
  auth: accounts,
  holds: async (lab) => same(await tryLogin(lab, ada), 'in', 'the password of before'),
};

/** Without guests and with jicofo asking nobody; then guests who wait for a token: what is between two of these would be open. */
function stations(directory: TestDirectory): readonly Station[] {
  const lovelace = { username: 'ada', password: 'lovelace' };
  const withDirectory: Station = {
    auth: {
      ...{ mode: 'ldap', servers: new URL(directory.ldaps).host, ownAuthority: true, base, bindDn },
      ...{ guests: 'none', moderators: 'first' },
    },
    async before({ stack }) {
      copyFileSync(directory.authority, path.join(stack.directory, 'jitsi/prosody/ldap-ca.pem'));
      await stack.script(['secret', 'LDAP_BINDPW'], { input: `${bindPassword}\n` });
    },
    async holds(lab) {
      same(await tryLogin(lab, lovelace), 'in', 'the password of the directory');
      ensure((await tryLogin(lab, ada)) !== 'in', 'the password of the account still works');
      const said = await lab.stack.script(['ldap-test', 'ada'], { input: 'lovelace\n' });
      ensure(/ada can open rooms/.test(said), said);
    },
  };
  const withTokens: Station = {
    auth: { mode: 'jwt', guests: 'wait', moderators: 'token' },
    async holds(lab) {
      ensure((await tryLogin(lab, lovelace)) !== 'in', 'a password still works');
      const link = await lab.stack.script(['token', 'staff', '--moderator']);
      const token = /\?jwt=(\S+)/.exec(link)?.[1] ?? '';
      const { url } = enter(lab, {});
      const xmpp = lab.internet.does('xmpp');
      await xmpp.login('ada', { url: `${url}?token=${token}`, domain: xmppDomain });
      const room = 'staff@muc.meet.jitsi';
      same(await xmpp.conference('ada', room), 'ready', 'what the token opens');
      const inside = await xmpp.join('ada', room, 'ada');
      same(inside, ['ada', 'focus'], 'who is in the room of the token');
      await xmpp.leave('ada');
    },
  };
  const open: Station = {
    auth: { mode: 'open', strangers: true, moderators: 'first' },
    async holds(lab) {
      await until('anybody opens a room', 30, () => opensRoom(lab, { domain: xmppDomain }));
    },
  };
  return [withDirectory, withTokens, open, withAccounts, withTokens, withAccounts];
}

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

/** Every way to sign in on one stack that runs, one after the other, with a stranger at the door all the time. */
export const moves: Check = {
  name: 'update: every way to sign in on the running stack',
  services: ['prosody', 'jicofo'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world, edge } = lab;
    ada.password = await person(lab, ada.username);
    const directory = await startDirectory(acmeAddress, world.hub.prefix);
    let wasOpen = false;
    let count = 0;
    try {
      for (const { auth, before, holds } of stations(directory)) {
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
    } finally {
      await directory.stop();
    }
    return `a directory, tokens, nothing, accounts, tokens, accounts; with a reboot before each ./stack up; a stranger tried ${count} times on the way`;
  },
};
