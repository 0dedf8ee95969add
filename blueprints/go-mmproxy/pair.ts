import type { Contribution } from '../../src/blueprint.ts';

/** A server that is handed connections under the clients' addresses, and what hands them to it. */
export interface Pair {
  /** The service that holds the network of both. */
  readonly network: string;
  /** Its number in the containers' network. */
  readonly number: number;
  /** The service that runs go-mmproxy. */
  readonly proxy: string;
  /** The service that is handed the connections, what people call it, and its port. */
  readonly server: string;
  readonly title: string;
  readonly port: number;
  /** Names under which others look for the server. */
  readonly aliases?: readonly string[];
  readonly purpose: string;
}

type Services = NonNullable<Contribution['services']>;

/** The holder of the network and go-mmproxy in it; the server itself is its own feature's. */
export function pairServices(
  { network, proxy, title, port, aliases }: Pair,
  image: Pick<Services[number], 'image' | 'build'>,
  ipv6: boolean,
): Services {
  const entrypoint = ['/bin/sh', '/etc/go-mmproxy/start.sh'];
  return [
    {
      ...image,
      name: network,
      about: `Holds the network that ${title} and go-mmproxy share, so that a restart of either does not cut off the other.`,
      entrypoint,
      volumes: [{ source: './go-mmproxy/network', target: '/etc/go-mmproxy' }],
      ...(aliases && { aliases }),
      capabilities: ['NET_ADMIN', 'SETGID', 'SETPCAP', 'SETUID'],
      memory: 32,
      stopGrace: '2s',
      healthcheck: {
        test: ['CMD-SHELL', "ip rule | grep -q 'lookup 123'"],
        interval: '60s',
        timeout: '5s',
        retries: 2,
        startPeriod: '5s',
      },
      ...(ipv6 && {
        sysctls: {
          'net.ipv6.conf.all.disable_ipv6': 0,
          'net.ipv6.conf.lo.disable_ipv6': 0,
        },
      }),
      comments: {
        cap_add:
          'To lead answers to clients back to go-mmproxy, once at its start; then it gives them up and sleeps.',
      },
    },
    {
      ...image,
      name: proxy,
      about: `Hands connections from the edge to ${title} under the clients’ own addresses.`,
      entrypoint,
      command: [String(port)],
      network: `service:${network}`,
      volumes: [{ source: './go-mmproxy/proxy', target: '/etc/go-mmproxy' }],
      dependsOn: { [network]: 'started' },
      capabilities: ['NET_RAW', 'SETGID', 'SETPCAP', 'SETUID'],
      memory: 192,
      healthcheck: {
        test: ['CMD', 'bash', '-c', '</dev/tcp/127.0.0.1/4444'],
        interval: '15s',
        timeout: '5s',
        retries: 4,
        startPeriod: '10s',
      },
      comments: {
        cap_add:
          'NET_RAW to send from addresses that are not its own; the others to stop being root.',
      },
    },
  ];
}
