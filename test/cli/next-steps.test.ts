import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectHost } from '../../src/answers/detect/host.ts';
import { elsewhere, wayToServer } from '../../src/answers/whose.ts';
import { dockerCommand, stepsFromFacts } from '../../src/cli/next-steps.ts';
import { stepVersions } from '../../src/cli/report/steps.ts';
import { type StandIn, standIn } from '../answers/detect/stand-in.ts';
import { planOf } from '../matrix/stack.ts';
import { plainTerminal } from './plain-terminal.ts';

const next = suite('next steps');

const domain = 'meet.example.org';
const names = { [domain]: ['203.0.113.7'] };
const docker = {
  'docker --version': 'Docker version 28.2.2, build e6534b4',
  'docker compose version --short': '2.26.1',
};
const made = (host: object = {}, more: object = {}) =>
  planOf({
    domain,
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
    host,
    ...more,
  });

async function titles(machine: StandIn, host: object = { here: true }, more: object = {}) {
  const here = detectHost(standIn(machine));
  const { steps } = await made(host, more);
  const server = 'here' in host && host.here === false ? elsewhere(here) : here;
  return (await stepsFromFacts(steps, server)).map(({ title }) => title);
}

next('on a server that has everything, nothing is asked for that is there', async () => {
  const found = await titles({ names, programs: docker });
  assert.equal(found.slice(0, 2), ['Point turn.meet.example.org at the server', 'Start it']);
  const wrong = await titles({ names: { [domain]: ['198.51.100.1'] }, programs: docker });
  assert.is(wrong[0], 'Point meet.example.org at the server');
});

next('Docker that is missing, or too old, is the first step', async () => {
  assert.is((await titles({ names }))[0], 'Install Docker');
  const old = { ...docker, 'docker compose version --short': '2.17.0' };
  assert.is((await titles({ names, programs: old }))[0], 'Install Docker');
});

next(
  'a password that was typed here is not asked for again, unless the server is elsewhere',
  async () => {
    const auth = { mode: 'ldap', servers: 'dc1', base: 'dc=example', bindDn: 'cn=jitsi' };
    const { steps } = await made({}, { auth });
    const here = detectHost(standIn({ names, programs: docker }));
    const asked = async (host: typeof here, entered?: ReadonlyMap<string, string>) =>
      (await stepsFromFacts(steps, host, entered)).some(({ secret }) => secret === 'LDAP_BINDPW');
    const entered = new Map([['LDAP_BINDPW', 'x']]);
    assert.equal(
      await Promise.all([asked(here), asked(here, entered), asked(elsewhere(here), entered)]),
      [true, false, true],
    );
  },
);

next('a folder that was written elsewhere is brought to the server first', async () => {
  const found = await titles({ programs: docker }, { here: false, memory: 4096 });
  assert.equal(found.slice(0, 2), ['Bring this to the server', 'Install Docker on the server']);
  assert.ok(found.includes('Start it on the server, in the folder meet'), found.join('\n'));
});

next('the way to the server names its address, and in short the way into the folder', async () => {
  const { steps } = await made({ here: false, memory: 4096 });
  const commands = steps.map(({ command = '' }) => command);
  assert.ok(commands.includes('rsync -a ./ USER@203.0.113.7:meet/'), commands.join('\n'));
  assert.match(steps[0]?.detail ?? '', 'ssh USER@203.0.113.7, then cd meet');
  const call = 'cd new && rsync -a ./ USER@203.0.113.7:meet/';
  for (const [width, between] of [
    [76, ' '],
    [60, '\n   '],
  ] as const) {
    const [, short = ''] = stepVersions(steps, 'new', width, plainTerminal);
    assert.ok(short.startsWith(`1. Bring this to the server:${between}${call}\n2. `), short);
    assert.is(short.split('cd new').length, 2);
  }
  const { copy, logIn } = wayToServer({ lanAddresses: [], publicAddresses: ['2001:db8::7'] });
  assert.is(copy, 'rsync -a ./ USER@[2001:db8::7]:meet/');
  assert.is(logIn, 'ssh USER@2001:db8::7');
});

next('a distribution whose packages are new enough installs its own', () => {
  assert.match(dockerCommand('ID=debian\nVERSION_ID="13"'), 'install -y docker.io docker-compose');
  assert.match(dockerCommand('ID=ubuntu\nVERSION_ID="24.04"'), 'docker-compose-v2');
  for (const text of [
    'ID=debian\nVERSION_ID="12"',
    'ID=ubuntu\nVERSION_ID="22.04"',
    'ID=fedora',
    '',
  ])
    assert.is(dockerCommand(text), 'curl -fsSL https://get.docker.com | sudo sh', text);
});

next('a FortiGate that is the router is one step, not two', async () => {
  const network = {
    exposure: 'nat',
    publicAddresses: ['203.0.113.7'],
    lanAddresses: ['192.168.1.2'],
  };
  const found = await titles({}, { here: true }, { network, firewall: ['fortigate'] });
  assert.ok(found.includes('Open the FortiGate'));
  assert.not(found.includes('Forward the ports on the router'));
});

next('cloud-init takes the place of bringing the folder and of Docker', async () => {
  const host = { here: false, memory: 4096, cloneFrom: 'https://git.example.org/ops/meet.git' };
  const found = await titles({}, host);
  assert.is(found[0], 'Rent the server with cloud-init.yaml');
  assert.not(found.some((title) => /Bring this to|Install Docker/.test(title)));
});

next.run();
