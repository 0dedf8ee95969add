import type { RunningContainer } from './containers.ts';
import type { Sources } from './sources.ts';

/** A port of this host that a program or a container has already. */
export interface PortInUse {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** The last one of a range. */
  readonly lastPort: number;
  /** Undefined: on all addresses of the host. */
  readonly address?: string;
  /** The container that publishes it. */
  readonly container?: string;
}

/** What containers publish and programs listen on. Needs no root; who a program is, only root could tell. */
export async function portsInUse(
  { read }: Pick<Sources, 'read'>,
  containers: Promise<readonly RunningContainer[]>,
): Promise<readonly PortInUse[]> {
  const [running, ...tables] = await Promise.all([
    containers,
    read('/proc/net/tcp'),
    read('/proc/net/tcp6'),
    read('/proc/net/udp'),
    read('/proc/net/udp6'),
  ]);
  const published = running.flatMap(({ name, published }) =>
    published.map(({ address, ...ports }) => ({
      ...ports,
      ...(!['0.0.0.0', '::', ''].includes(address) && { address }),
      container: name,
    })),
  );
  const sockets = tables.flatMap((table, index) =>
    socketsIn(table ?? '', index < 2 ? 'tcp' : 'udp'),
  );
  return [...published, ...sockets];
}

/** Lines of `/proc/net/{tcp,udp}{,6}`: local address and port in hex; state 0A listens, 07 is a UDP socket of nobody's in particular. */
function socketsIn(table: string, protocol: 'tcp' | 'udp'): readonly PortInUse[] {
  const state = protocol === 'tcp' ? '0A' : '07';
  const lines = table.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) /gm);
  return [...lines].flatMap(([, hex = '', port = '', found]) => {
    if (found !== state) return [];
    const number = Number.parseInt(port, 16);
    const address = /^0+$/.test(hex) ? undefined : dotted(hex);
    return [{ protocol, port: number, lastPort: number, ...(address && { address }) }];
  });
}

/** An IPv4 address, whose bytes stand in reverse; one of IPv6 as it stands, which is no address that anybody gives. */
function dotted(hex: string): string {
  if (hex.length !== 8) return hex;
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
