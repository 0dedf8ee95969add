import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localAddresses, passingAddresses, reach } from '../../../src/answers/detect/addresses.ts';
import { standIn } from './stand-in.ts';

const addresses = suite('local addresses');

const of = (interfaces: Record<string, string[]>, options = {}) =>
  localAddresses(standIn({ interfaces }).interfaces(), options);

addresses('are told apart by who can reach them', () => {
  assert.equal(
    of({
      lo: ['127.0.0.1/8', '::1/128'],
      eth0: ['203.0.113.7/24', '2001:db8::7/64', 'fe80::1/64'],
      eth1: ['10.0.0.5/24', 'fd00::5/64'],
      eth2: ['100.64.3.4/10'],
    }),
    {
      public: ['203.0.113.7', '2001:db8::7'],
      private: ['10.0.0.5', 'fd00::5', '100.64.3.4'],
    },
  );
});

addresses('of containers and virtual machines are left out', () => {
  const found = of({
    docker0: ['172.17.0.1/16'],
    'br-1a2b3c': ['172.28.0.1/24'],
    veth0: ['10.1.0.1/24'],
    virbr0: ['192.168.122.1/24'],
    ens18: ['192.168.10.20/24'],
  });
  assert.equal(found, { public: [], private: ['192.168.10.20'] });
});

addresses('of a tunnel count only where there is nothing else', () => {
  assert.equal(of({ wg0: ['10.8.0.1/24'], eth0: ['10.0.0.5/24'] }).private, ['10.0.0.5']);
  assert.equal(of({ wg0: ['10.8.0.1/24'] }).private, ['10.8.0.1']);
});

addresses('begin with the interface of the default route', () => {
  const interfaces = { eth0: ['10.0.0.5/24'], eth1: ['192.168.1.5/24'] };
  assert.equal(of(interfaces, { first: 'eth1' }).private, ['192.168.1.5', '10.0.0.5']);
});

addresses('that the host will drop again are left out', () => {
  const table = [
    '20010db8000000000000000000000007 02 40 00 80     eth0',
    '20010db8000000000000000000009999 02 40 00 01     eth0',
    '20010db8000000000000000000008888 02 40 00 20     eth0',
  ].join('\n');
  const passing = passingAddresses(table);
  assert.equal(passing, ['2001:db8::9999', '2001:db8::8888']);
  const found = of({ eth0: ['2001:db8::7/64', '2001:db8::9999/64'] }, { passing });
  assert.equal(found.public, ['2001:db8::7']);
});

addresses('what is no address is nobody’s', () => {
  assert.is(reach('not an address'), 'none');
  assert.is(reach('169.254.1.1'), 'none');
  assert.is(reach('8.8.8.8'), 'public');
});

addresses.run();
