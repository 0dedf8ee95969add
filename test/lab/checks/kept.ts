import { rmSync } from 'node:fs';
import path from 'node:path';
import { startDirectory } from '../../directory/server.ts';
import { startHomeserver } from '../../homeserver/server.ts';
import { answersFor } from '../answers.ts';
import { acmeAddress } from '../authority.ts';
import { type Check, ensure } from '../check.ts';
import { answer } from '../owner.ts';
import type { Lab } from '../session.ts';
import { person } from './people.ts';
import {
  enters,
  type Station,
  tokenOf,
  tokenQuery,
  withAccounts,
  withDirectory,
  withMatrix,
  withTokens,
} from './stations.ts';

/** Every password of the services is new, and people come in as before. */
async function rotates(lab: Lab, { holds }: Station): Promise<void> {
  await lab.stack.script(['rotate', '--yes']);
  await lab.stack.healthy();
  await holds(lab);
}

/** Secrets, the owner's files and all data are gone, and come back. */
async function restores(lab: Lab, { own, holds }: Station): Promise<void> {
  const { stack, scratch } = lab;
  const file = path.join(scratch, `${stack.plan().answers.auth.mode}.tar.gz`);
  await stack.script(['backup', file]);
  await stack.compose(['down', '--volumes', '--timeout', '5']);
  for (const name of ['data', '.env', ...(own ? [own] : [])])
    rmSync(path.join(stack.directory, name), { recursive: true });
  await stack.script(['restore', '--yes', file]);
  await stack.healthy();
  await holds(lab);
}

/** A new secret for tokens: a link from before is void, a new one is none of that. */
async function renews(lab: Lab): Promise<void> {
  const { stack } = lab;
  const [before, secret] = [await tokenOf(lab), stack.secret('JWT_APP_SECRET')];
  const said = await stack.script(['rotate', 'JWT_APP_SECRET', '--yes']);
  ensure(/opens nothing any more/.test(said), said);
  ensure(stack.secret('JWT_APP_SECRET') !== secret, 'the secret is the one of before');
  ensure((await enters(lab, tokenQuery(before), 'staff')) !== 'in', 'a link of before opens rooms');
  await withTokens.holds(lab);
}

/** What is done every year and after a loss, with each way to sign in that keeps something of its own. */
export const kept: Check = {
  name: 'backup and rotate: with a directory, a Matrix room and tokens',
  services: ['prosody', 'jicofo', 'prepare'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world, edge } = lab;
    const ada = { username: 'ada', password: await person(lab, 'ada') };
    const directory = await startDirectory(acmeAddress, world.hub.prefix);
    const homeserver = await startHomeserver(acmeAddress, 3000, world.hub.prefix);
    const reaches = async ({ auth, before }: Station) => {
      await answer(lab, { ...answersFor(world, edge), auth });
      await before?.(lab);
      await stack.script(['up']);
    };
    try {
      const ways = [withDirectory(directory, ada), withMatrix(homeserver.url, ada), withTokens];
      for (const station of ways) {
        await reaches(station);
        await rotates(lab, station);
        await restores(lab, station);
        if (station === withTokens) await renews(lab);
      }
      const home = withAccounts(ada);
      await reaches(home);
      await home.holds(lab);
    } finally {
      await homeserver.stop();
      await directory.stop();
    }
    return 'people come in with what they had, after new passwords and after a loss; a new secret for tokens makes links of before void';
  },
};
