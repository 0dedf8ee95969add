import {
  type LocalAddresses,
  localAddresses,
  passingAddresses,
  tunnelAddresses,
} from './addresses.ts';
import { runningContainers } from './containers.ts';
import { type DnsAnswer, lookUp } from './dns.ts';
import { type DaemonSettings, type Docker, daemonSettings, dockerVersions } from './docker.ts';
import { activeFirewalls } from './firewalls.ts';
import { type WebListener, webListener } from './listeners.ts';
import { defaultInterface, networksInUse } from './networks.ts';
import { type PortInUse, portsInUse } from './ports-in-use.ts';
import { looksLikeServer } from './server.ts';
import { type Sources, thisHost } from './sources.ts';
import { sshPort } from './ssh.ts';

/**
 * Facts about the computer that Jitsi will run on. Each is found out once, when it is first asked for; none takes more
 * than a second.
 */
export interface Host {
  /** `false`: it is another computer than this one, so nothing below but DNS is known of it. */
  readonly isKnown: boolean;
  readonly addresses: () => Promise<LocalAddresses>;
  readonly networks: () => Promise<readonly string[]>;
  readonly firewalls: () => Promise<readonly string[]>;
  readonly docker: () => Promise<Docker>;
  readonly daemon: () => Promise<DaemonSettings>;
  /** Where tunnels end on this host. */
  readonly tunnels: () => ReturnType<typeof tunnelAddresses>;
  /** The processor, in Node's words; undefined where it is not known. */
  readonly architecture: () => string | undefined;
  /** What answers on 80 or 443 already; undefined when both are free. */
  readonly webListener: () => Promise<WebListener | undefined>;
  /** The ports that somebody has already. */
  readonly portsInUse: () => Promise<readonly PortInUse[]>;
  readonly sshPort: () => Promise<number | undefined>;
  readonly lookUp: (name: string) => Promise<DnsAnswer>;
  /** Memory in MiB. */
  readonly memory: () => number | undefined;
  /** Of the processor. */
  readonly cores: () => number | undefined;
  readonly timezone: () => string | undefined;
  /** The address that whoever sits here gives with their commits; empty where git knows none that mail reaches. */
  readonly email: () => Promise<string>;
  /** The text of `/etc/os-release`; empty where there is none. */
  readonly distribution: () => Promise<string>;
  /** Whether this computer, the one at hand, looks like one that serves others. */
  readonly looksLikeServer: () => Promise<boolean>;
}

/** Detection over the given sources; nothing runs until a fact is asked for. */
export function detectHost(sources: Sources = thisHost()): Host {
  const routes = once(async () => (await sources.read('/proc/net/route')) ?? '');
  const containers = once(() => runningContainers(sources));
  const names = new Map<string, Promise<DnsAnswer>>();
  const addresses = once(async () => {
    const passing = passingAddresses((await sources.read('/proc/net/if_inet6')) ?? '');
    const first = defaultInterface(await routes());
    return localAddresses(sources.interfaces(), { passing, ...(first && { first }) });
  });
  return {
    isKnown: true,
    addresses,
    networks: once(async () => networksInUse(sources.interfaces(), await routes())),
    firewalls: once(() => activeFirewalls(sources)),
    docker: once(() => dockerVersions(sources)),
    daemon: once(() => daemonSettings(sources)),
    tunnels: () => tunnelAddresses(sources.interfaces()),
    architecture: sources.architecture,
    webListener: once(() => webListener(sources, containers())),
    portsInUse: once(() => portsInUse(sources, containers())),
    sshPort: once(() => sshPort(sources)),
    lookUp: (name) => {
      const answer = names.get(name) ?? lookUp(name, sources);
      names.set(name, answer);
      return answer;
    },
    memory: () => Math.floor(sources.memory() / 2 ** 20),
    cores: sources.cores,
    timezone: sources.timezone,
    email: once(() => emailOf(sources)),
    distribution: once(async () => (await sources.read('/etc/os-release')) ?? ''),
    looksLikeServer: once(async () => looksLikeServer(sources, await addresses())),
  };
}

/** Git hosts give out addresses that nobody reads, such as `1+ada@users.noreply.github.com`. */
async function emailOf({ run }: Sources): Promise<string> {
  const email = ((await run('git', 'config', 'user.email')) ?? '').trim();
  return /no-?reply|\.(local|localdomain)$/i.test(email) ? '' : email;
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
