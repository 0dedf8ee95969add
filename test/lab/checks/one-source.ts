import { perSource } from '../../../src/plan/per-source.ts';
import { type Check, ensure, same } from '../check.ts';
import { offered, one } from './turn.ts';

/** Less than a hello, which every door waits for. */
const sixBytes = '160301020001';

/** One address takes its share of the edge, and somebody at another one sees the page at every look meanwhile. */
export const oneSource: Check = {
  name: 'one source: its share of 443, while others see the page',
  services: ['edge'],
  edges: ['nginx', 'nginx-share443', 'haproxy', 'haproxy-go-mmproxy'],
  long: true,
  async run({ internet, office, world, stack }) {
    const flood = internet.does('flood');
    const [host = ''] = world.outside;
    const { url } = stack.plan();
    const looks = async () => {
      for (let i = 0; i < 5; i++) {
        const { status } = await office.does('http').get(`${url}/`, { anyCertificate: true });
        same(status, 200, `look ${i} of somebody else`);
      }
    };
    try {
      const besieged = flood.hold(host, 443, perSource.connections + 300, sixBytes);
      await looks();
      const open = await besieged;
      ensure(open <= perSource.connections, `${open} connections of one address are open`);
      ensure(open > 0, 'the flood did not get through at all');
      await looks();
      return `${open} of ${perSource.connections + 300} connections stay; another address sees the page at 10 looks of 10`;
    } finally {
      await flood.release();
    }
  },
};

/** The relay reaches no program of its own server, and with the firewall one source has its share of it. */
export const isolated: Check = {
  name: 'relay: the server’s own programs, and one source’s share by the firewall',
  services: ['coturn'],
  topologies: ['public'],
  edges: ['nginx', 'haproxy'],
  long: true,
  async run(lab) {
    const { internet, lan, server, world, stack } = lab;
    const row = one(await offered(lab), 'turn', 'udp');
    const [host = ''] = world.outside;
    const at = { transport: 'udp', host, port: row.port } as const;
    const flood = internet.does('flood');
    const port = 9998;
    await server.does('ports').listen([], [port]);
    try {
      for (const address of world.outside) {
        const probed = await internet.does('ports').openUdp(address, [port], '00');
        same(probed, [port], `without a firewall, what echoes at ${address}`);
        const [result] = await internet.does('turn').relay(at, row, [{ address, port }]);
        same(result?.error, 403, `the relay, asked for ${address}`);
      }
      await world.server.run(['./firewall/nftables.sh', 'load'], { cwd: stack.directory });
      const open = await flood.hold(host, 3478, perSource.flows + 300, '00');
      ensure(open <= perSource.flows, `${open} flows of one address to the relay are open`);
      ensure(open > 0, 'nothing reaches the relay at all');
      const seen = await lan.does('turn').seen({ transport: 'tcp', host, port: row.port });
      ensure(seen, 'somebody else gets no answer of the relay');
      return `403 for ${world.outside.join(' and ')}, where a program echoes; ${open} of ${perSource.flows + 300} flows of one source`;
    } finally {
      await flood.release();
      await world.server.attempt(['nft', 'delete', 'table', 'inet', 'jitsi_stack']);
      await server.does('ports').silence();
      await stack.healthy();
    }
  },
};
