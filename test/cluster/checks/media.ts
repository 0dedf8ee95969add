import { ensure, same } from '../../lab/check.ts';
import { iceCheckFor } from '../../lab/checks/bridge.ts';
import { leaveFrom, meetOn } from '../people.ts';
import { podsOf } from '../workloads.ts';
import type { ClusterCheck } from '../world.ts';

/** Each bridge tells people its node's address, and answers there. */
export const media: ClusterCheck = {
  name: 'media: each bridge answers somebody on the internet at its node',
  run: async (world) => {
    const { cluster, stranger } = world;
    const ports = stranger.does('ports');
    for (const { name, node } of await podsOf(cluster, 'jvb')) {
      const { address = '' } = cluster.machines.nodes.find((one) => one.name === node) ?? {};
      const offer = await meetOn(world, name);
      try {
        const told = new RegExp(`^a=candidate:.* udp .* ${address} 10000 typ`, 'im');
        ensure(told.test(offer), `${name} does not tell ${address}: ${offer}`);
        same(await ports.openUdp(address, [10000], iceCheckFor(offer)), [10000], `UDP at ${node}`);
        same(await ports.openTcp(address, [8080, 5222, 5280]), [], `TCP at ${node}`);
      } finally {
        await leaveFrom(world, name);
      }
    }
    return 'UDP 10000 of both nodes, and none of the ports that end meetings or let in clients';
  },
};
