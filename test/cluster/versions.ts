/** What the cluster is made of. Each comes from the Go module proxy, at exactly this version. */
export const versions = {
  kubernetes: 'v1.37.2',
  containerd: 'v2.4.2',
  coredns: 'v1.15.0',
  /** Enforces NetworkPolicies with iptables and ipset, which most kernels have. */
  kubeRouter: 'v2.1.0',
  helm: 'v4.3.1',
  kustomize: 'v5.8.1',
  /** For their own definitions of the objects that a stack brings. */
  certManager: 'v1.21.2',
  keda: 'v2.21.0',
} as const;

const staging = versions.kubernetes.replace('v1.', 'v0.');

/** Kubernetes' own parts are modules of their own, and its module says where they lie in its repository instead. */
export function stagingVersions(goMod: string): string[] {
  const parts = [...goMod.matchAll(/^\t(k8s\.io\/[a-z-]+) => \.\/staging\//gm)];
  return parts.map(([, name]) => `replace ${name} => ${name} ${staging}`);
}
