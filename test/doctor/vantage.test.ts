import type { NetworkInterfaceInfo } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placesOf } from '../../src/doctor/places.ts';
import { vantageOf } from '../../src/doctor/vantage.ts';
import { planOf } from '../matrix/stack.ts';
import { domain } from './examined.ts';

const vantage = suite('where the doctor stands');
const network = {
  exposure: 'nat',
  publicAddresses: ['203.0.113.7'],
  lanAddresses: ['192.168.10.20'],
};
const plan = await planOf({ domain, network, certificates: { source: 'own' } });
const standing = (...cidrs: string[]) =>
  vantageOf(plan.answers.network, {
    eth0: cidrs.map((cidr) => {
      const address = cidr.split('/')[0] ?? '';
      return { address, cidr, internal: false } as NetworkInterfaceInfo;
    }),
  });

vantage('whether this is the server is told by its addresses', () => {
  assert.is(standing('192.168.10.20/24'), 'server');
  assert.is(standing('192.168.10.77/24', 'fe80::1/64'), 'lan');
  assert.is(standing('192.168.11.77/24', '2001:db8::4/64'), 'outside');
  assert.is(standing(), 'outside');
});

vantage('it looks where DNS leads, as long as that is this stack', () => {
  const at = (where: Parameters<typeof placesOf>[3], ...addresses: string[]) =>
    placesOf(domain, plan, { outcome: 'found', addresses }, where);
  assert.equal(at('outside', '203.0.113.7'), ['203.0.113.7']);
  assert.equal(at('lan', '192.168.10.20'), ['192.168.10.20']);
  assert.equal(at('lan', '203.0.113.7'), ['203.0.113.7']);
  assert.equal(at('server', '203.0.113.7'), ['192.168.10.20']);
});

vantage('where DNS leads elsewhere or nowhere, it looks at the stack itself', () => {
  const stray = { outcome: 'found', addresses: ['198.51.100.9'] } as const;
  assert.equal(placesOf(domain, plan, stray, 'outside'), ['203.0.113.7']);
  assert.equal(placesOf(domain, plan, { outcome: 'none' }, 'lan'), ['192.168.10.20']);
  // Of a relay that is somebody else's, only DNS knows.
  assert.equal(placesOf('turn.example.net', plan, stray, 'outside'), ['198.51.100.9']);
});

vantage.run();
