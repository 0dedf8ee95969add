import type { Decisions } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The names in `.env`, and which of them can be replaced because both of their ends are in the stack. */
export function secretsView(plan: Decisions) {
  const { secrets, services } = plan;
  const accounts = plan.accounts?.passwords ?? {};
  const names = secrets.map(({ name }) => name);
  const rotated = names.filter((name) => accounts[name] || usersOf(plan, name).length > 1);
  const renewals = secrets.flatMap(({ name, ends }) =>
    ends === undefined ? [] : [{ name, ends, users: words(usersOf(plan, name)) }],
  );
  return {
    renewals,
    renewable: words(renewals.map(({ name }) => name)),
    secrets: words(names),
    made: words(secrets.flatMap(({ name, given }) => (given ? [] : [name]))),
    given: words(secrets.flatMap(({ name, given }) => (given ? [name] : []))),
    /** `NAME:account`: the account whose password it is; nothing behind the colon where it is none's. */
    rotated: words(rotated.map((name) => `${name}:${accounts[name] ?? ''}`)),
    secretUsers: words(
      services
        .map(({ name }) => name)
        .filter((name) => rotated.some((secret) => usersOf(plan, secret).includes(name))),
    ),
  };
}

/** The services that are given a secret. */
function usersOf({ services }: Decisions, secret: string): readonly string[] {
  return services
    .filter(({ environment, announced }) =>
      Object.values({ ...environment, ...announced }).some(
        (value) => typeof value === 'object' && value.secret === secret,
      ),
    )
    .map(({ name }) => name);
}
