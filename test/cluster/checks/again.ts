import { ensure, same } from '../../lab/check.ts';
import { namespace } from '../names.ts';
import { applyAgain } from '../people.ts';
import { podsOf } from '../workloads.ts';
import type { ClusterCheck, World } from '../world.ts';

/** What is there is not made anew: no pod, and above all no secret. */
export const again: ClusterCheck = {
  name: 'again: the same once more changes nothing, secrets least of all',
  run: async (world) => {
    const before = await state(world);
    await applyAgain(world);
    same(await state(world), before, 'what the cluster has');
    const count = Object.keys(before.secrets).length;
    ensure(count >= 5, `there are ${count} secrets only`);
    return `${count} secrets and ${before.pods.length} pods are those of before`;
  },
};

async function state({ cluster }: World) {
  const { items } = await cluster.get<{
    items: { metadata: { name: string; resourceVersion: string } }[];
  }>('secrets', '-n', namespace);
  return {
    secrets: Object.fromEntries(
      items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]),
    ),
    pods: (await podsOf(cluster)).map(({ name, id }) => `${name} ${id}`).sort(),
  };
}
