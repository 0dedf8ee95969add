import type { StackProfile } from '../releases/index.ts';
import type { Plan } from './plan.ts';

/** What this stack has that a new release may change. */
export function profileOf({ services, answers }: Plan): StackProfile {
  return {
    services: new Set(services.map(({ name }) => name)),
    settings: new Set(Object.keys(answers.settings)),
    environment: new Map(services.flatMap(({ environment }) => Object.entries(environment))),
  };
}
