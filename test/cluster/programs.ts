import { existsSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory } from '../lab/cache.ts';
import { ensureCommands, unpackPackages } from '../lab/packages.ts';
import { built, type GoBuild } from './go-build.ts';
import { versions } from './versions.ts';

const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(versions.kubernetes) ?? [];
const stamp = 'k8s.io/component-base/version';
const sources = path.join(import.meta.dirname, 'programs');
const containerd = 'github.com/containerd/containerd/v2';

const kubernetes: GoBuild = {
  name: 'kubernetes',
  module: `k8s.io/kubernetes@${versions.kubernetes}`,
  source: path.join(sources, 'kubernetes'),
  staged: true,
  tags: 'netgo,osusergo',
  variables: {
    [`${stamp}.gitVersion`]: versions.kubernetes,
    [`${stamp}.gitMajor`]: major,
    [`${stamp}.gitMinor`]: minor,
    [`${stamp}.gitTreeState`]: 'clean',
  },
};

const others: readonly GoBuild[] = [
  {
    name: 'containerd',
    module: `${containerd}@${versions.containerd}`,
    packages: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map(
      (name) => `${containerd}/cmd/${name}`,
    ),
    tags: 'no_btrfs,no_devmapper,no_zfs',
  },
  {
    name: 'dns',
    module: `github.com/coredns/coredns@${versions.coredns}`,
    source: path.join(sources, 'dns'),
  },
  {
    name: 'kube-router',
    module: `github.com/cloudnativelabs/kube-router/v2@${versions.kubeRouter}`,
    packages: ['github.com/cloudnativelabs/kube-router/v2/cmd/kube-router'],
  },
];

const kustomize: GoBuild = {
  name: 'kustomize',
  module: `sigs.k8s.io/kustomize/kustomize/v5@${versions.kustomize}`,
  packages: ['sigs.k8s.io/kustomize/kustomize/v5'],
};

/** What the chart is rendered with, for whoever has it. */
const helm: GoBuild = {
  name: 'helm',
  module: `helm.sh/helm/v4@${versions.helm}`,
  packages: ['helm.sh/helm/v4/cmd/helm'],
};

/** The names that Kubernetes' one program goes by. */
const names = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubelet',
  'kubectl',
];

/** Where all programs of a cluster are. */
export interface Programs {
  /** Folders for PATH, in front of it. */
  readonly path: readonly string[];
  /** The plugins that give pods their networks. */
  readonly cni: string;
  readonly runc: string;
  /** A shell and its commands, in one static program. */
  readonly busybox: string;
}

/**
 * All programs of a cluster: from the cache, or built and unpacked.
 *
 * @param minutes how long all that has to be built may take
 * @param chart Helm is wanted, too
 * @throws Error with what cannot be had
 */
export async function findPrograms(minutes: number, chart: boolean): Promise<Programs> {
  await ensureCommands({
    ...{ ip: 'iproute2', iptables: 'iptables', ipset: 'ipset', nsenter: 'util-linux' },
    ...{ nft: 'nftables', openssl: 'openssl', script: 'bsdutils' },
  });
  const debian = await debianPrograms();
  const until = Date.now() + minutes * 60_000;
  const folders: string[] = [];
  for (const build of [kubernetes, ...others, kustomize, ...(chart ? [helm] : [])]) {
    const left = (until - Date.now()) / 1000;
    if (left <= 0) throw new Error(`${minutes} minutes were too short to build all programs.`);
    folders.push(await built(build, left));
  }
  const [first = ''] = folders;
  for (const name of names) {
    const link = path.join(first, name);
    if (!existsSync(link)) symlinkSync('kubernetes', link);
  }
  return {
    path: [...folders, path.join(debian, 'usr/bin'), path.join(debian, 'usr/sbin')],
    cni: path.join(debian, 'usr/lib/cni'),
    runc: path.join(debian, 'usr/sbin/runc'),
    busybox: path.join(debian, 'bin/busybox'),
  };
}

/** From the release that this machine runs, unpacked and not installed. */
async function debianPrograms(): Promise<string> {
  const home = path.join(cacheDirectory('cluster'), 'debian');
  if (!existsSync(path.join(home, 'complete'))) {
    const fresh = `${home}.${process.pid}`;
    const packages = ['etcd-server', 'containernetworking-plugins', 'runc', 'busybox-static'];
    await unpackPackages(fresh, 'native', packages);
    writeFileSync(path.join(fresh, 'complete'), '');
    rmSync(home, { recursive: true, force: true });
    renameSync(fresh, home);
  }
  return home;
}
