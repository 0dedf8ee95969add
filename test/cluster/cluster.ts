import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { release } from '../lab/leftovers.ts';
import { type Outcome, type RunOptions, until } from '../lab/process.ts';
import { nodeCgroup } from './cgroups.ts';
import { complain, startControl } from './control.ts';
import type { ImageArchive } from './images.ts';
import { createMachines, type Machines } from './machines.ts';
import { type ClusterNode, startNode } from './node.ts';
import type { Programs } from './programs.ts';

/** A cluster of two nodes that runs. */
export interface Cluster {
  readonly machines: Machines;
  /** With kubectl and its configuration; a command of a README works with it as it stands. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs a command at the machine with the API server, which has to succeed. */
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<string>;
  readonly attempt: (words: readonly string[], options?: RunOptions) => Promise<Outcome>;
  /** `kubectl … -o json`, read. */
  readonly get: <Shape>(...words: string[]) => Promise<Shape>;
  readonly stop: () => Promise<void>;
}

/** Starts one, which is ready for objects. It needs root. */
export async function startCluster(programs: Programs, images: ImageArchive): Promise<Cluster> {
  const directory = mkdtempSync(path.join(tmpdir(), 'cluster-'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [...programs.path, process.env.PATH, '/usr/sbin', '/sbin'].join(':'),
    KUBECONFIG: path.join(directory, 'admin.conf'),
  };
  const machines = await createMachines();
  const ends: (() => Promise<void>)[] = [machines.remove];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
    for (const { name } of machines.nodes) await release([directory], nodeCgroup(name));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const control = await startControl(machines.control, directory, env);
    ends.push(async () => {
      for (const daemon of [...control.daemons].reverse()) await daemon.stop();
    });
    const options = { control, dns: machines.control.address, programs, images, env };
    const started: ClusterNode[] = [];
    for (const machine of machines.nodes) {
      const node = await startNode(machine, path.join(directory, machine.name), options);
      started.push(node);
      ends.push(node.stop);
    }
    const { at } = machines.control;
    const cluster: Cluster = {
      machines,
      env,
      run: (words, more) => at.run(words, { env, ...more }),
      attempt: (words, more) => at.attempt(words, { env, ...more }),
      get: async (...words) =>
        JSON.parse(await at.run(['kubectl', 'get', ...words, '-o', 'json'], { env })),
      stop,
    };
    await until('both nodes are ready', 180, async () => {
      complain(control.daemons);
      return (await readyNodes(cluster)) === started.length;
    });
    for (const { filter } of started) await filter();
    return cluster;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyNodes(cluster: Cluster): Promise<number> {
  const { items } = await cluster.get<{
    items: { status: { conditions: { type: string; status: string }[] } }[];
  }>('nodes');
  const isReady = ({ type, status }: { type: string; status: string }) =>
    type === 'Ready' && status === 'True';
  return items.filter(({ status }) => status.conditions.some(isReady)).length;
}
