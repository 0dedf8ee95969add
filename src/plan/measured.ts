import type { Answers } from '../answers/answers.ts';
import { fixedAddress } from './fixed-address.ts';
import type { Decisions } from './plan.ts';

const readers: readonly string[] = ['monitoring', 'metrics'];

/** Whether what has numbers tells them inside the stack: to a Prometheus that is in it, or to what passes them on to the owner’s. */
export function isMeasured({ extras }: Pick<Answers, 'extras'>): boolean {
  return extras?.some((extra) => readers.includes(extra)) ?? false;
}

/** Who tells numbers, and where `/metrics` is, in the containers’ network. */
export function measuredIn({
  services,
  network,
}: Pick<Decisions, 'services' | 'network'>): readonly { job: string; address: string }[] {
  const has = (service: string) => services.some(({ name }) => name === service);
  const at = (service: string) => fixedAddress(network, service, 'numbers').ipv4;
  return [
    { job: 'jvb', address: `${at('jvb')}:8080` },
    { job: 'jicofo', address: 'jicofo:8888' },
    // Prosody answers one network of IPv4, and a name may lead to an IPv6 address.
    { job: 'prosody', address: `${at('prosody')}:5280` },
    ...(has('nginx') ? [{ job: 'nginx', address: `${at('nginx')}:8091` }] : []),
    ...(has('haproxy') ? [{ job: 'haproxy', address: `${at('haproxy')}:8406` }] : []),
    // The relay is in the host’s own network.
    ...(has('coturn') ? [{ job: 'coturn', address: `${network.gateway}:9641` }] : []),
    ...(has('loki') ? [{ job: 'loki', address: 'loki:3100' }] : []),
    ...(has('alloy') ? [{ job: 'alloy', address: 'alloy:12345' }] : []),
    { job: 'node', address: 'node-exporter:9100' },
  ];
}
