import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectedAnswers } from '../../../src/answers/detect/defaults.ts';
import { lookUp } from '../../../src/answers/detect/dns.ts';
import { leadOf } from '../../../src/answers/detect/exposure.ts';
import { detectHost } from '../../../src/answers/detect/host.ts';
import { proxyOf } from '../../../src/answers/detect/proxies.ts';
import { routeTable, type StandIn, standIn } from './stand-in.ts';

const defaults = suite('defaults from the host');

const domain = 'meet.example.org';
const onInternet = { eth0: ['203.0.113.7/24'] };
const atHome = { lo: ['127.0.0.1/8'], eth0: ['192.168.10.20/24'] };

async function network(host: StandIn, settled?: 'public' | 'nat' | 'lan', name = domain) {
  const found = await detectedAnswers(detectHost(standIn(host)), name, settled);
  return found.network;
}

async function lead(host: StandIn) {
  const detected = detectHost(standIn(host));
  return leadOf(await detected.lookUp(domain), await detected.addresses());
}

defaults('a name that leads to this host makes it public', async () => {
  const host = { interfaces: onInternet, names: { [domain]: ['203.0.113.7'] } };
  assert.is(await lead(host), 'here');
  const { exposure, publicAddresses, lanAddresses } = await network(host);
  assert.equal([exposure, publicAddresses, lanAddresses], ['public', ['203.0.113.7'], undefined]);
});

defaults('a public name and a private host mean a router in between', async () => {
  const host = { interfaces: atHome, names: { [domain]: ['198.51.100.9'] } };
  assert.is(await lead(host), 'router');
  const { exposure, publicAddresses, lanAddresses } = await network(host);
  assert.equal(
    [exposure, publicAddresses, lanAddresses],
    ['nat', ['198.51.100.9'], ['192.168.10.20']],
  );
});

defaults('a name that leads to a private address means the local network', async () => {
  const { exposure, publicAddresses, lanAddresses } = await network({
    interfaces: atHome,
    names: { [domain]: ['192.168.10.20'] },
  });
  assert.equal([exposure, publicAddresses, lanAddresses], ['lan', undefined, ['192.168.10.20']]);
  assert.is((await network({ interfaces: atHome }, undefined, 'meet.lan')).exposure, 'lan');
});

defaults(
  'without DNS the host’s own addresses decide, and what is unknown stays open',
  async () => {
    for (const dnsError of ['ENOTFOUND', 'ETIMEOUT', 'ECONNREFUSED']) {
      assert.is((await network({ interfaces: onInternet, dnsError })).exposure, 'public');
      const { exposure, publicAddresses } = await network({ interfaces: atHome, dnsError });
      assert.equal([exposure, publicAddresses], ['nat', undefined]);
    }
  },
);

defaults('a proxy’s address is recognised and never taken for the server’s', async () => {
  const host = {
    interfaces: atHome,
    names: { [domain]: ['104.16.132.229', '2606:4700::6810:84e5'] },
  };
  assert.is(await lead(host), 'proxy');
  const { exposure, publicAddresses } = await network(host);
  assert.equal([exposure, publicAddresses], ['nat', undefined]);
  assert.is(proxyOf('203.0.113.7'), undefined);
});

defaults('the exposure that is settled decides which addresses are meant', async () => {
  const host = {
    interfaces: { eth0: ['203.0.113.7/24', '2001:db8::7/64'], eth1: ['10.0.0.5/24'] },
    names: { [domain]: ['203.0.113.7'] },
  };
  assert.equal((await network(host, 'public')).publicAddresses, ['203.0.113.7', '2001:db8::7']);
  assert.ok((await network(host, 'public')).ipv6);
  assert.equal((await network(host, 'lan')).lanAddresses, ['10.0.0.5']);
  assert.not((await network(host, 'lan')).ipv6);
});

defaults('of several addresses the name’s own are meant', async () => {
  const host = {
    interfaces: { eth0: ['203.0.113.7/24', '203.0.113.8/24'] },
    names: { [domain]: ['203.0.113.8'] },
  };
  assert.equal((await network(host)).publicAddresses, ['203.0.113.8']);
});

defaults('memory, time zone, SSH port, firewall and a free network come along', async () => {
  const host = detectHost(
    standIn({
      interfaces: { ...atHome, docker0: ['172.28.0.1/16'] },
      files: {
        '/proc/net/route': routeTable('eth0', '172.29.0.0', '255.255.0.0'),
        '/etc/ufw/ufw.conf': 'ENABLED=yes',
        '/etc/ssh/sshd_config': 'Port 2222',
      },
    }),
  );
  const found = await detectedAnswers(host, domain);
  assert.equal(found.host, { memory: 8192, timezone: 'Europe/Berlin' });
  assert.equal(found.firewall, ['ufw']);
  assert.is(found.network.sshPort, 2222);
  assert.is(found.network.subnet, '172.30.0.0/24');
});

defaults('DNS that does not answer is not DNS that says no', async () => {
  assert.equal(await lookUp(domain, standIn()), { outcome: 'none' });
  assert.equal(await lookUp(domain, standIn({ dnsError: 'ETIMEOUT' })), { outcome: 'unknown' });
});

defaults('every fact is found out once', async () => {
  let asked = 0;
  const sources = standIn({ interfaces: atHome });
  const host = detectHost({
    ...sources,
    resolve: (...words) => {
      asked++;
      return sources.resolve(...words);
    },
  });
  await Promise.all([host.lookUp(domain), host.lookUp(domain)]);
  await detectedAnswers(host, domain);
  assert.is(asked, 2);
});

defaults('this very host answers in time', async () => {
  const began = performance.now();
  const found = await detectedAnswers(detectHost(), 'name.invalid');
  assert.ok((found.host.memory ?? 0) > 0);
  assert.ok(performance.now() - began < 2500);
});

defaults.run();
