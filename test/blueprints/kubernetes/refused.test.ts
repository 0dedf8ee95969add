import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf, problemsOf } from '../../matrix/stack.ts';
import { plain } from './stacks.ts';

const refused = suite('kubernetes: what has no place in a cluster is said in a sentence');

const problemsWith = (raw: RawAnswers, base = plain) => problemsOf({ ...base, ...raw });

const cases: Readonly<Record<string, readonly [RawAnswers, RegExp]>> = {
  'edge.proxy': [{ edge: { proxy: 'haproxy' } }, /ingress controller is the edge/],
  firewall: [{ firewall: ['nftables'] }, /firewalls are the affair/],
  'rebuild.by': [{ rebuild: { by: 'timer' } }, /rebuilt every day/],
  extras: [{ extras: ['monitoring'] }, /“monitoring” has no place/],
  'auth.mode': [
    {
      auth: {
        mode: 'oidc',
        provider: 'keycloak',
        providerUrl: 'https://id.example.org/realms/meet',
        clientId: 'jitsi',
      },
    },
    /OpenID Connect/,
  ],
  machines: [
    {
      machines: [{ name: 'b1', runs: 'bridge', address: '203.0.113.8', reaches: '203.0.113.7' }],
    },
    /bridges run on its nodes/,
  ],
  'network.httpsPort': [{ network: { httpsPort: 8443 } }, /listens on 443/],
  release: [{ release: 'stable-11031' }, /without root/],
  'settings.JVB_PORT': [
    { settings: { JICOFO_ENABLE_REST: true } },
    /chart sets JICOFO_ENABLE_REST/,
  ],
  'kubernetes.namespace': [
    { kubernetes: { namespace: 'My Space' } },
    /“My Space” cannot be a name/,
  ],
  'kubernetes.mostBridges': [{ kubernetes: { bridges: 3, mostBridges: 2 } }, /2 bridges at most/],
};

for (const [place, [answers, words]] of Object.entries(cases))
  refused(place, async () => {
    const problems = await problemsWith(answers);
    assert.is(problems.length, 1, problems.map(({ what }) => what).join(' '));
    assert.match(problems[0]?.what.concat(problems[0]?.why ?? '') ?? '', words);
    assert.ok(problems[0]?.fix);
  });

refused('nothing is asked about a server, and no address of one is needed', async () => {
  assert.equal(await problemsWith({}), []);
  const { answers } = await planOf(plain);
  assert.equal(answers.network.publicAddresses, []);
});

refused('answers for a cluster without one are refused with the way there', async () => {
  const { runs: _, ...server } = plain;
  const problems = await problemsWith(
    { network: { publicAddresses: ['203.0.113.7'] }, kubernetes: { bridges: 2 } },
    server,
  );
  assert.ok(problems.some(({ fix }) => fix?.includes('--runs kubernetes')));
});

refused.run();
