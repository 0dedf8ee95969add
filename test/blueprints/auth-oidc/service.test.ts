import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Forgery } from './provider.ts';
import { freePort, type Service } from './service.ts';
import { comesBack, login, makeWorld, signsIn, tokenOf, url, type World } from './world.ts';

const test = suite('auth-oidc: the sign-in service, with a real provider');
let world: World;
let service: Service;

test.before(async () => {
  world = await makeWorld();
  service = await world.service();
});
test.after(() => world.stop());
test.before.each(() => {
  world.provider.forgery = undefined;
  world.provider.silent = false;
  world.provider.who = { sub: 'ada', claims: { name: 'Ada Lovelace' } };
});

test('somebody signs in with PKCE, and comes to the room with a token for it', async () => {
  const browser = world.browser(service);
  const page = await signsIn(browser, 'Staff-Meeting');
  assert.match(page.url, /^https:\/\/meet\.example\.org\/Staff-Meeting\?jwt=[\w.-]+$/);
  const { room, sub, exp = 0, context } = await tokenOf(page);
  assert.is(room, 'staff-meeting');
  assert.is(sub, 'meet.example.org');
  assert.ok(Math.abs(exp - Date.now() / 1000 - 3600) < 300, `${exp}`);
  assert.is(context.user.name, 'Ada Lovelace');
  assert.not('moderator' in context.user);
  assert.equal([...browser.cookies('meet.example.org')], []);
});

test('the browser alone remembers the sign-in, in a cookie that nobody else gets', async () => {
  const page = await world.browser(service).get(login('one'));
  assert.is(page.status, 302);
  const [cookie = ''] = [page.headers['set-cookie'] ?? []].flat();
  assert.match(
    cookie,
    /^__Host-oidc-[\w-]{16}=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
  );
  const to = new URL(String(page.headers.location));
  assert.is(to.searchParams.get('redirect_uri'), `${url}/oidc/callback`);
  assert.is(to.searchParams.get('code_challenge_method'), 'S256');
  for (const name of ['state', 'nonce', 'code_challenge'])
    assert.match(to.searchParams.get(name) ?? '', /^[\w-]{43}$/, name);
  assert.is(page.headers['cache-control'], 'no-store');
  assert.match(String(page.headers['content-security-policy']), "default-src 'none'");
});

test('a second time, in another browser, or with another state, it is worth nothing', async () => {
  const browser = world.browser(service);
  const back = await comesBack(browser);
  assert.is((await world.browser(service).get(back)).status, 400);
  const forged = back.replace(/state=[\w-]+/, `state=${'A'.repeat(43)}`);
  assert.is((await browser.get(forged)).status, 400);
  const kept = new Map(browser.cookies('meet.example.org'));
  assert.is((await browser.get(back)).status, 302);
  // The cookie is gone then; somebody who kept it gets no further with it.
  for (const [name, value] of kept) browser.cookies('meet.example.org').set(name, value);
  assert.is((await browser.get(back)).status, 400);
});

test('a cookie of another process, or one that was changed, opens nothing', async () => {
  const browser = world.browser(service);
  const back = await comesBack(browser);
  const jar = browser.cookies('meet.example.org');
  const [[name = '', value = ''] = []] = jar;
  const flipped = value.at(-10) === 'A' ? 'B' : 'A';
  jar.set(name, `${value.slice(0, -10)}${flipped}${value.slice(-9)}`);
  assert.is((await browser.get(back)).status, 400);
  jar.set(name, value);
  const other = await world.service();
  assert.is((await world.browser(other).get(back, { cookie: `${name}=${value}` })).status, 400);
});

test('tabs with several rooms do not get into each other’s way', async () => {
  const browser = world.browser(service);
  const [one, two] = [await comesBack(browser, 'one'), await comesBack(browser, 'two')];
  for (const [back, room] of [
    [one, 'one'],
    [two, 'two'],
  ] as const) {
    const { headers } = await browser.get(back);
    assert.match(String(headers.location), `${url}/${room}?jwt=`);
  }
  for (let tab = 0; tab < 12; tab += 1) await browser.get(login(`tab-${tab}`));
  assert.ok(browser.cookies('meet.example.org').size <= 5);
});

for (const room of [
  '//evil.example/x',
  '/\\evil.example',
  '%2F%2Fevil.example%2Fx',
  'https://evil.example',
  '..',
  '.',
  '',
  ' ',
  '*',
  'a/b',
  'a?b',
  'a#b',
  'a&jwt=x',
  '<script>alert(1)</script>',
  '"onload="',
  'a\r\nSet-Cookie: x=y',
  '\u202eroom',
  'a'.repeat(201),
  '%',
  '%ff',
])
  test(`${JSON.stringify(room.slice(0, 40))} is no room`, async () => {
    const page = await world.browser(service).get(login(room));
    assert.is(page.status, 400);
    assert.not('location' in page.headers);
    assert.not('set-cookie' in page.headers);
    if (room.length > 3) assert.not(page.body.includes(room));
  });

test('a room keeps its name, and its token the one that prosody knows', async () => {
  for (const [name, path, room] of [
    ['Café', '/Caf%C3%A9', 'caf%c3%a9'],
    ['caf%C3%A9', '/caf%C3%A9', 'caf%c3%a9'],
    ['Ａ team', '/A%20team', 'a%20team'],
  ] as const) {
    const page = await signsIn(world.browser(service), name);
    assert.is(new URL(page.url).pathname, path);
    assert.is((await tokenOf(page)).room, room);
  }
});

