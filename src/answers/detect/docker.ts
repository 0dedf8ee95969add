import type { Sources } from './sources.ts';

/** Versions of the programs that run a stack; undefined where there is none. */
export interface Docker {
  readonly engine?: string;
  readonly compose?: string;
}

/** The oldest Compose that reads everything a stack's `compose.yaml` says. */
export const oldestCompose = '2.20';

/** Asks the client programs for their versions; the daemon may be off. */
export async function dockerVersions({ run }: Pick<Sources, 'run'>): Promise<Docker> {
  const [engine, compose] = await Promise.all([
    run('docker', '--version'),
    run('docker', 'compose', 'version', '--short'),
  ]);
  const version = (text = '') => /\d+\.\d+(\.\d+)?/.exec(text)?.[0];
  const found = { engine: version(engine), compose: version(compose) };
  return {
    ...(found.engine && { engine: found.engine }),
    ...(found.engine && found.compose && { compose: found.compose }),
  };
}

/** What is missing to start a stack here, in one sentence; undefined when nothing is. */
export function dockerTrouble({ engine, compose }: Docker): string | undefined {
  if (!engine) return 'Docker is not installed on this machine; the stack needs it to start.';
  if (!compose) {
    return `Docker ${engine} has no Compose plugin; the stack needs Compose ${oldestCompose} or newer.`;
  }
  const [major = 0, minor = 0] = compose.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = oldestCompose.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Compose ${compose} is too old; the stack needs ${oldestCompose} or newer.`;
}

/** What the daemon is told not to do. */
export interface DaemonSettings {
  /** It writes no rules: containers get nowhere, and visitors have one address. */
  readonly withoutRules: boolean;
  /** The same for IPv6. */
  readonly withoutRules6: boolean;
}

/** Reads the daemon's own file, which everybody may; its command line can say the same, and is root's to read. */
export async function daemonSettings({ read }: Pick<Sources, 'read'>): Promise<DaemonSettings> {
  const text = (await read('/etc/docker/daemon.json')) ?? '';
  const isOff = (name: string) => new RegExp(`"${name}"\\s*:\\s*false\\b`).test(text);
  return { withoutRules: isOff('iptables'), withoutRules6: isOff('ip6tables') };
}
