import { connect } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { limits } from '../../blueprints/turn-coturn/limits.ts';
import { needs } from '../programs/needs.ts';
import { enterOwnNetwork, server } from './network.ts';
import { addresses, type Server, startServer } from './server.ts';
import { allocate, credentialFor, type Relay } from './turn.ts';

enterOwnNetwork();
const relay = suite('what one client can take of the relay');
const test = await needs(relay, 'root', 'host:nft', 'nginx', 'turnserver');
let running: Server;
/** Ends with a connection that asks for nothing; how long it was open, in ms. */
let idle: Promise<number>;
test.before(async () => {
  running = await startServer();
  const started = Date.now();
  const socket = connect(3478, server.ipv4).resume();
  // Closed with a reset or without.
  idle = new Promise((closed) => {
    socket.on('error', () => {}).on('close', () => closed(Date.now() - started));
  });
});

/** Asks for so many sessions, each under the name that it is given a number for, a few at a time. */
async function take(count: number, name: (index: number) => string) {
  const held: Relay[] = [];
  const errors = new Map<number, number>();
  const numbers = Array.from({ length: count }, (_, index) => index);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let index = numbers.shift(); index !== undefined; index = numbers.shift()) {
        const login = credentialFor(running.turnSecret, 600, name(index));
        let made = await allocate('udp', login);
        // Allocation mismatch: the system gave us the port of a session that has only just ended.
        while (made === 437) made = await allocate('udp', login);
        if (typeof made === 'number') errors.set(made, (errors.get(made) ?? 0) + 1);
        else held.push(made);
      }
    }),
  );
  return { held, errors: [...errors] };
}

test('one session carries so much a second and no more', async () => {
  const [made] = (await take(1, () => 'one')).held;
  assert.is(await made?.permit(addresses.bridge), 0);
  const sent = limits.bytesPerSecond * 4;
  const started = Date.now();
  const back = (await made?.flood(addresses.bridge, 10000, sent)) ?? 0;
  const seconds = Math.ceil((Date.now() - started) / 1000) + 1;
  assert.ok(back > 500_000, `only ${back} bytes came back`);
  assert.ok(back <= limits.bytesPerSecond * seconds, `${back} bytes in ${seconds} s`);
  made?.close();
});

test('one name gets a class of sessions', async () => {
  const { held, errors } = await take(limits.userQuota + 10, () => 'greedy');
  assert.is(held.length, limits.userQuota);
  // Allocation quota reached.
  assert.equal(errors, [[486, 10]]);
  for (const one of held) await one.end();
});

test('and with ever new names no more than there are ports', async () => {
  const { held, errors } = await take(limits.sessions + 50, (index) => `guest${index}`);
  assert.ok(held.length <= limits.sessions, `${held.length}`);
  // coTURN lends a port that was given back only after a while.
  assert.ok(held.length > limits.sessions * 0.9, `${held.length}`);
  assert.equal(
    errors.map(([error]) => error).filter((error) => error !== 486 && error !== 508),
    [],
  );
  const [first] = held;
  assert.is(await first?.permit(addresses.bridge), 0);
  assert.is(await first?.echo(addresses.bridge, 10000, 'still here'), 'still here');
});

test('a connection that asks for nothing is closed', async () => {
  const open = await idle;
  assert.ok(open < 40_000, `${open} ms`);
});

// What was started for them does not end by itself.
relay.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
relay.run();
