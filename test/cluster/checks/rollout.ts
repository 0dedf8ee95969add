import { ensure } from '../../lab/check.ts';
import { until } from '../../lab/process.ts';
import { answers } from '../owner.ts';
import { applyAgain, leaveFrom, meetOn } from '../people.ts';
import { podsOf, settled } from '../workloads.ts';
import type { ClusterCheck, World } from '../world.ts';

/** A changed answer replaces bridges one by one, and each waits for its people. */
export const rollout: ClusterCheck = {
  name: 'rollout: bridge by bridge, each when its people have left',
  run: async (world) => {
    const { cluster, owner } = world;
    const before = await podsOf(cluster, 'jvb');
    for (const { name } of before) await meetOn(world, name);
    await owner.answer({ ...answers, settings: { VIDEOBRIDGE_MAX_MEMORY: '1500m' } });
    await applyAgain(world);
    const waited: string[] = [];
    for (const turn of ['first', 'second']) {
      const ending = await oneEnds(world, waited);
      ensure(await staysFor(world, 15), `the ${turn} bridge went with people on it`);
      await leaveFrom(world, ending);
      waited.push(ending);
      await until(`${ending} is gone`, 180, async () =>
        (await podsOf(cluster, 'jvb')).every(({ name }) => name !== ending),
      );
    }
    await settled(cluster);
    const after = await podsOf(cluster, 'jvb');
    ensure(
      after.every(({ id }) => before.every((old) => old.id !== id)),
      'a bridge is still that of before',
    );
    return 'two bridges, one after the other; each stayed while somebody was on it';
  },
};

/** Waits until a bridge has been asked to end: its name. There is never a second one, and one always takes meetings. */
async function oneEnds({ cluster }: World, before: readonly string[]): Promise<string> {
  let ending: readonly string[] = [];
  await until('a bridge is asked to end', 180, async () => {
    const pods = await podsOf(cluster, 'jvb');
    ending = pods.filter((pod) => pod.ending && !before.includes(pod.name)).map(({ name }) => name);
    ensure(
      pods.some((pod) => pod.ready && !pod.ending),
      'no bridge takes meetings',
    );
    return ending.length > 0;
  });
  const [one = '', ...others] = ending;
  ensure(others.length === 0, `bridges end together: ${ending.join(', ')}`);
  return one;
}

/** Whether the bridge that ends is still there after some seconds, and alone in that. */
export async function staysFor({ cluster }: Pick<World, 'cluster'>, seconds: number) {
  await new Promise((wake) => setTimeout(wake, seconds * 1000));
  return (await podsOf(cluster, 'jvb')).filter(({ ending }) => ending).length === 1;
}
