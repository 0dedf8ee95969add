import type { Plan } from '../../src/plan/plan.ts';

/** What can listen on 443, and how it tells who a visitor is: a dimension of the lab beside the topology. */
export const edges = [
  'nginx',
  'nginx-share443',
  'haproxy',
  'haproxy-go-mmproxy',
  'external',
] as const;
export type Edge = (typeof edges)[number];

/** What the owner of each answers. */
export const edgeAnswers: Readonly<Record<Edge, Readonly<Record<string, object>>>> = {
  nginx: { edge: { proxy: 'nginx' }, turn: { share443: false, clientAddress: 'edge' } },
  'nginx-share443': {
    edge: { proxy: 'nginx' },
    turn: { share443: true, clientAddress: 'edge' },
  },
  haproxy: {
    edge: { proxy: 'haproxy', clientAddress: 'proxy-protocol' },
    turn: { share443: true, clientAddress: 'edge' },
  },
  'haproxy-go-mmproxy': {
    edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
    turn: { share443: true, clientAddress: 'go-mmproxy' },
  },
  external: {
    edge: { proxy: 'external', flavour: 'caddy' },
    certificates: { source: 'own' },
    turn: { share443: false, clientAddress: 'edge' },
  },
};

/** Services through which a request comes in, outermost first, the relay's too; the word `edge` stands for them in checks. */
export function edgeServices(plan: Plan): string[] {
  const names = ['haproxy', 'go-mmproxy', 'nginx', 'relay-go-mmproxy', 'coturn-443'];
  return names.filter((name) => plan.services.some((service) => service.name === name));
}

/** The relay answers on port 443 too. */
export function sharesPort(plan: Plan): boolean {
  return plan.passthrough.length > 0;
}
