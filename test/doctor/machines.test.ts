import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingsOf, only, planAt } from './examined.ts';

const test = suite('the doctor and further machines');

/** An address of this machine that no other test uses. */
const address = `127.${(process.pid % 250) + 2}.${(process.pid >> 8) % 250}.8`;

async function planned() {
  const plan = await planAt({}, { machines: 'b1:bridge:203.0.113.8:203.0.113.7:10001' });
  return { ...plan, machines: (plan.machines ?? []).map((one) => ({ ...one, address })) };
}

test('a control port that answers is wrong, and one that does not is right', async () => {
  const plan = await planned();
  const shut = only(await findingsOf(plan), 'ports', 'control ports of bridges');
  assert.is(shut.outcome, 'ok');
  assert.match(shut.text, '8080/tcp of b1');
  const server = createServer((socket) => socket.destroy()).listen(8080, address);
  await once(server, 'listening');
  const open = only(await findingsOf(plan), 'ports', '8080/tcp of b1');
  server.close();
  assert.is(open.outcome, 'wrong');
  assert.match(open.text, 'without a password');
});

test('a control port is looked for at every address of the machine', async () => {
  const plan = await planned();
  const machines = plan.machines.map((one) => ({
    ...one,
    address: '127.0.0.9',
    address6: address,
  }));
  const server = createServer((socket) => socket.destroy()).listen(8080, address);
  await once(server, 'listening');
  const open = only(await findingsOf({ ...plan, machines }), 'ports', '8080/tcp of b1');
  server.close();
  assert.match(open.text, `at ${address}`);
});

test('numbers that answer a stranger are a finding, and for the central machine only', async () => {
  const measured = await planAt(
    {},
    {
      machines: 'b1:bridge:203.0.113.8:203.0.113.7:10001',
      extras: ['monitoring'],
      host: { memory: 8192 },
    },
  );
  const plan = {
    ...measured,
    machines: (measured.machines ?? []).map((one) => ({ ...one, address })),
  };
  assert.not.match(JSON.stringify(await findingsOf(plan)), /9464/);
  const server = createServer((socket) => socket.destroy()).listen(9464, address);
  await once(server, 'listening');
  const open = only(await findingsOf(plan), 'ports', '9464/tcp of b1');
  server.close();
  assert.is(open.outcome, 'wrong');
  assert.match(open.text, 'for the central machine only');
});

test('of its media, and of who has signed in, it says what it cannot see', async () => {
  const findings = await findingsOf(await planned());
  const media = only(findings, 'media', '10001/udp of b1');
  assert.is(media.outcome, 'not checked');
  assert.match(media.text, `nc -u -w 1 ${address} 10001`);
  assert.match(only(findings, 'media', 'bridges').text, /all 2 bridges.*\.\/stack bridges/);
});

test('a stack of one machine hears nothing of them', async () => {
  const said = JSON.stringify(await findingsOf(await planAt()));
  assert.not.match(said, /8080|bridges/);
});

test.run();
