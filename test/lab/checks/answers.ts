import { answersFor, domain, relayName } from '../answers.ts';
import { announce } from '../authority.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import type { Lab } from '../session.ts';
import { trusted } from './acme.ts';
import { enter, person, tryLogin } from './people.ts';

/** Longer than nginx takes by itself, short enough for the common name that Debian's old lego asks for. */
const otherDomain = `meet.${'n'.repeat(44)}.example.org`;

/** What somebody with an account has to be able to do after every change. */
const ada = { username: 'ada', password: '' };

/** The records that everybody finds, the authority too: it asks over IPv6 as long as a record says so. */
async function publish({ world }: Lab, addresses: readonly string[]): Promise<void> {
  const names = [domain, relayName, otherDomain].map((name) => [name, addresses]);
  for (const who of [world.internet, world.office, world.lan, world.hub])
    who.knows(Object.fromEntries(names));
  await announce(world.hub, addresses);
}

/** Changes answers of the stack that runs, as its owner does: one run of the tool, then `./stack up`. */
async function change(lab: Lab, changes: object): Promise<string> {
  const { stack, world, edge } = lab;
  if (ada.password === '') ada.password = await person(lab, ada.username);
  const name = stack.plan().answers.name;
  await answer(lab, { ...answersFor(world, edge), ...changes });
  same(stack.plan().answers.name, name, 'the name of the stack');
  return stack.script(['up']);
}

async function opens({ internet }: Lab, url: string, family: 4 | 6): Promise<void> {
  const { status } = await internet.does('http').get(`${url}/`, { family, anyCertificate: true });
  same(status, 200, `the page over IPv${family}`);
}

/** The page, and the password that was set before anything changed. */
async function works(lab: Lab, family: 4 | 6): Promise<void> {
  const { stack } = lab;
  await opens(lab, stack.plan().url, family);
  same(await tryLogin(lab, { ...ada, family }), 'in', 'the password of before');
  const projects = (
    await stack.docker(['ps', '--format', '{{.Label "com.docker.compose.project"}}'])
  )
    .split('\n')
    .filter(Boolean);
  same([...new Set(projects)], [stack.plan().answers.name], 'the projects that run');
  const left = (await stack.containers()).filter(
    ({ service }) => !stack.plan().services.some(({ name }) => name === service),
  );
  same(
    left.map(({ service }) => service),
    [],
    'what should be gone',
  );
}

const check = (name: string, run: Check['run']): Check => ({
  name: `update: ${name}`,
  services: ['edge', 'prosody', 'prepare'],
  topologies: ['public'],
  edges: ['nginx'],
  run,
});

/** Each kind of change on one stack that runs, one after the other; a later one takes the earlier ones back. */
export const answerChanges: readonly Check[] = [
  check('another domain on the running stack', async (lab) => {
    const { world, stack } = lab;
    await publish(lab, world.outside);
    await change(lab, { domain: otherDomain });
    same(stack.plan().url, `https://${otherDomain}`, 'where people meet');
    await trusted(lab);
    await works(lab, 4);
    await stack.script(['status']);
    return `${otherDomain.length} characters; same containers’ project, account and secrets, a new certificate`;
  }),
  check('other addresses on the running stack', async (lab) => {
    const { world, stack, edge } = lab;
    const four = world.outside.filter((address) => !address.includes(':'));
    await publish(lab, four);
    const without = {
      network: { exposure: 'public', publicAddresses: four, ipv6: false, sshPort: 22 },
    };
    // The name that a change before this one may have left.
    const { url } = stack.plan();
    await answer(lab, { ...answersFor(world, edge), ...without });
    const early = await stack.tryScript(['reload']);
    same(early.code, 1, 'reload before up');
    ensure(/Nothing was reloaded.* new container for nginx/.test(early.stderr), early.stderr);
    await opens(lab, url, 4);
    const said = await change(lab, without);
    ensure(/network is another one now/.test(said), said);
    await trusted(lab);
    await works(lab, 4);
    const made = await stack.docker(['network', 'ls', '--format', '{{.Name}}']);
    const own = made.split('\n').filter((name) => name.endsWith('_meet.jitsi'));
    same(own.length, 1, 'networks of a stack');
    await stack.script(['reload']);
    return 'IPv6 given up, its records too: the network is made anew, the name goes back; reload waits for up';
  }),
  check('another exposure on the running stack', async (lab) => {
    await publish(lab, lab.world.outside);
    await change(lab, {
      network: { exposure: 'lan', lanAddresses: lab.world.outside, ipv6: true, sshPort: 22 },
      certificates: { source: 'own' },
    });
    await works(lab, 6);
    return 'from the internet to the local network, IPv6 back on';
  }),
  check('the relay off on the running stack', async (lab) => {
    await change(lab, { turn: { mode: 'none' } });
    await works(lab, 6);
    return 'back on the internet; no container and no secret of it is asked for';
  }),
  check('the relay on, and no accounts, on the running stack', async (lab) => {
    const { stack, internet } = lab;
    await change(lab, { auth: { mode: 'open', strangers: true, moderators: 'first' } });
    same((await stack.tryScript(['user', 'list'])).code, 2, 'user list without accounts');
    const xmpp = internet.does('xmpp');
    await xmpp.login('anybody', enter(lab, {}));
    same(
      await xmpp.conference('anybody', `open${Date.now()}@muc.meet.jitsi`),
      'ready',
      'what anybody is told',
    );
    await xmpp.leave('anybody');
    return 'anybody opens a room';
  }),
  check('accounts again on the running stack', async (lab) => {
    await change(lab, {});
    await works(lab, 6);
    return 'the account of before still opens the door';
  }),
];
