import { startDirectory, type TestDirectory } from '../../directory/server.ts';
import { answersFor } from '../answers.ts';
import { acmeAddress } from '../authority.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { enter, person, tryLogin } from './people.ts';
import { withAccounts, withDirectory } from './stations.ts';

const room = 'staff@muc.meet.jitsi';
const ada = { username: 'ada', password: 'lovelace' };
const bob = { username: 'bob', password: 'builder' };

/** Packets to the directory are lost from here on, until it is taken back. */
async function silenced({ world }: Lab, { ldaps }: TestDirectory) {
  const rule = `tcp dport ${new URL(ldaps).port} drop`;
  const table = `table inet silent { chain input { type filter hook input priority 0; ${rule}; }; }`;
  await world.hub.run(['nft', table]);
  return () => world.hub.run(['nft', 'delete table inet silent']);
}

async function trial(lab: Lab, directory: TestDirectory): Promise<void> {
  const { internet, stack } = lab;
  const started = async () =>
    (await stack.containers()).map(({ id, pid }) => `${id} ${pid}`).sort();
  const before = await started();
  const hers = internet.does('xmpp');
  await hers.login('ada', enter(lab, ada));
  same(await hers.conference('ada', room), 'ready', 'ada opens a room');
  ensure(Array.isArray(await hers.join('ada', room, 'ada')), 'ada is not in her room');

  const speaks = await silenced(lab, directory);
  ensure((await tryLogin(lab, bob)) !== 'in', 'bob comes in while nobody can be asked');
  await hers.ping('ada', 'meet.jitsi');
  const said = await stack.tryScript(['ldap-test']);
  ensure(
    said.code === 1 && /no connection/.test(said.stdout + said.stderr),
    said.stdout + said.stderr,
  );
  await speaks();
  await until('bob comes in once it answers', 120, async () => (await tryLogin(lab, bob)) === 'in');

  await directory.halt();
  ensure((await tryLogin(lab, { ...bob, password: 'wrong' })) !== 'in', 'a wrong password is good');
  same(await tryLogin(lab, bob), 'in', 'who was there before, for eight hours');
  await hers.ping('ada', 'meet.jitsi');
  await hers.leave('ada');
  await stack.healthy();
  same(await started(), before, 'what runs');
}

/** The directory's server is silent, speaks again, and is gone. */
export const deadDirectory: Check = {
  name: 'directory: silent, back, and gone, while a meeting goes on',
  services: ['prosody'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world, edge } = lab;
    const own = { username: 'ada', password: await person(lab, 'ada') };
    const directory = await startDirectory(acmeAddress, world.hub.prefix);
    const reaches = async (auth: object, before?: (lab: Lab) => Promise<void>) => {
      await answer(lab, { ...answersFor(world, edge), auth });
      await before?.(lab);
      await stack.script(['up']);
    };
    try {
      const there = withDirectory(directory, own);
      await reaches(there.auth, there.before);
      await there.holds(lab);
      await trial(lab, directory);
      const home = withAccounts(own);
      await reaches(home.auth);
      await home.holds(lab);
    } finally {
      await directory.stop();
    }
    return 'nobody new comes in meanwhile, a meeting goes on, and nothing has to be started anew';
  },
};
