import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { StackError } from '../../src/errors.ts';
import { renderStack } from '../../src/render-stack.ts';
import { planOf } from '../matrix/stack.ts';

const test = suite('further machines');

const site = {
  domain: 'meet.example.org',
  certificates: { source: 'own' },
  turn: { mode: 'none' },
};
const open = { exposure: 'public', publicAddresses: ['203.0.113.7'] };
const routed = {
  exposure: 'nat',
  publicAddresses: ['203.0.113.7'],
  lanAddresses: ['192.168.10.20'],
};
const open6 = { ...open, publicAddresses: ['203.0.113.7', '2001:db8::7'], ipv6: true };
const near = { exposure: 'lan', lanAddresses: ['192.168.10.20'] };

const plan = (network: object, machines: readonly string[], more: RawAnswers = {}) =>
  planOf({ ...site, network, machines: machines.join(','), ...more });

async function refusal(network: object, machines: readonly string[], more: RawAnswers = {}) {
  try {
    await plan(network, machines, more);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.message;
  }
}

const valuesOf = (of: Awaited<ReturnType<typeof planOf>>, service: string) =>
  of.services.find(({ name }) => name === service)?.environment ?? {};

test('a stack without any is what it was', async () => {
  const none = await planOf({ ...site, network: open });
  assert.is(none.machines, undefined);
  assert.not.match(JSON.stringify(none.services), /OCTO|NICKNAME/);
  assert.is(none.endpoints.filter(({ from }) => from === 'machines').length, 0);
});

test('every bridge has a name of its own and relays, the first one too', async () => {
  const three = await plan(open, [
    'b1:bridge:203.0.113.8:203.0.113.7',
    'b2:bridge:198.51.100.20:203.0.113.7:10001',
  ]);
  const bridges = [three, ...(three.machines ?? []).map((one) => one.plan)].map((one) =>
    valuesOf(one, 'jvb'),
  );
  assert.equal(
    bridges.map((one) => one.JVB_MUC_NICKNAME),
    ['central', 'b1', 'b2'],
  );
  for (const one of bridges) {
    assert.is(one.ENABLE_OCTO, '1');
    assert.is(one.JVB_OCTO_RELAY_ID, one.JVB_MUC_NICKNAME);
    assert.is(one.JVB_OCTO_REGION, 'all');
  }
  assert.is(
    valuesOf(three, 'jicofo').OCTO_BRIDGE_SELECTION_STRATEGY,
    'RegionBasedBridgeSelectionStrategy',
  );
  const [, second] = three.machines ?? [];
  assert.equal(second?.plan.endpoints.map(({ name, port }) => `${name} ${port}`).sort(), [
    'media 10001',
    'ssh 22',
  ]);
  assert.equal(
    second?.plan.secrets.map(({ name }) => name),
    ['JVB_AUTH_PASSWORD'],
  );
  assert.equal(
    second?.plan.services.map(({ name }) => name),
    ['jvb'],
  );
  assert.is(valuesOf(second?.plan ?? three, 'jvb').XMPP_SERVER, '203.0.113.7');
});

test('settings reach every bridge that reads them, and no others', async () => {
  const one = await plan(open, ['b1:bridge:203.0.113.8:203.0.113.7'], {
    settings: { VIDEOBRIDGE_MAX_MEMORY: '2048m', MAX_PARTICIPANTS: 40 },
  });
  const [machine] = one.machines ?? [];
  assert.equal(machine?.plan.answers.settings, { VIDEOBRIDGE_MAX_MEMORY: '2048m' });
  assert.is(valuesOf(one, 'jvb').VIDEOBRIDGE_MAX_MEMORY, '2048m');
});

