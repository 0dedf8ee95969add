import { type Check, ensure, same } from '../check.ts';
import { sharesPort } from '../edges.ts';
import type { Service } from '../probes/xmpp.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { bridge, offerOf } from './bridge.ts';
import { enter, guestDomain } from './people.ts';

/** The relays with credentials, as a guest's browser gets them from prosody (XEP-0215). */
export async function offered(lab: Lab, who = lab.internet): Promise<Service[]> {
  const xmpp = who.does('xmpp');
  await xmpp.login('relays', enter(lab, { domain: guestDomain }));
  try {
    return await xmpp.relays('relays', guestDomain);
  } finally {
    await xmpp.leave('relays');
  }
}

/** The one row for this type and transport. */
export function one(services: readonly Service[], type: string, transport: string): Service {
  const found = services.find((row) => row.type === type && row.transport === transport);
  ensure(found, `prosody offers no ${type} over ${transport}: ${JSON.stringify(services)}`);
  return found;
}

/** The relay carries to the bridge over every transport and both families. */
export const relayed: Check = {
  name: 'TURN: to the bridge over UDP, TCP and TLS',
  services: ['coturn', 'prosody', 'jvb'],
  async run(lab) {
    const services = await offered(lab);
    const { check } = await offerOf(lab);
    const peer = { address: bridge(lab).ipv4, port: 10000 };
    const plan = lab.stack.plan();
    const hidden = sharesPort(plan) && plan.answers.turn.clientAddress === 'edge';
    const ways: string[] = [];
    for (const transport of ['udp', 'tcp', 'tls'] as const) {
      const row = one(
        services,
        transport === 'tls' ? 'turns' : 'turn',
        transport === 'udp' ? 'udp' : 'tcp',
      );
      for (const host of lab.world.outside) {
        const at = { transport, host, port: row.port, name: row.host };
        const [result] = await lab.internet
          .does('turn')
          .relay(at, row, [{ ...peer, request: check() }]);
        same(result, { error: 0, answered: true }, `${transport} at ${host}`);
        const seen = await lab.internet.does('turn').seen(at);
        const own = addresses.client.some((address) => address === seen);
        same(own, !(hidden && transport === 'tls'), `the relay sees ${seen} over ${transport}`);
      }
      ways.push(`${transport} ${row.port}`);
    }
    const who = hidden ? 'the edge’s address for TLS' : 'the client’s own address';
    return `${ways.join(', ')}; IPv4 and IPv6; ICE answers from UDP 10000 of the bridge; the relay sees ${who}`;
  },
};

/** Whom the relay must never reach. */
export const denied: Check = {
  name: 'TURN: private targets refused',
  services: ['coturn'],
  async run(lab) {
    const row = one(await offered(lab), 'turn', 'udp');
    const { gateway, subnet6, addresses: fixed } = lab.stack.plan().network;
    const at = { transport: 'udp', host: lab.world.outside[0] ?? '', port: row.port } as const;
    const four = [
      '10.0.0.1',
      '127.0.0.1',
      '127.1.2.3',
      '0.0.0.0',
      '169.254.169.254',
      '172.17.0.1',
      '100.64.0.1',
      '224.0.0.1',
      gateway,
      fixed.prosody?.ipv4 ?? '',
      fixed.web?.ipv4 ?? '',
      ...addresses.lan.client,
      ...addresses.lan.router,
    ].filter((address) => !address.includes(':'));
    const six = [
      '::1',
      '::',
      '::ffff:10.0.0.1',
      `::ffff:${gateway}`,
      '::ffff:127.0.0.1',
      'fe80::1',
      'fd00::1',
      '64:ff9b::a00:1',
      '2002:a00:1::1',
      ...(subnet6 ? [subnet6.replace(/\/.*/, '1')] : []),
      fixed.prosody?.ipv6 ?? '::1',
    ];
    for (const list of [four, six]) {
      const peers = list.map((address) => ({ address, port: 80 }));
      const results = await lab.internet.does('turn').relay(at, row, peers);
      const allowed = list.filter((_, index) => results[index]?.error !== 403);
      same(allowed, [], 'not refused with 403');
    }
    const wrong = lab.internet.does('turn').relay(at, { ...row, password: 'wrong' }, []);
    const said = await wrong.then(() => 'a relay', String);
    ensure(said.includes('error 401'), `a wrong password gets ${said}`);
    return `403 for ${four.length} IPv4 and ${six.length} IPv6 targets; 401 for a wrong password`;
  },
};
