import { socketAddress } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import { fixedAddress } from './fixed-address.ts';
import { centralBridge, furtherBridges, machinesOf } from './machines.ts';
import type { Decisions, Machine } from './plan.ts';

const readers: readonly string[] = ['monitoring', 'metrics'];

/** Where a further machine tells its numbers, to the central one alone. */
export const numbersPort = 9464;

/** Whether what has numbers tells them inside the stack: to a Prometheus that is in it, or to what passes them on to the owner’s. */
export function isMeasured({ extras }: Pick<Answers, 'extras'>): boolean {
  return extras?.some((extra) => readers.includes(extra)) ?? false;
}

/** Somebody who tells numbers. */
export interface Measured {
  readonly job: string;
  /** With its port, as the central machine’s containers reach it. */
  readonly address: string;
  readonly path: string;
  /** Where several have the same: whose numbers they are. */
  readonly machine?: string;
}

/** Who tells numbers: in the containers’ network, and on further machines. */
export function measuredIn({
  answers,
  services,
  network,
}: Pick<Decisions, 'answers' | 'services' | 'network'>): readonly Measured[] {
  const has = (service: string) => services.some(({ name }) => name === service);
  const at = (service: string) => fixedAddress(network, service, 'numbers').ipv4;
  const machines = machinesOf(answers);
  const here = machines.length > 0 ? { machine: centralBridge } : {};
  const path = '/metrics';
  const further = (job: string, all: readonly Machine[]) =>
    all.map(({ name, comesFrom }) => ({
      job,
      address: socketAddress(comesFrom, numbersPort),
      path: `${path}/${job}`,
      machine: name,
    }));
  return [
    { job: 'jvb', address: `${at('jvb')}:8080`, path, ...here },
    ...further('jvb', furtherBridges(answers)),
    { job: 'jicofo', address: 'jicofo:8888', path },
    // Prosody answers one network of IPv4, and a name may lead to an IPv6 address.
    { job: 'prosody', address: `${at('prosody')}:5280`, path },
    ...(has('nginx') ? [{ job: 'nginx', address: `${at('nginx')}:8091`, path }] : []),
    ...(has('haproxy') ? [{ job: 'haproxy', address: `${at('haproxy')}:8406`, path }] : []),
    // The relay is in the host’s own network.
    ...(has('coturn') ? [{ job: 'coturn', address: `${network.gateway}:9641`, path }] : []),
    ...(has('loki') ? [{ job: 'loki', address: 'loki:3100', path }] : []),
    ...(has('alloy') ? [{ job: 'alloy', address: 'alloy:12345', path }] : []),
    { job: 'node', address: 'node-exporter:9100', path, ...here },
    ...further('node', machines),
  ];
}
