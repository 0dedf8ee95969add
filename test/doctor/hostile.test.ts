import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diagnosisText } from '../../src/cli/report/doctor.ts';
import { handshake, trust } from '../../src/doctor/handshake.ts';
import { type Attribute, decodeMessage, encode, method, peerOf } from '../../src/doctor/stun.ts';
import { plainTerminal } from '../cli/plain-terminal.ts';
import { Authority, type Pair } from './authority.ts';
import { domain, findingsOf, planAt, relayName } from './examined.ts';
import { dice, type Habit, type Hostile, habits, mangled, openHostile } from './hostile-server.ts';
import { listen } from './site.ts';

const hostile = suite('the doctor at servers that mean no good');
const authority = await Authority.found();
const pair = await authority.issue([domain, relayName]);
/** Milliseconds: the checks' own nine seconds, and what a busy machine takes. */
const soon = 20_000;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);

const number = { error: 0x0009, realm: 0x0014, nonce: 0x0015, mapped: 0x0020 };

/** A relay's right answers, with a nonce as long as a message can hold where that is asked for. */
function answered(packet: Buffer, nonce = Buffer.from('n')): Buffer | undefined {
  const message = decodeMessage(packet);
  if (!message) return undefined;
  const allocates = (message.type & 0x3eef) === method.allocate;
  const given = (): Attribute[] =>
    allocates
      ? [
          [number.error, Buffer.from([0, 0, 4, 1])],
          [number.realm, Buffer.from('r')],
          [number.nonce, nonce],
        ]
      : [[number.mapped, peerOf('203.0.113.9', 1, message.id)[1]]];
  const { packet: answer } = encode(message.type | (allocates ? 0x0110 : 0x0100), given());
  message.id.copy(answer, 8);
  return answer;
}

/** Looks at a server, and says how it went: every check has words, in time. */
async function survived(
  name: string,
  habit: Habit,
  relay: (packet: Buffer) => Buffer | undefined,
  served: Pair = pair,
): Promise<void> {
  const server: Hostile = await openHostile(served, habit, relay);
  const plan = await planAt(server);
  const start = Date.now();
  const findings = await findingsOf(plan, { turnSecret: 'secret' }).finally(server.close);
  assert.ok(Date.now() - start < soon, `${name} took ${Date.now() - start} ms`);
  const seen = new Set(findings.map(({ check }) => check));
  for (const check of ['dns', 'certificate', 'page', 'config', 'signalling', 'relay'] as const)
    assert.ok(seen.has(check), `${name}: nothing about ${check}`);
  for (const { seen: words, subject } of findings) {
    assert.ok(words.length > 5 && words.length < 600, `${name}, ${subject}: ${words}`);
    assert.not.match(words, /could not be read/, `${name}: a check was thrown out`);
  }
  const text = diagnosisText({ url: plan.url, vantage: 'outside', findings }, plainTerminal);
  assert.match(text, /\d+ ok, \d+ wrong/);
}

hostile('every kind of bad answer ends in words, all at once', async () => {
  const relay = (packet: Buffer) => answered(packet);
  await Promise.all(Object.entries(habits).map(([name, habit]) => survived(name, habit, relay)));
});

hostile('and so does each where people would sign in', async () => {
  const auth = { mode: 'oidc', provider: 'other', providerUrl: 'https://id.example.org' };
  await Promise.all(
    Object.entries(habits).map(async ([name, habit]) => {
      const server = await openHostile(pair, habit, () => undefined);
      const plan = await planAt(server, { auth: { ...auth, clientId: 'jitsi' } });
      const start = Date.now();
      const findings = await findingsOf(plan).finally(server.close);
      assert.ok(Date.now() - start < soon, `${name} took ${Date.now() - start} ms`);
      const seen = findings.filter(({ subject }) => subject.endsWith('/oidc/'));
      assert.is(seen.length, 1, name);
      assert.is.not(seen[0]?.outcome, 'ok', name);
    }),
  );
});

hostile('relays that answer too much, too little or nothing of sense', async () => {
  const silent = habits['closed at once'] as Habit;
  const endless = Buffer.alloc(65_000);
  await Promise.all([
    survived('a nonce without an end', silent, (packet) => answered(packet, endless)),
    survived('silence', silent, () => undefined),
    survived('zeros', silent, () => Buffer.alloc(50_000)),
    survived('an echo', silent, (packet) => packet),
  ]);
});

hostile('answers that are nearly right, by chance', async () => {
  const page = Buffer.from(
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nStrict-Transport-Security: max-age=9\r\nContent-Length: 60\r\n\r\n' +
      "<title>Jitsi</title> config.bosh = 'https://x/http-bind';    ",
  );
  const runs = Array.from({ length: 24 }, (_, index) => {
    const roll = dice(seed + index);
    const habit: Habit = (socket) => void socket.end(mangled(page, roll));
    const relay = (packet: Buffer) => {
      const right = answered(packet);
      return right && mangled(right, roll);
    };
    return survived(`seed ${seed + index}`, habit, relay);
  });
  await Promise.all(runs);
});

hostile('certificates without dates, and handshakes that are none', async () => {
  const relay = (packet: Buffer) => answered(packet);
  await survived('no dates', habits['cut off'] as Habit, relay, withoutDates(pair));
  const context = trust([]);
  for (const answer of [
    '',
    '\u0015\u0003\u0001\u0000\u0002\u0002\u0028',
    'HTTP/1.1 400 x\r\n\r\n',
  ]) {
    const server = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end(answer, 'latin1'));
    });
    const shown = await handshake('127.0.0.1', await listen(server), domain, context);
    assert.ok('reason' in shown && shown.reason.length > 5);
    server.close();
  }
});

hostile('a process with nothing else to do ends with its findings', async () => {
  const server = await openHostile(pair, habits['cut off'] as Habit, () => undefined);
  const file = fileURLToPath(new URL('look.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, String(server.https)]);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  server.close();
  assert.is(code, 1);
  assert.match(text, '"its answer is cut off"');
});

/** The same certificate with times that are none; its signature is then worth nothing, as nobody looks at it. */
function withoutDates({ cert, key }: Pair): Pair {
  const [first = '', ...rest] = cert.split(/(?<=-----END CERTIFICATE-----\n?)/);
  const der = Buffer.from(first.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  for (let at = 0; at < der.length - 15; at++) {
    const isTime = der[at] === 0x17 && der[at + 1] === 13 && der[at + 14] === 0x5a;
    if (isTime) der.fill('9', at + 2, at + 14);
  }
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { cert: [pem, ...rest].join(''), key };
}

hostile.run();
