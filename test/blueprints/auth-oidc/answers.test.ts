import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Own, signInProblems } from '../../../blueprints/auth-oidc/problems.ts';
import { providers } from '../../../blueprints/auth-oidc/providers.ts';
import { renderedOf } from '../../matrix/stack.ts';

const test = suite('auth-oidc: answers');
const tenant = 'https://login.microsoftonline.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/v2.0';
const right: Readonly<Record<string, Partial<Own>>> = {
  keycloak: { providerUrl: 'https://id.example.org/realms/staff' },
  entra: { providerUrl: tenant },
  google: { providerUrl: 'https://accounts.google.com', domains: 'example.org' },
  gitlab: { providerUrl: 'https://gitlab.example.org' },
  authentik: { providerUrl: 'https://id.example.org/application/o/jitsi/' },
  authelia: { providerUrl: 'https://auth.example.org' },
  zitadel: { providerUrl: 'https://id.example.org' },
  other: { providerUrl: 'https://id.example.org/any' },
};
const own = (provider: string, change: Partial<Own> = {}): Own => ({
  ...{ provider, providerUrl: '', clientId: 'jitsi', groupsClaim: 'groups' },
  ...right[provider],
  ...change,
});
const refusedOf = (answers: Own) => signInProblems(answers).map(({ answer }) => answer);

test('each provider takes addresses of its own form', () => {
  assert.equal(Object.keys(right), Object.keys(providers));
  for (const provider of Object.keys(providers))
    assert.equal(refusedOf(own(provider)), [], provider);
});

for (const [what, answers, answer] of [
  [
    'Keycloak without a realm',
    own('keycloak', { providerUrl: 'https://id.example.org' }),
    'providerUrl',
  ],
  [
    'a slash at its end',
    own('keycloak', { providerUrl: 'https://id.example.org/realms/a/' }),
    'providerUrl',
  ],
  [
    'Authentik without one',
    own('authentik', { providerUrl: 'https://id.example.org/application/o/a' }),
    'providerUrl',
  ],
  [
    'every tenant',
    own('entra', { providerUrl: tenant.replace(/a+-.*\//, 'common/') }),
    'providerUrl',
  ],
  [
    'a tenant by its name',
    own('entra', { providerUrl: tenant.replace(/a+-.*\//, 'example.org/') }),
    'providerUrl',
  ],
  [
    'addresses that Microsoft does not vouch for',
    own('entra', { domains: 'example.org' }),
    'domains',
  ],
  ['all who have a Google account', own('google', { domains: ' , ' }), 'domains'],
  [
    'all who have an account at gitlab.com',
    own('gitlab', { providerUrl: 'https://gitlab.com' }),
    'domains',
  ],
  [
    'discovery’s own address',
    own('other', { providerUrl: 'https://id.example.org/.well-known/openid-configuration' }),
    'providerUrl',
  ],
  ['an address for a domain', own('other', { domains: 'ada@example.org' }), 'domains'],
  ['no client', own('other', { clientId: ' ' }), 'clientId'],
  [
    'moderators of no group',
    own('other', { moderators: 'token', moderatorGroups: ',' }),
    'moderatorGroups',
  ],
  ['a claim with a blank', own('other', { groupsClaim: 'my groups' }), 'groupsClaim'],
] as const)
  test(`refused: ${what}`, () => assert.equal(refusedOf(answers), [`auth.${answer}`]));

test('the plan says whose accounts count, opens no port, and leaves no secret in a file', async () => {
  const { plan, files } = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: {
      mode: 'oidc',
      ...own('keycloak', {
        groups: 'staff, Year 1',
        moderators: 'token',
        moderatorGroups: 'hosts',
      }),
    },
  });
  assert.equal(
    plan.access?.sentences[0],
    'People who sign in with Keycloak and are in staff or Year 1 open rooms.',
  );
  assert.is(plan.access?.sentences[2], 'Members of hosts moderate.');
  assert.equal(
    plan.endpoints.filter(({ service }) => service === 'oidc').map(({ from }) => from),
    ['containers'],
  );
  const prosody = plan.services.find(({ name }) => name === 'prosody')?.environment ?? {};
  assert.is(prosody.JWT_ALLOW_EMPTY, '0');
  assert.is(prosody.JWT_ACCEPTED_AUDIENCES, 'jitsi');
  const service = plan.services.find(({ name }) => name === 'oidc');
  assert.equal(service?.environment.OIDC_CLIENT_SECRET, { secret: 'OIDC_CLIENT_SECRET' });
  assert.is(service?.readOnly, true);
  assert.equal(service?.capabilities, []);
  const compose = files.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  assert.match(compose, 'OIDC_ALLOWED_GROUPS: staff,Year 1');
});

test.run();
