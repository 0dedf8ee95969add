import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Claims } from './provider.ts';
import type { Service } from './service.ts';
import { makeWorld, signsIn, tokenOf, url, type World } from './world.ts';

const test = suite('auth-oidc: which people open rooms, and which of them moderate');
let world: World;

test.before(async () => {
  world = await makeWorld();
});
test.after(() => world.stop());

/** What becomes of somebody: `out`, or whether he moderates and what he is called. */
async function becomes(service: Service, claims: Claims) {
  world.provider.who = { sub: `person-${Math.random()}`, claims };
  const page = await signsIn(world.browser(service));
  if (!page.url.startsWith(`${url}/one?`)) return `out, ${page.status}`;
  const { user } = (await tokenOf(page)).context;
  return user.moderator ?? 'in';
}

const mail = (email: string, more: Claims = { email_verified: true }) => ({ email, ...more });

for (const [what, variables, cases] of [
  [
    'groups of a list',
    { OIDC_ALLOWED_GROUPS: 'staff,Year 1', OIDC_MODERATORS: 'hosts' },
    [
      [{ groups: ['staff', 'hosts'] }, true],
      [{ groups: ['Year 1'] }, false],
      [{ groups: 'staff' }, false],
      [{ groups: ['hosts'] }, 'out, 403'],
      [{ groups: ['Staff', 'staff,Year 1'] }, 'out, 403'],
      [{ groups: [{ staff: true }, null] }, 'out, 403'],
      [{}, 'out, 403'],
    ],
  ],
  [
    'roles in another claim',
    { OIDC_GROUPS_CLAIM: 'realm_access.roles', OIDC_MODERATORS: 'hosts' },
    [
      [{ realm_access: { roles: ['hosts'] } }, true],
      [{ realm_access: { roles: ['others'] } }, false],
      [{ realm_access: 'hosts' }, false],
      [{}, false],
    ],
  ],
  [
    'roles that are keys',
    { OIDC_GROUPS_CLAIM: 'roles', OIDC_MODERATORS: 'hosts' },
    [
      [{ roles: { hosts: { 1: 'example.org' } } }, true],
      [{ roles: { toString: 1 } }, false],
    ],
  ],
  [
    'a claim that no one has',
    { OIDC_GROUPS_CLAIM: '__proto__.constructor', OIDC_MODERATORS: 'hosts,name' },
    [[{ groups: ['hosts'] }, false]],
  ],
  [
    'domains of addresses',
    { OIDC_ALLOWED_DOMAINS: 'example.org' },
    [
      [mail('ada@Example.org'), 'in'],
      [mail('ada@example.org', {}), 'out, 403'],
      [mail('ada@example.org', { email_verified: false }), 'out, 403'],
      [mail('ada@example.org.evil.example'), 'out, 403'],
      [mail('"@example.org"@evil.example'), 'out, 403'],
      [{}, 'out, 403'],
    ],
  ],
  [
    'Google, whose accounts may carry any address',
    { OIDC_ALLOWED_DOMAINS: 'example.org,gmail.com', OIDC_HOSTED_DOMAIN: '1' },
    [
      [mail('ada@example.org', { email_verified: true, hd: 'example.org' }), 'in'],
      [mail('ada@example.org'), 'out, 403'],
      [mail('ada@gmail.com'), 'in'],
      [mail('ada@other.example', { email_verified: true, hd: 'other.example' }), 'out, 403'],
    ],
  ],
  [
    'people by their addresses',
    { OIDC_GROUPS_CLAIM: 'email', OIDC_MODERATORS: 'ada@example.org' },
    [
      [mail('Ada@example.org'), true],
      [mail('ada@example.org', { email_verified: 'false' }), false],
      [mail('eve@example.org'), false],
    ],
  ],
] as const)
  test(what, async () => {
    const service = await world.service(variables);
    for (const [claims, wanted] of cases)
      assert.is(await becomes(service, claims), wanted, JSON.stringify(claims));
  });

test('whoever is kept out is told so, and no token leaves the server', async () => {
  const service = await world.service({ OIDC_ALLOWED_GROUPS: 'staff' });
  world.provider.who = { sub: 'eve', claims: {} };
  const page = await signsIn(world.browser(service));
  assert.match(page.body, 'You are not among those who open rooms here');
  assert.not.match(page.body, 'eyJ');
});

test('a name has no control characters, and the number of an account stays with the provider', async () => {
  const service = await world.service();
  world.provider.who = { sub: 'employee-17', claims: { name: '\u202eA\u0007da'.padEnd(200, 'x') } };
  const { user } = (await tokenOf(await signsIn(world.browser(service)))).context;
  assert.match(String(user.name), /^Adax{77}$/);
  assert.match(String(user.id), /^[\w-]{43}$/);
});

test.run();