test('prosody answers them where they come in, and nobody else', async () => {
  const rowOf = async (network: object, machine: string) => {
    const { endpoints } = await plan(network, [machine]);
    const { from, forward, sources } = endpoints.find(({ name }) => name === 'xmpp-machines') ?? {};
    return {
      from,
      forward,
      sources: (sources ?? []).map((one) => `${one.address} at ${one.answeredAt}`),
    };
  };
  assert.equal(await rowOf(open, 'b1:bridge:203.0.113.8:203.0.113.7'), {
    from: 'machines',
    forward: false,
    sources: ['203.0.113.8 at 203.0.113.7'],
  });
  // Through the router, which forwards it for that machine alone.
  assert.equal(await rowOf(routed, 'b1:bridge:198.51.100.20:203.0.113.7'), {
    from: 'machines',
    forward: true,
    sources: ['198.51.100.20 at 192.168.10.20'],
  });
  assert.equal(await rowOf(routed, 'b1:bridge:192.168.10.21:192.168.10.20:10001'), {
    from: 'machines',
    forward: false,
    sources: ['192.168.10.21 at 192.168.10.20'],
  });
});

test('nobody of them has to wait for wrong passwords of before', async () => {
  const { services } = await plan(open, ['b1:bridge:203.0.113.8:203.0.113.7']);
  const prosody = services.find(({ name }) => name === 'prosody');
  assert.match(
    String(prosody?.environment.GLOBAL_CONFIG),
    /login_backoff_machines = .*"203\.0\.113\.8"/,
  );
});

test('a bridge tells people the addresses at which it is reached', async () => {
  const told = async (network: object, machine: string) => {
    const { machines = [] } = await plan(network, [machine]);
    return machines.map((one) => valuesOf(one.plan, 'jvb').JVB_ADVERTISE_IPS)[0];
  };
  assert.is(await told(open, 'b1:bridge:203.0.113.8:203.0.113.7'), '203.0.113.8');
  assert.is(
    await told(routed, 'b1:bridge:192.168.10.21:192.168.10.20:10001'),
    '203.0.113.7,192.168.10.21',
  );
  assert.is(await told(routed, 'b1:bridge:198.51.100.20:203.0.113.7'), '198.51.100.20');
  assert.is(await told(near, 'b1:bridge:192.168.10.21:192.168.10.20'), '192.168.10.21');
});

