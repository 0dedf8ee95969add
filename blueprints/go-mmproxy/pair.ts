import type { Build, ServiceDeclaration } from '../../src/blueprint.ts';

/** A server that is handed connections under the clients' addresses, and what hands them to it. */
export interface Pair {
  /** The service that runs go-mmproxy. */
  readonly proxy: string;
  /** The service that is handed the connections, what people call it, and its port. */
  readonly server: string;
  readonly title: string;
  readonly port: number;
  readonly purpose: string;
  /** Whom the edge turns to while go-mmproxy is away. */
  readonly spare: string;
}

/**
 * go-mmproxy in the network of the server, which is its own feature's. The server owns the network, and no holder does: at
 * boot Docker starts containers in no order, and one whose network is not there yet stays down (moby/moby#50326). That must
 * never be what people need; while go-mmproxy is away, the edge goes past it.
 */
export function mmproxyService(
  { proxy, server, title, port, spare }: Pair,
  image: { readonly image: string; readonly build: Build },
  memory: number,
): ServiceDeclaration {
  return {
    ...image,
    name: proxy,
    about: `Hands connections from the edge to ${title} under the clients’ own addresses. While it is away, the edge goes to ${spare} itself.`,
    entrypoint: ['/bin/sh', '/etc/go-mmproxy/start.sh'],
    command: [String(port)],
    network: `service:${server}`,
    volumes: [{ source: './go-mmproxy', target: '/etc/go-mmproxy' }],
    dependsOn: { [server]: 'started' },
    capabilities: ['NET_ADMIN', 'NET_RAW', 'SETGID', 'SETPCAP', 'SETUID'],
    memory,
    healthcheck: {
      test: ['CMD', 'bash', '-c', 'test -e /sys/class/net/eth0 && </dev/tcp/127.0.0.1/4444'],
      interval: '15s',
      timeout: '5s',
      retries: 4,
      startPeriod: '10s',
    },
    comments: {
      cap_add:
        'NET_ADMIN to lead answers back here, once at the start; NET_RAW to send from addresses that are not its own; the others to stop being root.',
    },
  };
}
