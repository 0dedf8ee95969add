/**
 * Tries the sign-in service with a real Keycloak, as its reader would set it up, and prints what was seen. By hand, before a release:
 * `npx tsx test/blueprints/auth-oidc/keycloak/trial.ts`. Takes minutes; needs Java, Maven and unzip.
 */
import * as assert from 'node:assert/strict';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Authority } from '../../../doctor/authority.ts';
import { Browser } from '../browser.ts';
import { formOf } from '../form.ts';
import { secret } from '../provider.ts';
import { startService } from '../service.ts';
import { login, stackOf, tokenOf, url } from '../world.ts';
import { startKeycloak, version } from './server.ts';

const authority = await Authority.found();
console.log(`Keycloak ${version} is starting …`);
const keycloak = await startKeycloak(authority);
const { issuer } = keycloak;
const stack = await stackOf({
  ...{ provider: 'keycloak', providerUrl: 'https://id.example.org/realms/staff' },
  ...{ moderators: 'token', moderatorGroups: 'hosts' },
});
const change = { issuer, clientSecret: secret, authority: authority.pem };
const service = await startService(stack, change);
const byRole = await startService(stack, {
  ...change,
  variables: { OIDC_GROUPS_CLAIM: 'realm_access.roles' },
});

const isRoom = (to: string) => to.startsWith(url) && !to.startsWith(`${url}/oidc/`);

/** Types name and password into Keycloak's page: the room, or the page that came instead. */
async function signsIn(username: string, password: string, at = service, room = 'one') {
  const browser = new Browser({ [url]: { at: at.url } }, authority.pem);
  const form = await browser.open(login(room));
  const { action, hidden } = formOf(form);
  const page = await browser.submit(action, { ...hidden, username, password }, isRoom);
  return { browser, page };
}

/** Whether somebody moderates, by the token that he came back with. */
async function moderates(who: string, password: string, at = service) {
  const { page } = await signsIn(who, password, at);
  assert.ok(isRoom(page.url), `${who} is at ${page.url}: ${page.status}`);
  return (await tokenOf(page)).context.user.moderator;
}

const trials: Readonly<Record<string, () => Promise<void>>> = {
  'a wrong password stays at Keycloak': async () => {
    const { page } = await signsIn('ada', 'wrong');
    assert.ok(page.url.startsWith(issuer), page.url);
    assert.match(page.body, /Invalid username or password/);
  },
  'a member of the group moderates, somebody else does not': async () => {
    assert.equal(await moderates('ada', 'lovelace'), true);
    assert.equal(await moderates('bob', 'builder'), false);
  },
  'roles of the realm are not told unless their mapper adds them to the ID token or userinfo':
    async () => {
      assert.equal(await moderates('ada', 'lovelace', byRole), false);
    },
  'its new key is known at once': async () => {
    await keycloak.rotate();
    assert.equal(await moderates('ada', 'lovelace'), true);
  },
  'signing out asks there, and comes back': async () => {
    const { browser } = await signsIn('ada', 'lovelace');
    const asked = await browser.open(`${url}/oidc/logout`);
    assert.match(asked.body, /log out/i);
    const { action, hidden } = formOf(asked);
    const page = await browser.submit(action, { ...hidden, confirmLogout: 'Logout' });
    assert.equal(page.url, `${url}/oidc/signed-out`);
    assert.match(page.body, /You have signed out/);
    // The session there is over: the password is asked for again.
    assert.match((await browser.open(login('one'))).body, /name="password"/);
  },
  'somebody who is locked there does not come in': async () => {
    await keycloak.lock('bob');
    const { page } = await signsIn('bob', 'builder');
    assert.ok(page.url.startsWith(issuer), page.url);
  },
  'its access tokens suit Jitsi only with an audience mapper, and a narrow scope': async () => {
    const client = { client_id: 'jitsi', client_secret: secret };
    const wide = await keycloak.grant(client, 'ada', 'lovelace');
    const narrow = await keycloak.grant({ client_id: 'native' }, 'ada', 'lovelace');
    assert.deepEqual(decodeProtectedHeader(wide.access_token).typ, 'JWT');
    assert.equal(decodeProtectedHeader(wide.access_token).alg, 'RS256');
    assert.equal(decodeJwt(wide.access_token).aud, 'account');
    assert.equal(decodeJwt(narrow.access_token).aud, 'native');
  },
};

try {
  for (const [what, trial] of Object.entries(trials)) {
    await trial();
    console.log(`✓ ${what}`);
  }
} finally {
  for (const one of [service, byRole]) await one.stop();
  await keycloak.stop();
}
