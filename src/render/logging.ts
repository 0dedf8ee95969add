import type { Plan } from '../plan/plan.ts';

/** What Docker keeps by itself of what a container prints. */
const here = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } };

/**
 * How Docker handles what containers print, by key at the top of `compose.yaml`. Where somebody in the stack takes the lines,
 * Docker sends them over UDP, so that a container starts and prints whether they are taken or not (over TCP it would wait for
 * the other side: moby/moby#21966), and keeps as many itself for `./stack logs`, in what it calls a cache.
 */
export function loggingOf({ logs, network }: Pick<Plan, 'logs' | 'network'>) {
  if (!logs) return { 'x-logging': here };
  const address = network.addresses[logs.service]?.ipv4;
  if (address === undefined) throw new Error(`${logs.service} takes logs and has no address.`);
  return {
    'x-logging': {
      driver: 'syslog',
      options: {
        'syslog-address': `udp://${address}:${logs.port}`,
        'syslog-format': 'rfc5424micro',
        tag: '{{index .ContainerLabels "com.docker.compose.service"}}',
        'cache-max-size': '10m',
        'cache-max-file': '5',
      },
    },
    'x-logging-here': here,
  };
}

/** The comment above it. */
export function aboutLogging({ logs }: Pick<Plan, 'logs'>): string {
  const kept = 'Logs are kept within 50 MB a container.';
  return logs ? `${kept} ${logs.service} gets each line besides, but for its own.` : kept;
}
