import { type ChosenAccess, consequenceOf } from '../access/consequences.ts';
import { decidingInLua, whyModuleDecides } from '../access/lines.ts';
import { whyModuleIsMissed } from '../access/own-modules.ts';
import { deciderOf } from '../access/variables.ts';
import type { Stated } from '../adopt/evidence.ts';
import type { Plan } from '../plan/plan.ts';
import { listOf, partsOf } from '../releases/index.ts';
import type { Undone } from './undone.ts';

/** The service that signs people in: whatever it is told decides who they are. */
export const signIn = 'oidc';

/** A service's variables as the owner's files leave them, beside those that were decided. */
interface Compared {
  readonly given: ReadonlyMap<string, Stated>;
  readonly decided: Plan['services'][number]['environment'];
  readonly env: ReadonlyMap<string, Stated>;
  readonly chosen: ChosenAccess;
}

/** What of a service's variables decides about access, and was not decided by the answers. */
export function undoneIn(service: string, { given, decided, env, chosen }: Compared): Undone[] {
  const names = new Set([...given.keys(), ...Object.keys(decided)]);
  return [...names].flatMap((name): Undone[] => {
    const stated = given.get(name);
    const value = stated?.value ?? '';
    const known = decided[name] ?? '';
    const planned =
      typeof known === 'object' ? (env.get(known.secret)?.value ?? '') : String(known);
    const { file: path = 'compose.yaml', line } = stated?.evidence ?? {};
    const at = { path, ...(line !== undefined && { line }) };
    const why =
      service === signIn && name in decided
        ? whoseAccounts
        : (consequenceOf(name, value, chosen) ?? deciderOf(name)?.why);
    if (why !== undefined && value !== planned)
      return [{ ...at, name: `${name} of ${service}`, why }];
    return [
      ...foreignParts(name, value, planned).map(({ part, why }) => ({
        ...at,
        name: `“${part}” in ${name} of ${service}`,
        why,
      })),
      ...missedParts(name, value, planned).map(({ part, why }) => ({
        ...at,
        name: `${name} of ${service} without “${part}”`,
        why,
      })),
    ];
  });
}

const whoseAccounts = 'It says whose accounts open rooms here, and what a sign-in is good for.';

/** Parts of a list with power over access that were not decided. */
function foreignParts(name: string, value: string, planned: string) {
  return partsBeside(name, value, planned).flatMap(({ part, holds }) => {
    if (holds !== 'modules')
      return decidingInLua(part).map((one) => ({ part: one.name, why: one.why }));
    const why = whyModuleDecides(part);
    return why === undefined ? [] : [{ part, why }];
  });
}

/** Parts of a list that were decided and are not there: who sets a list anew takes out what it held. */
function missedParts(name: string, value: string, planned: string) {
  return partsBeside(name, planned, value).flatMap(({ part, holds }) => {
    const why = whyModuleIsMissed(part);
    if (why !== undefined) return [{ part, why }];
    const decides = holds === 'modules' ? whyModuleDecides(part) : decidingInLua(part)[0];
    return decides === undefined ? [] : [{ part, why: 'The answers under auth need it.' }];
  });
}

/** The parts of one text of a list that the other does not have. */
function partsBeside(name: string, one: string, other: string) {
  const list = listOf(name);
  if (!list) return [];
  const known = new Set(partsOf(list, other));
  return partsOf(list, one)
    .filter((part) => !known.has(part))
    .map((part) => ({ part, holds: list.holds }));
}
