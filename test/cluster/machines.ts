import {
  configure,
  connect,
  createNamespace,
  forwards,
  type Namespace,
} from '../lab/world/namespace.ts';

/** One machine of the cluster, or somebody outside of it. */
export interface Machine {
  readonly name: string;
  readonly at: Namespace;
  readonly address: string;
}

/** A machine that runs pods. */
export interface NodeMachine extends Machine {
  /** The network of its pods. */
  readonly pods: string;
}

/** All of them, on one switch. */
export interface Machines {
  readonly control: Machine;
  readonly nodes: readonly NodeMachine[];
  /** Somebody on the internet. */
  readonly outside: Machine;
  readonly remove: () => Promise<void>;
}

/** All pods; the cluster's services have addresses beside them. */
export const networks = { pods: '10.244.0.0/16', services: '10.96.0.0/16' } as const;

const prefix = 'cluster-';
const addresses = { control: '10.99.0.1', node1: '10.99.0.11', node2: '10.99.0.12' };
/** Public for every program, and nobody's here. */
const stranger = '11.9.0.2';
const gateway = '10.99.0.254';

/** Makes them. The machine's own network is not touched. */
export async function createMachines(): Promise<Machines> {
  const made: Namespace[] = [];
  const create = async (name: string) => {
    const namespace = await createNamespace(`${prefix}${name}`);
    made.push(namespace);
    return namespace;
  };
  const remove = async () => {
    for (const namespace of made.reverse()) await namespace.remove();
  };
  try {
    const hub = await create('hub');
    await hub.run(['ip', 'link', 'add', 'switch', 'type', 'bridge']);
    await configure({ at: hub, device: 'switch', addresses: [`${gateway}/24`, '11.9.0.1/24'] });
    await forwards(hub);
    const join = async (name: string, address: string, via: string): Promise<Machine> => {
      const at = await create(name);
      await connect(
        { at: hub, device: `to-${name}` },
        { at, device: 'net', addresses: [`${address}/24`], via: [via] },
      );
      await hub.run(['ip', 'link', 'set', `to-${name}`, 'master', 'switch']);
      await forwards(at);
      return { name, at, address };
    };
    const control = await join('control', addresses.control, gateway);
    const nodes = [
      { ...(await join('node1', addresses.node1, gateway)), pods: '10.244.1.0/24' },
      { ...(await join('node2', addresses.node2, gateway)), pods: '10.244.2.0/24' },
    ];
    for (const { at } of [control, ...nodes])
      for (const other of nodes.filter((node) => node.at !== at))
        await at.run(['ip', 'route', 'add', other.pods, 'via', other.address]);
    return { control, nodes, outside: await join('outside', stranger, '11.9.0.1'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
