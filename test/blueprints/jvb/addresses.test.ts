import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { releaseTags } from '../../../src/releases/index.ts';
import { type RenderedStack, renderedOf } from '../../matrix/stack.ts';

const addresses = suite('the addresses of the bridge');

const stackOf = (network: RawAnswers, more: RawAnswers = {}) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', ipv6: true, subnet6: 'fd28:6a69:7473::/64', ...network },
    certificates: { source: 'own' },
    turn: { mode: 'none' },
    auth: { mode: 'open', strangers: true, moderators: 'first' },
    ...more,
  });

/** What the bridge is told: for its IPv4 address by the variable, for its own IPv6 address by its configuration. */
function told({ plan, files }: RenderedStack) {
  const jvb = plan.services.find(({ name }) => name === 'jvb');
  const conf = files.find(({ path }) => path === 'jitsi/jvb/stack.conf')?.text ?? '';
  const mapping =
    /^ice4j\.harvest\.mapping\.static-mappings \+= \{ local-address = "(.+)", public-address = "(.+)" \}$/gm;
  return {
    four: jvb?.environment.JVB_ADVERTISE_IPS,
    six: [...conf.matchAll(mapping)].map(([, inner, outer]) => `${inner} ${outer}`),
  };
}

// Eight of eight people with both families got no media when the variable held an IPv6 address.
addresses('IPv6 goes to the bridge’s own IPv6 address, in every release and exposure', async () => {
  const outer = ['203.0.113.7', '2001:db8::7'];
  const inner = ['192.168.10.20', 'fd00:10::20'];
  const networks: readonly [RawAnswers, string, string[]][] = [
    [{ publicAddresses: outer }, '203.0.113.7', ['2001:db8::7']],
    [
      { exposure: 'nat', publicAddresses: outer, lanAddresses: inner },
      '203.0.113.7,192.168.10.20',
      ['2001:db8::7', 'fd00:10::20'],
    ],
    [{ exposure: 'lan', lanAddresses: inner }, '192.168.10.20', ['fd00:10::20']],
  ];
  for (const release of releaseTags()) {
    for (const [network, four, six] of networks) {
      assert.equal(
        told(await stackOf(network, { release })),
        { four, six: six.map((address) => `fd28:6a69:7473::e ${address}`) },
        release,
      );
    }
  }
});

addresses('without IPv4 nothing is mapped to it, by no setting either', async () => {
  const { four, six } = told(await stackOf({ publicAddresses: ['2001:db8::7'] }));
  assert.is(four, '');
  assert.equal(six, ['fd28:6a69:7473::e 2001:db8::7']);
  const settings = { JVB_ADVERTISE_IPS: '2001:db8::7' };
  const refused = await stackOf({ publicAddresses: ['2001:db8::7'] }, { settings }).catch(String);
  assert.match(String(refused), 'JVB_ADVERTISE_IPS');
});

addresses(
  'without IPv6 there is no second file, and the owner’s includes none in vain',
  async () => {
    const stack = await stackOf({ ipv6: false, publicAddresses: ['203.0.113.7'] });
    assert.equal(told(stack), { four: '203.0.113.7', six: [] });
    assert.not.ok(stack.files.some(({ path }) => path === 'jitsi/jvb/stack.conf'));
    // HOCON: an include of a file that is not there is empty, unless it says `required(…)`.
    const own = stack.files.find(({ path }) => path === 'jitsi/jvb/custom-jvb.conf')?.text ?? '';
    assert.match(own, /^include "stack\.conf"$/m);
  },
);

addresses.run();
