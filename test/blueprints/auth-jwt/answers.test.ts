import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tokenProblems } from '../../../blueprints/auth-jwt/problems.ts';
import { renderedOf } from '../../matrix/stack.ts';

const test = suite('auth-jwt: answers');
const own = { keys: 'secret', issuer: 'meet.example.org', audience: 'jitsi' };
const keysUrl = 'https://id.example.org/certs';

for (const [what, change, answer] of [
  ['two issuers', { issuer: 'a, b' }, 'issuer'],
  ['a quote', { issuer: 'a"b' }, 'issuer'],
  ['no audience', { audience: '' }, 'audience'],
  ['everybody’s audience', { audience: 'account' }, 'audience'],
  ['keys without an address', { keys: 'jwks' }, 'keysUrl'],
  ['a secret and keys', { keysUrl }, 'keysUrl'],
  ['an address with a comma', { keys: 'jwks', keysUrl: `${keysUrl}?a,b` }, 'keysUrl'],
] as const)
  test(`${what} is refused`, () => {
    const [problem] = tokenProblems({ ...own, ...change });
    assert.is(problem?.answer, `auth.${answer}`);
  });

test('published keys take the place of the secret', async () => {
  const { plan } = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'jwt', keys: 'jwks', keysUrl, issuer: 'https://id.example.org', guests: 'none' },
  });
  assert.not(plan.secrets.some(({ name }) => name === 'JWT_APP_SECRET'));
  const prosody = plan.services.find(({ name }) => name === 'prosody')?.environment ?? {};
  assert.not('JWT_APP_SECRET' in prosody);
  assert.match(String(prosody.XMPP_CONFIGURATION), `cache_keys_url="${keysUrl}"`);
  assert.is(prosody.JWT_ALLOW_EMPTY, '0');
});

test.run();
