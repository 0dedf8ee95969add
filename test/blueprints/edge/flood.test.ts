import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { perSource } from '../../../src/plan/per-source.ts';
import { needs } from '../../programs/needs.ts';
import type { Beginning, Deeds } from './crowd.ts';
import { startBehind, startCoturn, startHaproxy, startNginx } from './daemons.ts';
import { Running } from './running.ts';

const relay = { mode: 'coturn', domain: 'turn.example.org' };
const edges = {
  'NGINX, 443 shared with the relay': {
    edge: { proxy: 'nginx' },
    turn: { ...relay, share443: true },
  },
  HAProxy: { edge: { proxy: 'haproxy' }, turn: relay },
};
const hostile = '192.0.2.66';
const school = '192.0.2.77';
const page = { name: 'meet.example.org', head: 'GET / HTTP/1.1\r\nHost: meet.example.org' };

const flood = suite('a hostile address and a school');
const test = await needs(flood, 'haproxy', 'nginx', 'turnserver', 'root', 'host:nft');

for (const [title, answers] of Object.entries(edges)) {
  const door = answers.edge.proxy;
  let running: Running | undefined;
  const stack = () => running as Running;
  const at = (name = door) => stack().plan.network.addresses[name]?.ipv4 ?? '';

  /** Has one of the crowds do something, each in a process of its own. */
  async function crowd<D extends keyof Deeds>(
    who: string,
    deed: D,
    details: Parameters<Deeds[D]>[0],
  ) {
    const child = stack().isStarted(who)
      ? stack().child(who)
      : stack().script(who, 'client', 'crowd.ts');
    child.send({ deed, details });
    const [{ open }] = (await once(child, 'message')) as [{ open: number }];
    return open;
  }

  const seesPage = async () => {
    const { data } = await stack().ask('request', { address: at(), ...page });
    return data.includes('200 OK');
  };

  test(`${title} comes up`, async () => {
    running = await Running.make(answers);
    const addresses = [hostile, school].map((one) => `ip addr add ${one}/24 dev eth0`);
    await stack().network.run('client', addresses);
    if (door === 'haproxy') await startHaproxy(stack());
    startBehind(stack());
    await startNginx(stack());
    await startCoturn(stack());
    await stack().until('the page', seesPage);
  });

  const attacks: readonly [Beginning, number, string][] = [
    ['six bytes of a hello', 443, door],
    ['a hello, then nothing', 443, door],
    ['half a request', 80, 'nginx'],
  ];
  for (const [says, port, name] of attacks) {
    test(`${title}: ${says} on ${port}: one address has its share, and others see the page`, async () => {
      const way = { address: at(name), port, from: hostile };
      const count = perSource.connections + 500;
      const besieged = crowd('hostile', 'besiege', { ...way, count, says, seconds: 4 });
      for (let i = 0; i < 5; i++) assert.ok(await seesPage(), `look ${i}`);
      const open = await besieged;
      assert.ok(open <= perSource.connections, `${open} connections are open`);
      assert.ok(await seesPage(), 'after it');
      await crowd('hostile', 'leave', {} as never);
    });
  }

  test(`${title}: addresses of one IPv6 network share what one source has`, async () => {
    const to = stack().plan.network.addresses[door]?.ipv6 ?? '';
    const from = ['2001:db8:c:0:66::1', '2001:db8:c:0:66::2'];
    const added = from.map((one) => `ip addr add ${one}/64 dev eth0 nodad`);
    await stack().network.run('client', added);
    // What each edge waits for the longest.
    const [says, port] =
      door === 'nginx'
        ? (['half a request', 80] as const)
        : (['six bytes of a hello', 443] as const);
    const besieged = from.map((one) => {
      const way = { address: to, port, from: one };
      const count = perSource.connections - 500;
      return crowd(one, 'besiege', { ...way, count, says, seconds: 4 });
    });
    for (let i = 0; i < 3; i++) assert.ok(await seesPage(), `look ${i}`);
    const open = (await Promise.all(besieged)).reduce((sum, one) => sum + one);
    assert.ok(open <= perSource.connections, `${open} connections are open`);
    for (const one of from) await crowd(one, 'leave', {} as never);
  });

  test(`${title}: a school of 500 behind one address gets in while somebody floods`, async () => {
    const way = { address: at(), port: 443, from: hostile };
    const besiege = { ...way, count: 2100, says: 'a hello, then nothing', seconds: 1 } as const;
    await crowd('hostile', 'besiege', besiege);
    const shared = answers.turn !== undefined && stack().plan.passthrough.length > 0;
    const people = { address: at(), port: 443, from: school, people: 500, relay: shared };
    assert.is(await crowd('school', 'school', people), 500, stack().log('nginx').slice(-2000));
    assert.ok(await seesPage());
  });

  // The next one needs the memory; and what runs on keeps this process from its end, also when something failed.
  test(`${title} ends`, () => {
    running?.end();
  });
}

flood.run();
