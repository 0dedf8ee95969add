import type { Answers } from '../../src/answers/answers.ts';
import type { AnyBlueprint, Contribution, ServiceDeclaration } from '../../src/blueprint.ts';
import { createPlan } from '../../src/plan/create.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { loadRelease } from '../../src/releases/index.ts';

export const release = await loadRelease('stable-11146-2');

export const answers: Answers = {
  version: 1,
  release: 'stable-11146-2',
  domain: 'meet.example.org',
  name: 'meet-example-org',
  network: {
    exposure: 'public',
    publicAddresses: ['203.0.113.7'],
    lanAddresses: [],
    ipv6: false,
    subnet: '172.28.0.0/24',
    subnet6: 'fd28:6a69:7473::/64',
    bridge: 'jitsi0',
    sshPort: 22,
  },
  host: { memory: 4096, timezone: 'UTC' },
  edge: { proxy: 'nginx' },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  auth: { mode: 'open' },
  rebuild: { by: 'none' },
  firewall: [],
  settings: {},
};

/** A feature that brings just this. */
export function feature(
  id: string,
  contribution: Contribution | AnyBlueprint['contribute'],
  more: Partial<AnyBlueprint> = {},
): AnyBlueprint {
  const contribute = typeof contribution === 'function' ? contribution : () => contribution;
  return { id, title: id, order: 1, contribute, ...more };
}

export function service(name: string, more: Partial<ServiceDeclaration> = {}): ServiceDeclaration {
  const image = { name: `${name}:1`, user: 'root' };
  return { name, about: name, image, memory: 64, ...more } as ServiceDeclaration;
}

/** A plan of these features alone. */
export function plan(
  blueprints: readonly AnyBlueprint[],
  changes: Partial<Answers> = {},
  templates: Record<string, string[]> = {},
): Plan {
  return createPlan({ ...answers, ...changes }, { release, blueprints, templates });
}
