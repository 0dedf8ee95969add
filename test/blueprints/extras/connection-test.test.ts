import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocketServer } from 'ws';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('the page that tests the connection');
const { files, plan } = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  extras: ['connection-test'],
});
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
const rules = textOf('jitsi/web/nginx-custom/connection-test.conf');
const policy = (/Content-Security-Policy "([^"]*)"/.exec(rules)?.[1] ?? '').replace(
  'wss://meet.example.org',
  'ws://127.0.0.1:*',
);

test('it is served from its own files, under a policy that lets nothing else in', () => {
  assert.match(policy, "default-src 'none'");
  assert.not.match(policy, 'unsafe');
  assert.match(rules, "connect-src 'self' wss://meet.example.org;");
  for (const name of ['index.html', 'style.css', 'test.js', 'signalling.js', 'bridge.js']) {
    assert.match(rules, `alias /config/connection-test/${name};`);
    assert.not.match(textOf(`jitsi/web/connection-test/${name}`), /https?:\/\//);
  }
  assert.ok(plan.steps.some(({ detail }) => detail.includes('org/connection-test says')));
});

test('the drawing has one arrow from the page to prosody, whoever else needs it', async () => {
  const both = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'own' },
    auth: { mode: 'internal', guests: 'none' },
    extras: ['connection-test', 'telephone'],
    telephone: { account: 'meet@pbx.example.org', numbers: 'DE +49 30 123456' },
  });
  const arrows = both.plan.links.filter(({ from, to }) => from === 'web' && to === 'prosody');
  assert.is(arrows.length, 1);
});

/** The bridges that pages asked for, by their numbers. */
const asked: string[] = [];

/** One of two bridges that nothing reaches. */
const unreachable = (ip: string) => ({
  ...{ ufrag: 'abcd', pwd: 'abcdefghijklmnopqrstuv', hash: 'sha-256', bridges: 2 },
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
  candidates: [
    { foundation: '1', priority: '2130706431', ip: '192.168.0.9', port: '10000', type: 'host' },
    { foundation: '2', priority: '1694498815', ip, port: '10000', type: 'srflx' },
  ],
});

/**
 * A site with the page, whose signalling says this of who may come in; none that refuses everybody. Tests of the bridge are refused with
 * this status, or opened where nothing is reached.
 */
async function site(mechanisms?: string, refused?: number): Promise<Server> {
  const types = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const [, bridge] = /^\/connection-test\/bridge\?([12])$/.exec(path) ?? [];
    if (bridge) {
      asked.push(bridge);
      response.writeHead(refused ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(refused ? {} : unreachable(`192.0.2.${bridge}`)));
      return;
    }
    const name = path === '/connection-test' ? 'index.html' : path.split('/').pop();
    const text =
      path === '/config.js'
        ? `var config = { websocket: 'ws://' + location.host + '/ws', hosts: { domain: 'meet.jitsi' } };`
        : textOf(`jitsi/web/connection-test/${name}`);
    const type = types[name?.split('.').pop() as keyof typeof types] ?? 'text/plain';
    response.writeHead(text ? 200 : 404, {
      'content-type': type,
      'content-security-policy': policy,
    });
    response.end(text);
  });
  if (mechanisms !== undefined) {
    new WebSocketServer({ server, path: '/ws' }).on('connection', (socket) =>
      socket.on('message', (data) => {
        if (!String(data).startsWith('<open')) return;
        const offered = `<mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${mechanisms}</mechanisms>`;
        socket.send(
          `<stream:features xmlns:stream="http://etherx.jabber.org/streams">${offered}</stream:features>`,
        );
      }),
    );
  }
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const inBrowser = await needs(test, 'host:chromium');
let browser: Browser | undefined;
test.after(() => browser?.close());

/** What the page says in the end, and what the browser complains about. */
async function told(server: Server) {
  browser ??= await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: ['--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  const faults: string[] = [];
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/connection-test`, { timeout: 60_000 });
  await page.waitForSelector('body[data-done]', { timeout: 120_000 });
  await page.click('#devices');
  await page.waitForSelector('[data-name="Camera"]', { timeout: 60_000 });
  const rows = await page.$$eval('#results li', (all) => all.map((one) => one.textContent ?? ''));
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  const verdict = (await page.textContent('#verdict')) ?? '';
  const report = await page.inputValue('#report');
  await page.close();
  server.closeAllConnections();
  server.close();
  return { rows, verdict, report, faults, wide };
}

inBrowser('where people have accounts, it says what it could not test', async () => {
  const seen = await told(await site('<mechanism>SCRAM-SHA-1</mechanism>'));
  assert.is(
    seen.verdict,
    'You can enter a room from here, but UDP does not reach the bridge, and whether the relay helps could not be tested: ask whoever runs this network to let out what fails below.',
  );
  assert.equal(seen.faults, []);
  assert.match(
    seen.report,
    'Fails: Audio and video straight to the bridge. UDP to port 10000 of 192.0.2.1 and port 10000 of 192.0.2.2: no answer.',
  );
  assert.not(seen.wide, 'it fits a phone');
  for (const row of ['Works WebSocket:', 'Works Camera:', 'Works Microphone:', 'Not tested Relay'])
    assert.ok(
      seen.rows.some((text) => text.startsWith(row)),
      `${row}: ${seen.rows}`,
    );
  assert.match(
    seen.report,
    'Not tested: Relay over TLS. this server lets in people with an account',
  );
});

inBrowser('where the server opens no test, nothing is said of the bridge', async () => {
  for (const [status, times, why] of [
    [429, 1, 'others test at this moment; test again in a minute.'],
    // The bridge may have started just now: it is asked once more.
    [502, 2, 'the server could not open a test.'],
  ] as const) {
    asked.length = 0;
    const { verdict, report } = await told(await site('<mechanism>PLAIN</mechanism>', status));
    assert.is(
      verdict,
      'You can enter a room from here. Whether sound and pictures arrive could not be tested.',
    );
    assert.match(report, `Not tested: Audio and video straight to the bridge. ${why}`);
    assert.is(asked.length, times);
  }
});

inBrowser('where signalling does not come through, no meeting will', async () => {
  const { verdict, rows } = await told(await site(undefined, 404));
  assert.match(verdict, 'A meeting will not work from here');
  assert.ok(
    rows.some((text) => /^Fails WebSocket: .*firewall/.test(text)),
    String(rows),
  );
});

test.run();
