import type { Answers } from '../answers/answers.ts';
import { type Problem, StackError } from '../errors.ts';
import type { ReleaseFacts } from '../releases/facts.ts';
import { Owned } from './owned.ts';
import type { Environment, EnvironmentValue } from './plan.ts';

export interface EnvironmentClaims {
  readonly blueprint: string;
  readonly environment?: Readonly<Record<string, Environment>> | undefined;
  readonly defaults?: Readonly<Record<string, Environment>> | undefined;
}

/**
 * The environment of every service: what features decide, then the owner's settings, then features' defaults.
 *
 * @throws StackError when two features decide one variable, or a setting contradicts a decision
 */
export function planEnvironment(
  answers: Answers,
  release: ReleaseFacts,
  claims: readonly EnvironmentClaims[],
): ReadonlyMap<string, Environment> {
  const decided = new Owned<EnvironmentValue>('variable');
  const suggested = new Owned<EnvironmentValue>('default of variable');
  for (const { blueprint, environment, defaults } of claims) {
    claim(decided, environment, blueprint);
    claim(suggested, defaults, blueprint);
  }
  const values = new Map(suggested.entries());
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(answers.settings)) {
    for (const [service, { variables }] of Object.entries(release.services)) {
      if (!variables || !(name in variables)) continue;
      const key = `${service} ${name}`;
      const owner = decided.ownerOf(key);
      if (owner) {
        problems.push({
          where: `settings.${name}`,
          what: `${name} of “${service}” follows from other answers (blueprint ${owner}).`,
          fix: 'Remove it from the settings and change those answers instead.',
        });
      }
      values.set(key, value);
    }
  }
  if (problems.length > 0) throw new StackError(problems);
  for (const [key, value] of decided.entries()) values.set(key, value);
  return grouped(values);
}

function claim(
  target: Owned<EnvironmentValue>,
  claims: Readonly<Record<string, Environment>> | undefined,
  blueprint: string,
): void {
  for (const [service, environment] of Object.entries(claims ?? {})) {
    for (const [name, value] of Object.entries(environment)) {
      target.add(`${service} ${name}`, value, blueprint);
    }
  }
}

function grouped(values: ReadonlyMap<string, EnvironmentValue>): Map<string, Environment> {
  const services = new Map<string, Record<string, EnvironmentValue>>();
  for (const [key, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [service = '', name = ''] = key.split(' ');
    const environment = services.get(service) ?? {};
    environment[name] = value;
    services.set(service, environment);
  }
  return services;
}
