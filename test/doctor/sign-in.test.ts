import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askProvider } from '../../src/doctor/checks/sign-in.ts';
import { freePort } from '../blueprints/auth-oidc/service.ts';
import { makeWorld, type World } from '../blueprints/auth-oidc/world.ts';
import { about, domain, findingsOf, planAt } from './examined.ts';

const test = suite('doctor: where people sign in elsewhere');
let world: World;

test.before(async () => {
  world = await makeWorld();
});
test.after(() => world.stop());

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** What the doctor says of the sign-in, with this behind the edge. */
async function seenWith(
  behind: (url: string) => Listener | Promise<Listener>,
  providerUrl = 'https://id.example.org',
) {
  const edge = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => edge.once('listening', resolve));
  const { port } = edge.address() as AddressInfo;
  const auth = {
    mode: 'oidc',
    provider: 'other',
    providerUrl,
    clientId: 'jitsi',
  };
  const plan = await planAt({}, { auth });
  const url = `http://${domain}:${port}`;
  edge.on('request', await behind(url));
  try {
    const found = await findingsOf({ ...plan, url });
    return about(found, 'access').flatMap(({ subject, outcome, seen }) =>
      subject === 'strangers' ? [] : [`${outcome}: ${seen}`],
    );
  } finally {
    edge.close();
    edge.closeAllConnections();
  }
}

/** Passes on to the service, as an edge does. */
const passing = (to: string) => (from: IncomingMessage, response: ServerResponse) => {
  const call = request(`${to}${from.url}`, { headers: from.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  call.on('error', () => response.writeHead(502).end());
  call.end();
};

test('nobody passes it on, or it is not there', async () => {
  const page = await seenWith(() => (_, response) => response.end('<title>Jitsi Meet</title>'));
  assert.match(page.join('\n'), /^wrong: The sign-in service does not answer \(HTTP 200, 200\)\.$/);
  const gone = await seenWith(() => (_, response) => response.writeHead(502).end());
  assert.match(gone.join('\n'), 'wrong: The sign-in service does not answer (HTTP 502, 502).');
});

test('the server does not reach the provider', async () => {
  const service = await world.service({ OIDC_ISSUER: `https://localhost:${await freePort()}` });
  const seen = await seenWith(() => passing(service.url));
  assert.equal(seen, ['wrong: The server does not reach who signs people in.']);
});

test('it runs with another address than the stack has', async () => {
  const service = await world.service();
  const seen = await seenWith(() => passing(service.url));
  assert.match(seen.join('\n'), 'wrong: People would be sent back to https://meet.example.org/');
});

test('all is well, as far as it can be seen from a machine that does not believe the provider', async () => {
  const seen = await seenWith(
    async (url) => passing((await world.service({ PUBLIC_URL: url })).url),
    world.provider.issuer,
  );
  const { host } = new URL(world.provider.issuer);
  assert.match(
    seen.join('\n'),
    `ok: The page leads to ${host}, and back to http://meet.example.org:`,
  );
  assert.match(seen.join('\n'), `not checked: ${host} does not answer this machine`);
});

test('whoever answers in the server’s name cannot send the doctor anywhere else', async () => {
  const asked: string[] = [];
  const inner = createServer((from, response) => {
    asked.push(String(from.url));
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => inner.once('listening', resolve));
  const { port } = inner.address() as AddressInfo;
  try {
    for (const at of [`http://127.0.0.1:${port}/delete`, 'https://id.example.org.evil.example/']) {
      const seen = await seenWith((url) => ({ url: path = '' }, response) => {
        const back = encodeURIComponent(`${url}/oidc/callback`);
        const to = `${at}?client_id=jitsi&redirect_uri=${back}`;
        const policy = { 'content-security-policy': "default-src 'none'" };
        if (path.startsWith('/oidc/login'))
          response.writeHead(302, { ...policy, location: to }).end();
        else response.writeHead(400, policy).end();
      });
      assert.match(seen.join('\n'), /^not checked: The page leads to http/, at);
      assert.is(seen.length, 1);
    }
    assert.equal(asked, []);
  } finally {
    inner.close();
    inner.closeAllConnections();
  }
});

test('a provider that knows no such client or redirect URI is told from one that does', async () => {
  const provider = createServer((from, response) =>
    response.writeHead(from.url?.includes('client_id=jitsi') ? 303 : 400).end(),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => provider.once('listening', resolve));
  const at = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/auth?client_id=`;
  try {
    assert.is((await askProvider(`${at}jitsi`, 'https://x')).outcome, 'ok');
    const refused = await askProvider(`${at}other`, 'https://x/oidc/callback');
    assert.is(refused.outcome, 'wrong');
    assert.match(String(refused.fix), 'https://x/oidc/callback');
  } finally {
    provider.close();
    provider.closeAllConnections();
  }
});

test.run();
