import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { present as stream } from '../../blueprints/edge-nginx/present.ts';
import { present as nftables } from '../../blueprints/firewall-nftables/present.ts';
import { present as page } from '../../blueprints/firewall-ports/present.ts';
import { present as nginx } from '../../blueprints/nginx/present.ts';
import { present as readme } from '../../blueprints/repository/present.ts';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { planOf } from '../matrix/stack.ts';

const presents = suite('what features present to their templates');

const addresses = {
  public: { publicAddresses: ['198.51.100.7', '2001:db8::7'], lanAddresses: [] },
  nat: { publicAddresses: ['198.51.100.7', '2001:db8::7'], lanAddresses: ['192.168.10.20'] },
  lan: { publicAddresses: [], lanAddresses: ['192.168.10.20', 'fd00:10::20'] },
};

const planWith = (exposure: keyof typeof addresses, more: RawAnswers = {}) =>
  planOf({
    domain: 'meet.example.org',
    network: { exposure, ipv6: true, ...addresses[exposure] },
    edge: { proxy: 'nginx' },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: 'turn.example.org', share443: false },
    auth: { mode: 'internal' },
    firewall: [],
    ...more,
  });

presents('nftables marks where the rules for the local network begin', async () => {
  const [internet, lan] = [nftables(await planWith('public')), nftables(await planWith('lan'))];
  assert.is(internet.lan, false);
  assert.ok(internet.rows.every(({ firstOfLan }) => !firstOfLan));
  assert.is(lan.lan, true);
  assert.equal(
    lan.rows.map(({ firstOfLan }) => firstOfLan),
    lan.rows.map((_, index) => index === 0),
  );
  const four = { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] };
  const only = nftables(await planWith('public', { network: { ...four, ipv6: false } }));
  const rowOf = (name: string) => only.rows.find((row) => row.name === name);
  assert.is(rowOf('https')?.ipv4Only, true);
  assert.is(rowOf('ssh')?.ipv4Only, false);
});

presents('the page of ports says who answers, and what is worth a try', async () => {
  const view = page(await planWith('nat'));
  const row = (port: string) => view.open.find((one) => one.port === port);
  assert.equal(
    [row('22/tcp')?.service, row('22/tcp')?.inHostNetwork, row('3478/udp')?.inHostNetwork],
    ['this server', false, true],
  );
  assert.is(view.lanAddress, '192.168.10.20');
  assert.equal(
    view.notForwarded.map(({ value }) => value.name),
    ['ssh', 'turn-relay'],
  );
  assert.not.ok(view.tries.open.some(({ name }) => name === 'ssh'));
  assert.ok(view.tries.closed.some(({ port }) => port === 5222));
  // Audio and video, which is what is forgotten.
  assert.is(view.tries.udp, 10000);
});

presents('the README has records for the local network where a router stands', async () => {
  const view = readme(await planWith('nat'));
  assert.equal(view.records, [
    { name: 'meet.example.org', record: 'A 192.168.10.20' },
    { name: 'meet.example.org', record: 'AAAA 2001:db8::7' },
    { name: 'turn.example.org', record: 'A 192.168.10.20' },
    { name: 'turn.example.org', record: 'AAAA 2001:db8::7' },
  ]);
  assert.ok(view.links.some(({ from, to }) => from === 'router' && to === 'nginx'));
  assert.ok(
    view.ports.some(({ port, audience }) => `${port} ${audience}` === '22/tcp local network'),
  );
  assert.equal(
    view.steps.map(({ number }) => number),
    view.steps.map((_, index) => index + 1),
  );
});

presents('NGINX looks for the longest path first, and knows each server once', async () => {
  const view = nginx(await planWith('public'));
  assert.equal(
    view.routes.map(({ path }) => path),
    ['/xmpp-websocket', '/http-bind', '/'],
  );
  assert.equal(
    view.upstreams.map(({ service, port }) => `${service}:${port}`),
    ['prosody:5280', 'web:8000'],
  );
  assert.equal(view.listens, [{ port: 443, loopback: false, headers: true, any6: '::' }]);
});

presents('where the relay shares the port, its TLS goes to it and never to the sites', async () => {
  const turn = { mode: 'coturn', domain: 'turn.example.org', share443: true };
  const shared = await planWith('public', { turn });
  assert.is(stream(shared).port, nginx(shared).listens[0]?.port);
  const [relay] = stream(shared).passthrough;
  assert.equal([relay?.name, relay?.target], ['turn.example.org', '127.0.0.1:5443']);
  assert.equal(relay?.plain, { service: 'coturn', at: '198.51.100.7:5349' });
  const own = await planWith('public', { turn: { ...turn, clientAddress: 'go-mmproxy' } });
  const [first] = stream(own).passthrough;
  assert.is(first?.target, 'coturn-443', 'who reads the header is asked first');
  assert.is(first?.plain.service, 'coturn');
});

presents.run();
