import { until } from '../lab/process.ts';
import type { Cluster } from './cluster.ts';
import { namespace } from './names.ts';

/** A pod of the stack. */
export interface Pod {
  readonly name: string;
  readonly id: string;
  readonly node: string;
  readonly address: string;
  readonly ready: boolean;
  /** It has been asked to end. */
  readonly ending: boolean;
  /** Why it does not run, when it does not. */
  readonly trouble: string;
}

interface Read {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly podIP?: string;
    readonly phase: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly state: { readonly waiting?: { readonly reason: string } };
    }[];
  };
}

/** All pods of a part of Jitsi, or of all of them. */
export async function podsOf(cluster: Cluster, component?: string): Promise<Pod[]> {
  const labels = [
    'app.kubernetes.io/instance=jitsi',
    ...(component === undefined ? [] : [`app.kubernetes.io/component=${component}`]),
  ];
  const words = ['pods', '-n', namespace, '-l', labels.join(',')];
  const { items } = await cluster.get<{ items: Read[] }>(...words);
  return items.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    id: metadata.uid,
    node: spec.nodeName ?? '',
    address: status.podIP ?? '',
    ready: (status.conditions ?? []).some((one) => one.type === 'Ready' && one.status === 'True'),
    ending: metadata.deletionTimestamp !== undefined,
    trouble: [
      status.phase,
      ...(status.containerStatuses ?? []).map(({ state }) => state.waiting?.reason ?? ''),
      ...(status.conditions ?? []).map(({ message = '' }) => message),
    ]
      .filter(Boolean)
      .join(', '),
  }));
}

/** The one pod of a part. */
export async function podOf(cluster: Cluster, component: string): Promise<Pod> {
  const [pod] = (await podsOf(cluster, component)).filter(({ ending }) => !ending);
  if (!pod) throw new Error(`there is no pod of ${component}`);
  return pod;
}

/** Waits until every pod is ready and none ends any more; what is in the way, when it takes too long. */
export async function settled(cluster: Cluster, seconds = 300): Promise<Pod[]> {
  let pods: Pod[] = [];
  const question = async () => {
    pods = await podsOf(cluster);
    return pods.length > 0 && pods.every(({ ready, ending }) => ready && !ending);
  };
  await until('all pods are ready', seconds, question).catch((error) => {
    const bad = pods.filter(({ ready, ending }) => !ready || ending);
    const list = bad.map(({ name, ending, trouble }) => `${name} ${ending ? 'ends' : trouble}`);
    throw new Error(`${error.message}: ${list.join('; ')}`);
  });
  return pods;
}
