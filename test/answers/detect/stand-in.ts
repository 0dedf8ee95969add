import type { NetworkInterfaceInfo } from 'node:os';
import type { Sources } from '../../../src/answers/detect/sources.ts';

/** A host of the test's own making; what is not given is not there. */
export interface StandIn {
  readonly interfaces?: Readonly<Record<string, readonly string[]>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** DNS answers with this error instead. */
  readonly dnsError?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 'linux' */
  readonly platform?: NodeJS.Platform;
  /** @default 'x64' */
  readonly architecture?: string;
  /** @default 4 */
  readonly cores?: number;
  /** In MiB. @default 8192 */
  readonly memory?: number;
}

/** Sources that read from `host` only. Interfaces hold addresses in CIDR notation. */
export function standIn(host: StandIn = {}): Sources {
  const fail = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  return {
    interfaces: () =>
      Object.fromEntries(
        Object.entries(host.interfaces ?? {}).map(([name, cidrs]) => [name, cidrs.map(address)]),
      ),
    memory: () => (host.memory ?? 8192) * 2 ** 20,
    platform: host.platform ?? 'linux',
    architecture: () => host.architecture ?? 'x64',
    cores: () => host.cores ?? 4,
    timezone: () => 'Europe/Berlin',
    environment: host.environment ?? {},
    read: async (path) => host.files?.[path],
    list: async (path) =>
      Object.keys(host.files ?? {}).flatMap((file) =>
        file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : [],
      ),
    run: async (...words) => host.programs?.[words.join(' ')],
    resolve: async (name, type) => {
      if (host.dnsError) return fail(host.dnsError);
      const addresses = host.names?.[name] ?? [];
      const found = addresses.filter((one) => one.includes(':') === (type === 'AAAA'));
      return found.length > 0 ? found : fail(addresses.length > 0 ? 'ENODATA' : 'ENOTFOUND');
    },
  };
}

function address(cidr: string): NetworkInterfaceInfo {
  const [text = ''] = cidr.split('/');
  const rest = { address: text, netmask: '', mac: '', cidr, internal: /^(127\.|::1)/.test(text) };
  return text.includes(':') ? { ...rest, family: 'IPv6', scopeid: 0 } : { ...rest, family: 'IPv4' };
}

/** `/proc/net/route` of a host whose default route leaves through `name`, with its own network. */
export function routeTable(name: string, destination: string, mask: string): string {
  const hex = (dotted: string) =>
    dotted
      .split('.')
      .reverse()
      .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
      .join('');
  const row = (to: string, by: string) =>
    `${name}\t${hex(to)}\t00000000\t0003\t0\t0\t0\t${hex(by)}\t0\t0\t0`;
  return `Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n${row('0.0.0.0', '0.0.0.0')}\n${row(destination, mask)}\n`;
}

/** `/proc/net/tcp6` of a host on which something listens on these ports, and somebody else is connected to 8080. */
export function listening(...ports: readonly number[]): string {
  const row = (port: number, state: string, index: number) =>
    `   ${index}: 00000000000000000000000000000000:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000000000000000000000000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 4711 1`;
  return [
    '  sl  local_address',
    row(8080, '01', 0),
    ...ports.map((port, i) => row(port, '0A', i + 1)),
  ].join('\n');
}
