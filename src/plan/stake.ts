import type { Stake } from '../releases/index.ts';
import type { Plan } from './plan.ts';

/** What this stack has that a new release may change. */
export function stakeOf({ services, answers }: Plan): Stake {
  return {
    services: new Set(services.map(({ name }) => name)),
    settings: new Set(Object.keys(answers.settings)),
    environment: new Map(services.flatMap(({ environment }) => Object.entries(environment))),
  };
}
