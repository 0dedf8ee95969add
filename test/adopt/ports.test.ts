import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Proposal } from '../../src/adopt/propose.ts';
import { upstream, usualEnv } from './installations.ts';
import { jitsiBeside, proposed } from './proposed.ts';

const test = suite('adopt: ports and addresses');

const names = ['httpsPort', 'httpPort', 'mediaPort', 'localPort', 'bind'];
const found = ({ inferred }: Proposal) =>
  Object.fromEntries(
    inferred
      .map(({ answer, value }) => [answer.replace('network.', ''), value] as const)
      .filter(([name]) => names.includes(name)),
  );

const plain = usualEnv.replace('ENABLE_LETSENCRYPT=1\n', '');

for (const [what, env, expected] of [
  ['the usual ones', usualEnv, {}],
  ['another port of the bridge', `${usualEnv}JVB_PORT=10001\n`, { mediaPort: 10001 }],
  [
    'other ports of the page',
    `${plain}HTTP_PORT=8085\nHTTPS_PORT=8444\nPUBLIC_URL=https://meet.example.org:8444\n`,
    { httpsPort: 8444, httpPort: 8085 },
  ],
  [
    'a port that a proxy on this server asks',
    `${plain}HTTP_PORT=8000\nHTTPS_PORT=8443\n`,
    { localPort: 8000 },
  ],
  ['a port that the router turns into 80', `${usualEnv}HTTP_PORT=8085\n`, {}],
] as const) {
  test(what, async () => {
    await proposed(upstream(env), (proposal) => {
      assert.equal(found(proposal), expected);
      const left = [...proposal.unplaced, ...proposal.unspoken].map(({ name }) => name);
      assert.not.ok(left.includes('PUBLIC_URL'));
      assert.not.ok(left.includes('JVB_PORT'));
      assert.not.ok(proposal.settings.has('JVB_PORT'));
    });
  });
}

const bound = (media: string) =>
  jitsiBeside('').replace(/(jitsi\/jvb:.*\n)/, `$1    ports: ["${media}:10000:10000/udp"]\n`);

test('bound to the address that is announced, the stack listens there only', async () => {
  await proposed({ 'compose.yaml': bound('203.0.113.7') }, (proposal) => {
    assert.equal(found(proposal), { bind: 'given' });
    assert.equal(proposal.unplaced, []);
  });
});

test('bound to another one, that is listed', async () => {
  await proposed({ 'compose.yaml': bound('203.0.113.21') }, (proposal) => {
    assert.equal(found(proposal), {});
    assert.equal(
      proposal.unplaced.map(({ name }) => name),
      ['port of jvb'],
    );
  });
});

test('a proxy in a container asks web in Docker’s network', async () => {
  const npm = 'npm: { image: "jc21/nginx-proxy-manager:2" }';
  await proposed({ 'compose.yaml': jitsiBeside('ports: ["8000:80"]', npm) }, (proposal) =>
    assert.equal(found(proposal), {}),
  );
});

test.run();