test('a tenant and what was chosen before are kept, and nothing else of what the page says', async () => {
  const state = {
    room: 'elsewhere',
    tenant: 'school',
    'config.startWithAudioMuted': true,
    'config.prejoinConfig.enabled': false,
    'config.evil': '"><script>',
    'interfaceConfig.APP_NAME': 'x',
    electron: true,
  };
  const page = await signsIn(world.browser(service), 'one', state);
  const { pathname, hash } = new URL(page.url);
  assert.is(pathname, '/school/one');
  assert.is(hash, '#config.startWithAudioMuted=true&config.prejoinConfig.enabled=false');
  const wrong = await world.browser(service).get(login('one', { tenant: '/evil.example' }));
  assert.is(wrong.status, 400);
});

test('whatever host a visitor claims, the way back is to this server', async () => {
  const page = await world.browser(service).get(login('one'), {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
  });
  assert.not.match(String(page.headers.location), 'evil');
});

const forgeries: Readonly<Record<string, Forgery>> = {
  'for another audience': { claims: { aud: 'another' } },
  'of another issuer': { claims: { iss: 'https://evil.example' } },
  'that has run out': { claims: { exp: 1_700_000_000 } },
  'with another nonce': { claims: { nonce: 'x' } },
  'signed with another key': { strangeKey: true },
  'without a signature': { unsigned: true },
};
for (const [what, forgery] of Object.entries(forgeries))
  test(`an ID token ${what} is not believed`, async () => {
    world.provider.forgery = forgery;
    const page = await signsIn(world.browser(service));
    assert.is(page.status, 502);
    assert.match(page.body, 'could not be believed');
  });

test('the provider’s new key is known at once', async () => {
  await signsIn(world.browser(service));
  await world.provider.rotate(url);
  await tokenOf(await signsIn(world.browser(service)));
});

test('somebody who cancels, or is refused there, is told so', async () => {
  const browser = world.browser(service);
  const back = new URL(await comesBack(browser));
  back.searchParams.delete('code');
  back.searchParams.set('error', 'access_denied');
  back.searchParams.set('error_description', '<script>alert(1)</script>');
  const page = await browser.get(back.href);
  assert.is(page.status, 403);
  assert.not.match(page.body, 'script');
  assert.match(service.log(), '"page":"refused"');
});

test('signing out ends at the provider, and comes back to a page of this server', async () => {
  const browser = world.browser(service);
  await signsIn(browser);
  const { headers } = await browser.get(`${url}/oidc/logout`);
  const to = new URL(String(headers.location));
  assert.is(to.pathname, '/session/end');
  assert.is(to.searchParams.get('post_logout_redirect_uri'), `${url}/oidc/signed-out`);
  assert.is(to.searchParams.get('client_id'), 'jitsi');
  const form = await browser.get(to.href);
  assert.is(form.status, 200);
  const page = await browser.get(`${url}/oidc/signed-out`);
  assert.match(page.body, 'You have signed out');
});

test('other addresses and other methods find nothing', async () => {
  for (const path of ['/', '/oidc/', '/oidc/nothing', '/oidc/__proto__', '/oidc/login/x'])
    assert.is((await world.browser(service).get(`${url}${path}`)).status, 404, path);
  const answer = await fetch(`${service.url}/oidc/login?room=one`, { method: 'POST' });
  assert.is(answer.status, 405);
});

test('a provider that is away is told in a sentence, is logged, and is there again by itself', async () => {
  const other = await world.service({ OIDC_ISSUER: `https://localhost:${await freePort()}` });
  const page = await world.browser(other).get(login('one'));
  assert.is(page.status, 503);
  assert.match(page.body, 'The service that knows who you are does not answer');
  assert.ok(page.headers['retry-after']);
  assert.match(other.log(), 'ECONNREFUSED');
  assert.is((await fetch(`${other.url}/oidc/health`)).status, 200);

  const browser = world.browser(service);
  const back = await comesBack(browser);
  world.provider.silent = true;
  assert.is((await browser.get(back)).status, 503);
  world.provider.silent = false;
  await tokenOf(await signsIn(world.browser(service)));
});

test('the log names each failure, counts what is many, and holds no secret', async () => {
  const browser = world.browser(service);
  for (let i = 0; i < 20; i += 1)
    await browser.get(`${url}/oidc/callback?state=x`, { 'x-forwarded-for': '203.0.113.9' });
  const lines = service
    .log()
    .split('\n')
    .filter((line) => line.includes('"page":"forged"'));
  assert.ok(lines.length > 0 && lines.length <= 10, `${lines.length}`);
  assert.match(service.log(), '203.0.113.9');
  for (const word of ['a secret with', '0123456789abcdef', 'code=', 'jwt=', 'eyJ'])
    assert.not.ok(service.log().includes(word), word);
});

test('invented codes are passed on to the provider thirty times from one source, and no more', async () => {
  const flooded = await world.service();
  const browser = world.browser(flooded);
  const from = { 'x-forwarded-for': '203.0.113.66' };
  const seen: number[] = [];
  for (let i = 0; i < 32; i += 1) {
    const { headers } = await browser.get(login('one'));
    const state = new URL(String(headers.location)).searchParams.get('state');
    const issuer = encodeURIComponent(world.provider.issuer);
    const back = `${url}/oidc/callback?code=x&state=${state}&iss=${issuer}`;
    seen.push((await browser.get(back, from)).status);
  }
  assert.equal(seen, [...Array(30).fill(400), 503, 503]);
  await tokenOf(await signsIn(world.browser(flooded)));
});

test.run();
