import type { Answers } from '../../src/answers/answers.ts';
import { checkAnswers } from '../../src/answers/check.ts';
import { fillDefaults } from '../../src/answers/complete.ts';
import type { AnyBlueprint, Contribution, ServiceDeclaration } from '../../src/blueprint.ts';
import { createPlan } from '../../src/plan/create.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { loadRelease } from '../../src/releases/index.ts';
import { sections } from '../matrix/stack.ts';

export const release = await loadRelease('stable-11146-2');

/** Those of a small stack; which features they choose matters only to features that ask. */
export const answers: Answers = checkAnswers(
  sections,
  fillDefaults(sections, {
    release: release.tag,
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
    turn: { mode: 'none' },
    auth: { mode: 'open', strangers: true, moderators: 'first' },
  }).answers,
  'test',
);

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
