import { ensure } from '../../lab/check.ts';
import { until } from '../../lab/process.ts';
import { namespace } from '../names.ts';
import { leaveFrom, meetOn } from '../people.ts';
import { type Pod, podsOf, settled } from '../workloads.ts';
import type { ClusterCheck, World } from '../world.ts';
import { staysFor } from './rollout.ts';

/** The command of the README empties a node when its bridge is empty; meanwhile the budget keeps the other bridge. */
export const drain: ClusterCheck = {
  name: 'drain: a node waits for the people on its bridge, and the budget keeps the other',
  run: async (world) => {
    const { cluster } = world;
    const { name: node } = cluster.machines.nodes[1] ?? { name: '' };
    const bridges = await podsOf(cluster, 'jvb');
    const here = bridges.find((pod) => pod.node === node);
    const there = bridges.find((pod) => pod.node !== node);
    ensure(here && there, 'there is no bridge on each node');
    await meetOn(world, here.name);
    const command = `kubectl drain ${node} --ignore-daemonsets --delete-emptydir-data`;
    let over = false;
    const drained = cluster.attempt(['sh', '-ec', command]).finally(() => {
      over = true;
    });
    try {
      await until('the bridge is asked to end', 120, async () => {
        ensure(!over, 'kubectl drain is over before the bridge was asked to end');
        return (await podsOf(cluster, 'jvb')).some(({ id, ending }) => id === here.id && ending);
      });
      ensure((await staysFor(world, 15)) && !over, 'the bridge went with people on it');
      const refused = await evict(world, there);
      ensure(/disruption budget/.test(refused), `the other bridge could be taken, too: ${refused}`);
    } finally {
      await leaveFrom(world, here.name);
    }
    const { code, stderr } = await drained;
    ensure(code === 0, `kubectl drain: ${stderr}`);
    const left = (await podsOf(cluster)).filter((pod) => pod.node === node);
    ensure(left.length === 0, `still on ${node}: ${left.map(({ name }) => name).join(', ')}`);
    await cluster.run(['kubectl', 'uncordon', node]);
    await settled(cluster);
    return 'it waited, the other bridge was refused meanwhile, then the node was empty';
  },
};

/** What the API server says to whoever wants a pod away as `kubectl drain` does. */
async function evict({ cluster }: World, { name }: Pod): Promise<string> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const place = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const { stdout, stderr } = await cluster.attempt(
    ['kubectl', 'create', '--raw', place, '-f', '-'],
    { input: JSON.stringify(eviction) },
  );
  return stdout + stderr;
}
