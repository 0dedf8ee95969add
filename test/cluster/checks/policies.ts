import { ensure, same } from '../../lab/check.ts';
import { until } from '../../lab/process.ts';
import { pauseImage } from '../node-files.ts';
import { inPod } from '../people.ts';
import { podOf, podsOf } from '../workloads.ts';
import type { ClusterCheck, World } from '../world.ts';

const stranger = 'stranger';

/** Who asks, whom, at which TCP port, and whether that is open. */
type Way = readonly [from: string, to: string, port: number, isOpen: boolean];

const ways: readonly Way[] = [
  [stranger, 'web', 8000, true],
  [stranger, 'prosody', 5222, false],
  [stranger, 'prosody', 5280, false],
  [stranger, 'jvb', 8080, false],
  [stranger, 'jicofo', 8888, false],
  [stranger, 'excalidraw', 9002, false],
  [stranger, 'coturn', 3478, true],
  ['web', 'prosody', 5280, true],
  ['web', 'prosody', 5222, false],
  ['web', 'excalidraw', 9002, true],
  ['web', 'jvb', 8080, false],
  ['jicofo', 'prosody', 5222, true],
  ['jicofo', 'prosody', 5280, false],
  ['jicofo', 'jvb', 8080, false],
  ['jvb', 'prosody', 5222, true],
];

/** What the network of pods lets through, by who asks: enforced by the kernel of the nodes, through kube-router. */
export const policies: ClusterCheck = {
  name: 'policies: who reaches what, from other pods and from a pod of somebody else',
  run: async (world) => {
    await somebodyElse(world);
    try {
      return await tried(world);
    } finally {
      const gone = ['delete', 'pod', stranger, '--grace-period=1'];
      await world.cluster.attempt(['kubectl', ...gone]);
    }
  },
};

async function tried(world: World): Promise<string> {
  let open = 0;
  let shut = 0;
  for (const [from, to, port, isOpen] of ways) {
    const [target] = await podsOf(world.cluster, to);
    // The relay is the chart's alone.
    if (!target) continue;
    same(await reaches(world, from, target.address, port), isOpen, `${from} reaches ${to}:${port}`);
    if (isOpen) open += 1;
    else {
      shut += 1;
      // A pod always reaches itself: what is shut to others has to be there.
      const itself = await reaches(world, to, target.address, port);
      ensure(itself, `nothing listens at ${to}:${port}`);
    }
  }
  return `${open} ways are open, ${shut} are shut`;
}

/** A pod that is none of the stack's. */
async function somebodyElse({ cluster }: World): Promise<void> {
  const run = ['run', stranger, '--image', pauseImage, '--image-pull-policy=Never'];
  await cluster.attempt(['kubectl', ...run, '--command', '--', 'sleep', '3600']);
  await until('the stranger is there', 120, async () => {
    const pod = await cluster.get<{ status: { phase: string } }>('pod', stranger);
    return pod.status.phase === 'Running';
  });
}

async function reaches(world: World, from: string, address: string, port: number) {
  if (from === stranger) {
    const words = ['exec', stranger, '--', 'nc', '-w', '4', address, `${port}`, '-e', '/bin/true'];
    return (await world.cluster.attempt(['kubectl', ...words])).code === 0;
  }
  const { name } = await podOf(world.cluster, from);
  // It says whether it got in, and gives up when nothing follows.
  const curl = ['curl', '-sv', '-m', '4', `telnet://${address}:${port}`];
  const { stderr } = await inPod(world, name, ...curl);
  return /Connected to|Established connection/.test(stderr);
}
