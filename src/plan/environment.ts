import type { Answers } from '../answers/answers.ts';
import { type Problem, StackError } from '../errors.ts';
import {
  checkSettings,
  environmentValue,
  fromEnv,
  idleSetting,
  type Release,
} from '../releases/index.ts';
import type { JoinedList } from './lists.ts';
import { Owned } from './owned.ts';
import type { Environment, EnvironmentValue } from './plan.ts';

export interface EnvironmentClaims {
  readonly blueprint: string;
  readonly environment?: Readonly<Record<string, Environment>> | undefined;
  readonly defaults?: Readonly<Record<string, Environment>> | undefined;
}

/**
 * The environment of every service: what features decide, then the owner's settings, then features' defaults. Lists that
 * both add to have been joined.
 *
 * @throws StackError for settings that the release does not know or that contradict other answers, and for two features
 *   that decide one variable
 */
export function planEnvironment(
  answers: Answers,
  release: Release,
  claims: readonly EnvironmentClaims[],
  joined: readonly JoinedList[],
  services: ReadonlySet<string>,
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
    for (const { name: service, variables } of Object.values(release.services)) {
      if (!variables.has(name)) continue;
      const key = `${service} ${name}`;
      const owner = decided.ownerOf(key);
      if (owner) problems.push(contradiction(name, service, owner, decided.get(key)));
      values.set(key, value === fromEnv ? { secret: name } : value);
    }
    const idle = idleSetting(release, services, name);
    if (idle) problems.push(idle);
  }
  // What another answer decides is wrong however it is written.
  const named = new Set(problems.map(({ answer }) => answer));
  const wrong = checkSettings(release, answers.settings);
  problems.unshift(...wrong.filter(({ answer }) => !named.has(answer)));
  if (problems.length > 0) throw new StackError(problems);
  for (const { service, name, value } of joined) values.set(`${service} ${name}`, value);
  for (const [key, value] of decided.entries()) values.set(key, value);
  return grouped(values, release);
}

function contradiction(
  name: string,
  service: string,
  owner: string,
  decided: EnvironmentValue | undefined,
): Problem {
  if (typeof decided === 'object')
    return {
      answer: `settings.${name}`,
      what: `${name} is a secret that this stack has already (blueprint ${owner}).`,
      fix: 'Remove it from the settings; its value stands in .env.',
    };
  return {
    answer: `settings.${name}`,
    what: `${name} of “${service}” follows from other answers (blueprint ${owner}).`,
    fix: 'Remove it from the settings and change those answers instead.',
  };
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

function grouped(
  values: ReadonlyMap<string, EnvironmentValue>,
  release: Release,
): Map<string, Environment> {
  const services = new Map<string, Record<string, EnvironmentValue>>();
  for (const [key, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [service = '', name = ''] = key.split(' ');
    const facts = release.services[service];
    if (facts?.own && !facts.variables.has(name)) {
      throw new StackError({
        what: `The ${service} image of ${release.tag} does not read ${name}.`,
        why: 'A variable that nothing reads would promise what does not happen.',
        ...(release.readFrom !== undefined && {
          fix: `Run npx create-jitsi-stack@latest: a version that knows ${release.tag} does without it.`,
        }),
      });
    }
    const environment = services.get(service) ?? {};
    const literal = typeof value === 'object' || !facts?.own;
    environment[name] = literal ? value : environmentValue(release, name, value);
    services.set(service, environment);
  }
  return services;
}
