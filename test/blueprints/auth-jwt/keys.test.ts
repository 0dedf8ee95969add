import { createHash, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tryOutside } from '../../../src/doctor/outside.ts';
import { Authority } from '../../doctor/authority.ts';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';
import { Browser } from '../auth-oidc/browser.ts';
import { meetings, RealProvider, secret } from '../auth-oidc/provider.ts';
import { sign } from './token.ts';

/** The provider, its keys and its tokens are real, and so is prosody; Jitsi’s module that gets the keys is a stand-in. */
const test = suite('auth-jwt: keys that a real provider publishes');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const client = 'https://meet.example.org';
const verifier = 'a-verifier-of-at-least-forty-three-characters';

let provider: RealProvider;
let browser: Browser;
/** Hands on what the provider publishes, without TLS: prosody here knows no authority of a test. */
let published: Server;
const asked: string[] = [];
/** How the address of the keys behaves. */
let manner: { silent?: true; age?: number; before?: object; without?: true } = {};
real.before(async () => {
  const authority = await Authority.found();
  provider = await RealProvider.start(authority, client);
  provider.who = { sub: 'ada', claims: {} };
  provider.typ = 'JWT';
  browser = new Browser({}, authority.pem);
  published = createServer(async ({ url = '' }, response) => {
    asked.push(url);
    if (manner.silent) return;
    const { body } = await browser.get(`${provider.issuer}/jwks`);
    const key = JSON.parse(body).keys.find(({ kid }: { kid: string }) => url === `/${pemOf(kid)}`);
    if (manner.age !== undefined) response.setHeader('cache-control', `max-age=${manner.age}`);
    const all = manner.without ? [] : JSON.parse(body).keys;
    if (url === '/jwks')
      response.end(JSON.stringify({ keys: [...(manner.before ? [manner.before] : []), ...all] }));
    else if (!key || manner.without) response.writeHead(404).end();
    else
      response.end(createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
  });
  published.listen(0, '127.0.0.1');
  await once(published, 'listening');
});
real.before.each(() => {
  manner = {};
});
real.after(async () => {
  published.close();
  published.closeAllConnections();
  await provider.stop();
});

/** What the owner answers; prosody is led to `published` instead. */
const elsewhere = 'https://keys.example.org';
/** As 8x8's key servers name their files. */
const pemOf = (kid: string) => `${createHash('sha256').update(kid).digest('hex')}.pem`;
const address = () => `http://127.0.0.1:${(published.address() as AddressInfo).port}`;

/** @param second how long a second of the stand-in's waiting takes */
async function asking(auth: object, issuer = provider.issuer, second = 1): Promise<Prosody> {
  const stack = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'jwt', guests: 'none', issuer, audience: 'jitsi', ...auth },
  });
  const variables = stack.plan.services.find(({ name }) => name === 'prosody')?.environment ?? {};
  const here = ['XMPP_CONFIGURATION', 'JWT_ASAP_KEYSERVER'].flatMap((name) =>
    name in variables ? [[name, String(variables[name]).replace(elsewhere, address())]] : [],
  );
  const changed = Object.fromEntries(here);
  const lines = [changed.XMPP_CONFIGURATION, `stand_in_second=${second}`].filter(Boolean);
  return startProsody(stack, { ...changed, XMPP_CONFIGURATION: lines.join(',') });
}

const byJwks = (issuer?: string, second?: number) =>
  asking({ keys: 'jwks', keysUrl: `${elsewhere}/jwks` }, issuer, second);

/** The provider’s tokens for somebody who signs in there: who it is, and one for meetings. */
async function tokens(): Promise<{ readonly id_token: string; readonly access_token: string }> {
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const redirect = `${client}/oidc/callback`;
  const query = new URLSearchParams({
    ...{ client_id: 'jitsi', response_type: 'code', scope: 'openid', redirect_uri: redirect },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', nonce: 'n', state: 's' },
    resource: meetings,
  });
  const { url } = await browser.open(`${provider.issuer}/auth?${query}`, (to) =>
    to.startsWith(client),
  );
  const answer = await browser.submit(`${provider.issuer}/token`, {
    ...{ grant_type: 'authorization_code', code: new URL(url).searchParams.get('code') ?? '' },
    ...{ redirect_uri: redirect, code_verifier: verifier },
    ...{ client_id: 'jitsi', client_secret: secret, resource: meetings },
  });
  return JSON.parse(answer.body);
}

const token = async () => (await tokens()).access_token;

async function comes(prosody: Prosody, word: string): Promise<string> {
  const login = { url: `${prosody.url}?token=${word}`, domain: 'meet.jitsi' };
  try {
    await xmpp.login('ada', login);
    return 'in';
  } catch (error) {
    return (error as { condition?: string }).condition ?? String(error);
  } finally {
    await xmpp.leave('ada');
  }
}

async function until(fact: () => boolean): Promise<void> {
  for (let tries = 0; !fact(); tries += 1) {
    if (tries > 600) throw new Error('It never came.');
    await sleep(100);
  }
}

real('JWKS: its token comes in, and what it did not sign, or for another, does not', async () => {
  const prosody = await byJwks();
  try {
    await until(() => prosody.log().includes('1 keys from'));
    const good = await token();
    assert.is(await comes(prosody, good), 'in');
    const [head, body, signature = ''] = good.split('.');
    const other = signature.startsWith('A') ? 'B' : 'A';
    assert.is(await comes(prosody, `${head}.${body}.${other}${signature.slice(1)}`), 'not-allowed');
    const claims = { iss: provider.issuer, aud: 'jitsi', sub: 'x', exp: 4_000_000_000 };
    assert.is(await comes(prosody, sign(claims)), 'not-allowed', 'a secret signs nothing here');
  } finally {
    await prosody.stop();
  }
});

