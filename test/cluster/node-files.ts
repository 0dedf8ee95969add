import { nodeCgroup } from './cgroups.ts';
import { zone } from './control.ts';
import { type NodeMachine, networks } from './machines.ts';
import type { Programs } from './programs.ts';

/** The image of the container that holds a pod's network. */
export const pauseImage = 'create-jitsi-stack/pause:1';

/** The places of one node. */
export interface Places {
  /** Ends with the cluster. */
  readonly inside: (name: string) => string;
  /** Images; kept. */
  readonly images: string;
}

/** How pods of a node get their network: each has a cable of its own, so that whatever goes between them is routed and can be filtered. */
export function podNetwork({ pods }: NodeMachine, { inside }: Places): object {
  return {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'ptp',
        ipMasq: false,
        ipam: {
          type: 'host-local',
          dataDir: inside('addresses'),
          ranges: [[{ subnet: pods }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/** containerd's configuration (TOML). */
export function containerdFile({ inside, images }: Places, { cni, runc }: Programs): string {
  const off = ['internal.v1.opt', 'nri.v1.nri', 'tracing.processor.v1.otlp', 'internal.v1.tracing'];
  const runtime = 'plugins."io.containerd.cri.v1.runtime"';
  const quote = (text: string) => JSON.stringify(text);
  return `${[
    'version = 3',
    `root = ${quote(images)}`,
    `state = ${quote(inside('state'))}`,
    `disabled_plugins = [${off.map((name) => quote(`io.containerd.${name}`)).join(', ')}]`,
    '[grpc]',
    `address = ${quote(inside('containerd.sock'))}`,
    '[ttrpc]',
    `address = ${quote(inside('containerd.sock.ttrpc'))}`,
    '[plugins."io.containerd.cri.v1.images".pinned_images]',
    `sandbox = ${quote(pauseImage)}`,
    `[${runtime}]`,
    '# Where CAP_SYS_RESOURCE is missing, nothing can be protected from the OOM killer.',
    'restrict_oom_score_adj = true',
    `[${runtime}.cni]`,
    `bin_dirs = [${quote(cni)}]`,
    `conf_dir = ${quote(inside('cni'))}`,
    `[${runtime}.containerd.runtimes.runc]`,
    'runtime_type = "io.containerd.runc.v2"',
    `[${runtime}.containerd.runtimes.runc.options]`,
    `BinaryName = ${quote(runc)}`,
    'SystemdCgroup = false',
  ].join('\n')}\n`;
}

/** The kubelet's configuration. */
export function kubeletFile(
  { name, address }: NodeMachine,
  { inside }: Places,
  dns: string,
): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    // Nobody but the cluster is in its network.
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    address,
    healthzBindAddress: '127.0.0.1',
    containerRuntimeEndpoint: `unix://${inside('containerd.sock')}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${nodeCgroup(name)}`,
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    makeIPTablesUtilChains: false,
    clusterDNS: [dns],
    clusterDomain: zone,
    resolvConf: '/dev/null',
    podLogsDir: inside('pods'),
    volumePluginDir: inside('plugins'),
    // The disk is the machine's own, and its affair.
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1%',
      'imagefs.available': '1%',
    },
    imageGCHighThresholdPercent: 100,
    // So that a cluster that ends does not wait.
    nodeStatusUpdateFrequency: '4s',
  };
}

/** kube-proxy's configuration. */
export function proxyFile({ name }: NodeMachine, kubeconfig: string): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    hostnameOverride: name,
    clusterCIDR: networks.pods,
    clientConnection: { kubeconfig },
    conntrack: { maxPerCore: 0, min: 0 },
    metricsBindAddress: '127.0.0.1:10249',
    healthzBindAddress: '127.0.0.1:10256',
  };
}
