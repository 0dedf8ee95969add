// The sign-in service: takes people from the meeting page to the provider and back, and hands Jitsi a token that is good for
// one room and a short while. create-jitsi-stack keeps this folder in sync and your edits in it; then ./stack up.
import { createServer } from 'node:http';
import { attempts } from './attempts.js';
import { failureOf } from './failures.js';
import { journal } from './journal.js';
import { limits } from './limits.js';
import { pageOf } from './pages.js';
import { judge } from './person.js';
import { provider } from './provider.js';
import { addressOf, placeOf } from './room.js';
import { settings } from './settings.js';
import { signToken } from './token.js';

const signedOut = `${settings.url}/oidc/signed-out`;
/** Visits that wait for the provider; more than these at once are a flood. */
const most = 64;
let waiting = 0;

/** What each address does; whatever is thrown becomes a page. */
const doors = {
  '/oidc/login': login,
  '/oidc/callback': callback,
  '/oidc/logout': logout,
  '/oidc/signed-out': async () => page('signed-out'),
  '/oidc/health': async () => ({ status: 200, body: 'ok\n', type: 'text/plain' }),
};

async function login({ url, cookies }) {
  const place = placeOf(url.searchParams);
  if (!place) return page('room');
  const { to, secrets } = await provider.begin();
  return redirect(to, await attempts.start({ ...secrets, place }, cookies));
}

async function callback({ url, cookies, from }) {
  if (limits.reached(from)) return page('busy');
  const attempt = await attempts.finish(url.searchParams.get('state'), cookies);
  if (!attempt) return page('forged');
  const forget = [attempts.forget(attempt.state)];
  try {
    const person = judge(await provider.finish(url.search, attempt), settings);
    if (!person) return { ...page('stranger'), cookies: forget };
    return redirect(addressOf(attempt.place, await signToken(person, attempt.place)), forget);
  } catch (error) {
    limits.count(from);
    return { ...failed(error), cookies: forget };
  }
}

async function logout() {
  return redirect((await provider.goodbye(signedOut)) ?? signedOut);
}

const redirect = (to, cookies = []) => ({ status: 302, to, cookies });
const page = (name) => ({ name, ...pageOf(name) });

/** What went wrong, as a page; the reason is for the log alone. */
function failed(error) {
  const { name, reason } = failureOf(error);
  return { ...page(name), reason };
}

async function answer(request) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return page('method');
  // The host is ours, whatever a visitor says that it is.
  const target = request.url ?? '/';
  if (!URL.canParse(target, settings.url)) return page('nothing');
  const url = new URL(target, settings.url);
  if (url.origin !== settings.url) return page('nothing');
  const door = Object.hasOwn(doors, url.pathname) ? doors[url.pathname] : null;
  if (!door) return page('nothing');
  if (waiting >= most && url.pathname !== '/oidc/health') return page('busy');
  waiting += 1;
  try {
    const { cookie = '', 'x-forwarded-for': from = '' } = request.headers;
    return await door({ url, cookies: cookie, from });
  } catch (error) {
    return failed(error);
  } finally {
    waiting -= 1;
  }
}

const server = createServer({ requestTimeout: 10_000 }, async (request, response) => {
  const { name, reason, status, to, body = '', type, policy, cookies = [] } = await answer(request);
  if (status >= 400) journal.failure(name, reason, request.headers['x-forwarded-for']);
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'${policy ?? ''}`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    ...(to ? { Location: to } : { 'Content-Type': `${type}; charset=utf-8` }),
    ...(status === 503 && { 'Retry-After': '30' }),
    ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
  });
  response.end(body);
});

server.listen(settings.port, () => journal.say('started', { issuer: settings.issuer }));
// The first process of a container has to end by itself when it is asked to.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