real(
  'JWKS: tokens whose header does not say JWT, as this provider makes them, are refused',
  async () => {
    const prosody = await byJwks();
    provider.typ = undefined;
    try {
      await until(() => prosody.log().includes('1 keys from'));
      const own = await tokens();
      for (const one of [own.id_token, own.access_token])
        assert.is(await comes(prosody, one), 'not-allowed', one);
    } finally {
      provider.typ = 'JWT';
      await prosody.stop();
    }
  },
);

real('JWKS: another issuer’s server takes none of its tokens', async () => {
  const prosody = await byJwks('https://id.example.org');
  try {
    await until(() => prosody.log().includes('1 keys from'));
    assert.is(await comes(prosody, await token()), 'not-allowed');
  } finally {
    await prosody.stop();
  }
});

real('JWKS: after a change of keys nobody comes in until prosody has started anew', async () => {
  const before = await byJwks();
  let late: Promise<string> | undefined;
  try {
    await until(() => before.log().includes('1 keys from'));
    await provider.rotate(client);
    late = comes(before, await token());
    await until(() => before.log().includes('no such key'));
    assert.is(await Promise.race([late, sleep(2000, 'hears nothing')]), 'hears nothing');
  } finally {
    await before.stop();
    await late;
  }
  const after = await byJwks();
  try {
    await until(() => after.log().includes('1 keys from'));
    assert.is(await comes(after, await token()), 'in');
  } finally {
    await after.stop();
  }
});

real('key server: the file of each key is asked for, so a new key is known at once', async () => {
  const prosody = await asking({ keys: 'key-server', keysUrl: elsewhere });
  try {
    assert.is(await comes(prosody, await token()), 'not-authorized', 'it has to name a room');
    assert.match(asked.at(-1) ?? '', /^\/[0-9a-f]{64}\.pem$/);
    provider.extra = { room: '*' };
    for (const change of [false, true]) {
      if (change) await provider.rotate(client);
      asked.length = 0;
      assert.is(await comes(prosody, await token()), 'in');
      // The first key was met above.
      assert.match(asked.join(), change ? /^\/[0-9a-f]{64}\.pem$/ : /^$/);
    }
    // A key that was met is not asked for again, so one that was taken back stays good.
    manner = { without: true };
    asked.length = 0;
    assert.is(await comes(prosody, await token()), 'in');
    assert.equal(asked, []);
  } finally {
    provider.extra = {};
    await prosody.stop();
  }
});

real(
  'key server: one that does not answer keeps out who brings a new key, and nobody else',
  async () => {
    const prosody = await asking({ keys: 'key-server', keysUrl: elsewhere }, undefined, 0.02);
    provider.extra = { room: '*' };
    try {
      assert.is(await comes(prosody, await token()), 'in');
      const known = await token();
      await provider.rotate(client);
      manner = { silent: true };
      asked.length = 0;
      const late = comes(prosody, await token());
      await until(() => asked.length > 0);
      assert.is(await comes(prosody, known), 'in', 'meanwhile');
      assert.is(await late, 'not-allowed');
    } finally {
      provider.extra = {};
      await prosody.stop();
    }
  },
);

real('JWKS: it is asked again until it answers, and nothing has to be started anew', async () => {
  manner = { silent: true };
  const prosody = await byJwks(undefined, 0.02);
  try {
    await until(() => prosody.log().includes('no keys from'));
    manner = {};
    await until(() => prosody.log().includes('1 keys from'));
    assert.is(await comes(prosody, await token()), 'in');
  } finally {
    await prosody.stop();
  }
});

real('JWKS: a key that was taken back is good for a while, and then no more', async () => {
  // Read again in the stand-in's next second.
  manner = { age: 61 };
  const prosody = await byJwks(undefined, 0.003);
  try {
    await until(() => prosody.log().includes('1 keys from'));
    assert.is(await comes(prosody, await token()), 'in');
    manner = { without: true, age: 61 };
    await until(() => prosody.log().includes('0 keys from'));
    for (let said = 'in'; said === 'in'; ) {
      const trying = token().then((one) => comes(prosody, one));
      said = await Promise.race([trying, sleep(5000, 'hears nothing')]);
      trying.catch(() => {});
    }
    assert.match(prosody.log(), 'no such key');
  } finally {
    await prosody.stop();
  }
});

real(
  'JWKS: a key that is not RSA hides those behind it, which is said before anything is written',
  async () => {
    manner = { before: { kty: 'EC', kid: 'elliptic', crv: 'P-256', x: 'x', y: 'y' } };
    const url = `${address()}/jwks`;
    const [{ text } = { text: '' }] = await tryOutside([{ kind: 'keys', url }], '/nowhere');
    assert.match(text, 'not RSA (elliptic)');
    const prosody = await byJwks();
    try {
      await until(() => /keys\.lib\.lua:\d+: attempt/.test(prosody.log()));
      const late = comes(prosody, await token());
      await until(() => prosody.log().includes('no such key'));
      late.catch(() => {});
    } finally {
      await prosody.stop();
    }
  },
);

real.run();
