import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, until } from '../lab/process.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Machine, networks } from './machines.ts';

/** Who speaks to the API server. Each has a token; a cluster of a few minutes needs no certificates for that. */
const users = {
  admin: 'system:masters',
  controllers: 'system:kube-controller-manager',
  scheduler: 'system:kube-scheduler',
  proxy: 'system:kube-proxy',
  dns: 'system:masters',
  policies: 'system:masters',
  node1: 'system:nodes',
  node2: 'system:nodes',
} as const;

/** One of them. */
export type User = keyof typeof users;

/** The machine that has the API server. */
export interface Control {
  readonly url: string;
  /** The configuration with which a program speaks to the API server. */
  readonly configFor: (user: User) => string;
  readonly daemons: readonly Daemon[];
}

/** Where the cluster's names are answered. */
export const zone = 'cluster.local';

/** Starts the API server and what decides in a cluster. */
export async function startControl(
  { at, address }: Machine,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<Control> {
  const inside = (name: string) => path.join(directory, name);
  const url = `https://${address}:6443`;
  for (const folder of ['keys', 'etcd', 'log']) mkdirSync(inside(folder), { recursive: true });
  await run('openssl', ['genrsa', '-out', inside('keys/accounts.key'), '2048']);
  const publicKey = ['rsa', '-in', inside('keys/accounts.key'), '-pubout'];
  await run('openssl', [...publicKey, '-out', inside('keys/accounts.pub')]);
  writeFileSync(inside('tokens.csv'), tokens());
  const configFor = (user: User) => inside(`${user}.conf`);
  for (const user of Object.keys(users) as User[])
    writeFileSync(configFor(user), config(user, url, inside('keys/apiserver.crt')));

  const daemons: Daemon[] = [];
  const start = (program: string, options: Readonly<Record<string, string>>) =>
    daemons.push(startDaemon(at, inside('log'), [program, ...wordsOf(options)], env));
  start('etcd', {
    'data-dir': inside('etcd'),
    'listen-client-urls': 'http://127.0.0.1:2379',
    'advertise-client-urls': 'http://127.0.0.1:2379',
    'listen-peer-urls': 'http://127.0.0.1:2380',
    'initial-advertise-peer-urls': 'http://127.0.0.1:2380',
    'initial-cluster': 'default=http://127.0.0.1:2380',
    'unsafe-no-fsync': 'true',
  });
  start('kube-apiserver', {
    'etcd-servers': 'http://127.0.0.1:2379',
    'advertise-address': address,
    'bind-address': address,
    'secure-port': '6443',
    'cert-dir': inside('keys'),
    'token-auth-file': inside('tokens.csv'),
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'service-account-issuer': `https://kubernetes.default.svc.${zone}`,
    'service-account-key-file': inside('keys/accounts.pub'),
    'service-account-signing-key-file': inside('keys/accounts.key'),
    'service-cluster-ip-range': networks.services,
    'kubelet-preferred-address-types': 'InternalIP',
    'allow-privileged': 'true',
    'endpoint-reconciler-type': 'lease',
  });
  await until('the API server is ready', 180, async () => {
    complain(daemons);
    const asked = ['curl', '-skf', '-H', `Authorization: Bearer ${tokenOf('admin')}`];
    return (await at.attempt([...asked, `${url}/readyz`])).code === 0;
  });
  start('kube-controller-manager', {
    ...kubeconfigs(configFor('controllers')),
    'service-account-private-key-file': inside('keys/accounts.key'),
    'root-ca-file': inside('keys/apiserver.crt'),
    'use-service-account-credentials': 'true',
    'leader-elect': 'false',
    'bind-address': '127.0.0.1',
    // The lab waits for a node that is gone no longer than needed.
    'node-monitor-grace-period': '20s',
  });
  start('kube-scheduler', {
    ...kubeconfigs(configFor('scheduler')),
    'leader-elect': 'false',
    'bind-address': '127.0.0.1',
  });
  writeFileSync(inside('Corefile'), corefile(configFor('dns')));
  start('dns', { conf: inside('Corefile') });
  return { url, configFor, daemons };
}

/** @throws Error with the last lines of a program that has ended */
export function complain(daemons: readonly Daemon[]): void {
  for (const { ended } of daemons) {
    const why = ended();
    if (why !== undefined) throw new Error(why);
  }
}

function wordsOf(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}

function kubeconfigs(file: string) {
  return { kubeconfig: file, 'authentication-kubeconfig': file, 'authorization-kubeconfig': file };
}

const tokenOf = (user: User) => `token-of-${user}`;

/** Lines `token,name,id,groups`. */
function tokens(): string {
  const lines = Object.entries(users).map(([user, role], index) => {
    const isNode = role === 'system:nodes';
    const groups = isNode || role === 'system:masters' ? role : '';
    const name = isNode ? `system:node:${user}` : groups ? user : role;
    return `${tokenOf(user as User)},${name},${index},${groups}`;
  });
  return `${lines.join('\n')}\n`;
}

function config(user: User, server: string, authority: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority': authority } }],
    users: [{ name: user, user: { token: tokenOf(user) } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user } }],
    'current-context': 'lab',
  });
}

function corefile(kubeconfig: string): string {
  return [
    '.:53 {',
    '  errors',
    `  kubernetes ${zone} in-addr.arpa {`,
    `    kubeconfig ${kubeconfig}`,
    '    pods insecure',
    '  }',
    '}',
    '',
  ].join('\n');
}
