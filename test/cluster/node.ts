import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory } from '../lab/cache.ts';
import { attempt, run, succeeds, until } from '../lab/process.ts';
import { createCgroups } from './cgroups.ts';
import { type Control, complain } from './control.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import type { ImageArchive } from './images.ts';
import { type NodeMachine, networks } from './machines.ts';
import { containerdFile, kubeletFile, type Places, podNetwork, proxyFile } from './node-files.ts';
import type { Programs } from './programs.ts';

/** A machine that runs pods. */
export interface ClusterNode {
  /** Enforces NetworkPolicies from then on; the API server has to know the node. */
  readonly filter: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What all nodes of a cluster share. */
export interface NodeOptions {
  readonly control: Control;
  /** The address of the name server. */
  readonly dns: string;
  readonly programs: Programs;
  readonly images: ImageArchive;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts what a node needs: containerd with the images, the kubelet, and what routes services and filters pods. */
export async function startNode(
  machine: NodeMachine,
  directory: string,
  { control, dns, programs, images, env }: NodeOptions,
): Promise<ClusterNode> {
  const { name, at, address } = machine;
  const inside = (one: string) => path.join(directory, one);
  const places: Places = { inside, images: cacheDirectory('cluster', 'nodes', name) };
  for (const folder of ['cni', 'kubelet', 'log', 'state', 'pods', 'plugins'])
    mkdirSync(inside(folder), { recursive: true });
  createCgroups(name);
  writeFileSync(inside('cni/pods.conflist'), JSON.stringify(podNetwork(machine, places)));
  writeFileSync(inside('containerd.toml'), containerdFile(places, programs));
  writeFileSync(inside('kubelet.yaml'), JSON.stringify(kubeletFile(machine, places, dns)));
  const proxyConfig = proxyFile(machine, control.configFor('proxy'));
  writeFileSync(inside('proxy.yaml'), JSON.stringify(proxyConfig));

  const daemons: Daemon[] = [];
  const start = (...words: string[]) => daemons.push(startDaemon(at, inside('log'), words, env));
  const ctr = ['-a', inside('containerd.sock'), '-n', 'k8s.io'];
  start('containerd', '--config', inside('containerd.toml'));
  await until(`containerd answers at ${name}`, 60, () => {
    complain(daemons);
    return succeeds('ctr', [...ctr, 'version'], { env });
  });
  await clear(ctr, env);
  await importOnce(images, places.images, ctr, env);
  // Whoever reaches the network of the pods from elsewhere gets an answer from the node's own address.
  await at.run(masquerade(machine));
  start(
    'kubelet',
    `--config=${inside('kubelet.yaml')}`,
    `--kubeconfig=${control.configFor(name as 'node1' | 'node2')}`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
    `--root-dir=${inside('kubelet')}`,
    `--cert-dir=${inside('kubelet/keys')}`,
  );
  start('kube-proxy', `--config=${inside('proxy.yaml')}`);
  return {
    filter: async () => {
      start(
        'kube-router',
        ...['--run-firewall=true', '--run-router=false', '--run-service-proxy=false'],
        `--kubeconfig=${control.configFor('policies')}`,
        `--master=${control.url}`,
        `--hostname-override=${name}`,
        `--service-cluster-ip-range=${networks.services}`,
        '--metrics-port=0',
        '--health-port=0',
      );
      await until(`kube-router filters at ${name}`, 120, async () => {
        complain(daemons);
        return (await at.run(['iptables-save', '-t', 'filter'])).includes('KUBE-ROUTER-FORWARD');
      });
    },
    stop: async () => {
      for (const daemon of daemons.slice(1).reverse()) await daemon.stop();
      await clear(ctr, env);
      await daemons[0]?.stop();
    },
  };
}

/** Pods that speak to somebody outside of the cluster do so with the address of their node. */
function masquerade({ pods }: NodeMachine): string[] {
  const rule = ['-s', pods, '!', '-d', '10.0.0.0/8', '-j', 'MASQUERADE'];
  return ['iptables', '-t', 'nat', '-A', 'POSTROUTING', ...rule];
}

/** Images are kept between runs, containers are not. */
async function clear(ctr: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const listed = async (kind: 'task' | 'container') =>
    (await attempt('ctr', [...ctr, kind, 'ls', '-q'], { env })).stdout.split('\n').filter(Boolean);
  for (const id of await listed('task'))
    await attempt('ctr', [...ctr, 'task', 'rm', '--force', id], { env });
  const containers = await listed('container');
  if (containers.length > 0)
    await attempt('ctr', [...ctr, 'container', 'rm', ...containers], { env });
}

async function importOnce(
  { file, digest }: ImageArchive,
  root: string,
  ctr: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const mark = path.join(root, `images-${digest}`);
  if (existsSync(mark)) return;
  await run('nice', ['ctr', ...ctr, 'images', 'import', '--local', file], { env });
  writeFileSync(mark, '');
}