test('a machine with an IPv6 address tells it to people, and may come from it', async () => {
  const six = await plan(open6, ['b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7]']);
  const [row] = six.endpoints.filter(({ name }) => name === 'xmpp-machines');
  assert.equal(row?.sources, [
    { machine: 'b1', address: '2001:db8::8', answeredAt: '2001:db8::7', routed: false },
  ]);
  const [machine] = six.machines ?? [];
  const bridge = valuesOf(machine?.plan ?? six, 'jvb');
  assert.is(bridge.JVB_ADVERTISE_IPS, '203.0.113.8');
  // The image would take what follows the first colon for a port.
  assert.is(bridge.XMPP_SERVER, 'central.meet.jitsi');
  const files = new Map(renderStack(six).map(({ path, text }) => [path, text]));
  assert.match(
    files.get('machines/b1/jitsi/jvb/stack.conf') ?? '',
    /static-mappings \+= \{ local-address = "fd[0-9a-f:]+", public-address = "2001:db8::8" \}/,
  );
  const there = files.get('machines/b1/compose.yaml') ?? '';
  assert.match(there, /central\.meet\.jitsi[:=] ?"?2001:db8::7/);
  assert.match(there, /"?10000:10000\/udp/);
  assert.match(files.get('compose.yaml') ?? '', /\[2001:db8::7\]:5222:5222\/tcp/);
  const prosody = valuesOf(six, 'prosody');
  assert.match(String(prosody.GLOBAL_CONFIG), /login_backoff_machines = .*"2001:db8::8"/);
  // People alone come over IPv6 here.
  const both = await plan(open6, ['b1:bridge:203.0.113.8+[2001:db8::8]:203.0.113.7']);
  const [four] = both.endpoints.filter(({ name }) => name === 'xmpp-machines');
  assert.is(four?.sources?.[0]?.address, '203.0.113.8');
  assert.is(valuesOf(both.machines?.[0]?.plan ?? both, 'jvb').XMPP_SERVER, '203.0.113.7');
});

test('what does not go together is refused in plain sentences', async () => {
  const b1 = 'b1:bridge:203.0.113.8:203.0.113.7';
  for (const [network, machines, sentence, more] of [
    [open, [b1, 'b1:bridge:203.0.113.9:203.0.113.7'], /Two machines are called “b1”/],
    [open, ['central:bridge:203.0.113.8:203.0.113.7'], /what the first bridge is called/],
    [open, [b1, 'b2:bridge:203.0.113.8:203.0.113.7'], /“b1” and “b2” have the same address/],
    [open, ['b1:bridge:203.0.113.7:203.0.113.7'], /is an address of the central machine/],
    [open, ['b1:bridge:10.0.0.8:203.0.113.7'], /is private: people on the internet/],
    [open, ['b1:bridge:203.0.113.8:203.0.113.99'], /which is none of its addresses/],
    [open, ['b1:bridge:203.0.113.8:10.0.0.7'], /nobody knows from which address it comes/],
    [routed, ['b1:bridge:192.168.10.21:203.0.113.7:10001'], /nobody knows from which address/],
    [
      routed,
      ['b1:bridge:192.168.10.21:192.168.10.20'],
      /UDP port 10000 of “b1” is that of the first/,
    ],
    [
      routed,
      [
        'b1:bridge:192.168.10.21:192.168.10.20:10001',
        'b2:bridge:192.168.10.22:192.168.10.20:10001',
      ],
      /UDP port 10001 of “b2” is that of “b1”/,
    ],
    [
      { exposure: 'nat', fixed: false, lanAddresses: ['192.168.10.20'] },
      ['b1:bridge:192.168.10.21:192.168.10.20:10001'],
      /there can be one bridge only/,
    ],
    [open6, ['b1:bridge:203.0.113.8:[2001:db8::7]'], /not known from which address/],
    [open6, ['b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::9]'], /none of its addresses/],
    [open, ['b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7]'], /its IPv6 address under network/],
    [
      { ...open6, ipv6: false },
      ['b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7]'],
      /its containers have none/,
    ],
    [open6, ['b1:bridge:203.0.113.8+[2001:db8::7]:203.0.113.7'], /address of the central machine/],
    [
      open,
      [
        'b1:bridge:203.0.113.8+[2001:db8::8]:203.0.113.7',
        'b2:bridge:203.0.113.9+[2001:db8::8]:203.0.113.7',
      ],
      /have the same address, 2001:db8::8/,
    ],
    [
      open,
      [b1],
      /there can be no further bridge/,
      { release: 'stable-11031', settings: { ENABLE_COLIBRI_WEBSOCKET: true } },
    ],
  ] as const)
    assert.match(await refusal(network, machines, more), sentence, machines.join(' '));
});

test('an older release has them too, without a channel over WebSocket', async () => {
  const { machines = [] } = await plan(open, ['b1:bridge:203.0.113.8:203.0.113.7'], {
    release: 'stable-11031',
  });
  assert.is(machines.length, 1);
});

test('what is planned and written grows by the same for each bridge', async () => {
  // A share that grew with their number would show here, whatever this machine does meanwhile.
  const sizes: number[] = [];
  for (const number of [10, 20, 40]) {
    const machines = Array.from(
      { length: number },
      (_, index) => `b${index + 10}:bridge:198.51.100.${index + 10}:203.0.113.7`,
    );
    const stack = await plan(open, machines);
    sizes.push(JSON.stringify(stack).length + JSON.stringify(renderStack(stack)).length);
  }
  const [ten = 0, twenty = 0, forty = 0] = sizes;
  const ratio = (forty - twenty) / (twenty - ten);
  assert.ok(Math.abs(ratio - 2) < 0.05, `twice as many take ${ratio} times as much`);
});

test.run();
