import type { ChildProcess } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocate, credentialFor, silent } from '../../src/doctor/turn.ts';
import { openWire } from '../../src/doctor/wire.ts';
import { onDisk } from '../matrix/directory.ts';
import { type RenderedStack, renderedOf } from '../matrix/stack.ts';
import { must } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';
import { startInSandbox } from '../programs/sandbox.ts';
import { endWithTest, enterOwnNetwork } from './network.ts';

enterOwnNetwork();
const relay = suite('the relay of a server without IPv4');
const test = await needs(relay, 'root', 'turnserver');
const address = '2001:db8::7';
const secret = 'shared';
let stack: RenderedStack;
let coturn: ChildProcess;
let files: { directory: string; remove: () => void };

test.before(async () => {
  await must('ip', ['link', 'set', 'lo', 'up']);
  await must('ip', ['-6', 'addr', 'add', `${address}/128`, 'dev', 'lo', 'nodad']);
  stack = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', ipv6: true, publicAddresses: [address] },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: 'turn.example.org' },
  });
  files = await onDisk(stack, (path) => path.startsWith('coturn/'));
  coturn = endWithTest(
    await startInSandbox('turnserver', ['/etc/coturn/stack/start.sh'], {
      binds: { '/etc/coturn/stack': `${files.directory}/coturn` },
      env: { ...process.env, TURN_CREDENTIALS: secret },
      through: 'mkdir -p /run/coturn /certs && exec sh "$@"',
    }),
  );
});

// A browser does not say which family it wants, and coTURN lends an IPv4 address then: error 440.
test('a browser’s question gets an IPv6 address, from which the bridge is reached', async () => {
  const bridge = stack.plan.network.addresses.jvb;
  for (const began = Date.now(); ; ) {
    const wire = await openWire({ transport: 'udp', port: 3478 }, address, 'turn.example.org');
    const made = await allocate(wire, credentialFor(secret), false);
    if (typeof made !== 'number') {
      assert.is(made.relayed, address);
      assert.is(await made.permit(bridge?.ipv6 ?? ''), 0);
      assert.is(await made.permit('fd00::1'), 403);
      await made.end();
      return wire.close();
    }
    wire.close();
    // No answer at all: it has not started yet.
    assert.ok(made === silent && Date.now() - began < 20_000, `no relay: ${made}`);
  }
});

test.after(() => {
  coturn.kill('SIGKILL');
  files.remove();
});

relay.run();
