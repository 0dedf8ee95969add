import { decidingInHocon, decidingInLua, whyModuleDecides } from '../access/lines.ts';
import { deciderOf } from '../access/variables.ts';
import type { Problem } from '../errors.ts';
import { listOf, partsOf } from './lists.ts';
import type { Release } from './release.ts';

/** Why a variable is not left to the settings: it decides about access, and an answer is there for that. */
export function accessByName(name: string): Problem | undefined {
  const decider = deciderOf(name);
  return (
    decider && {
      what: `${name} decides ${decider.decides}, which ${decider.answer} is there for.`,
      why: decider.why,
      fix: `Remove it from the settings; choose with ${flags[decider.answer]} (${decider.answer}).`,
    }
  );
}

const flags = {
  'auth.mode': '--auth',
  'auth.guests': '--auth-guests',
  'auth.moderators': '--auth-moderators',
} as const;

/**
 * Why a value is refused: it brings in what decides about access, past the answers. The images write values into the
 * configuration as they are.
 */
export function accessByValue(
  { services }: Release,
  name: string,
  value: string,
): Problem | undefined {
  const [found] = [
    ...(services.prosody?.variables.has(name) ? inProsody(name, value) : []),
    ...(services.jicofo?.variables.has(name) ? decidingInHocon(value) : []),
  ];
  return (
    found && {
      what: `“${found.name}” in ${name} decides about access, which the answers under auth are there for.`,
      why: found.why,
      fix: `Take ${found.name} out of ${name}; choose with --auth and --auth-guests.`,
    }
  );
}

function inProsody(name: string, value: string): readonly { name: string; why: string }[] {
  const list = listOf(name);
  if (list === undefined) return decidingInLua(value);
  const parts = partsOf(list, value);
  if (list.holds === 'configuration') return decidingInLua(parts.join('\n'));
  return parts.flatMap((part) => {
    const why = whyModuleDecides(part);
    return why === undefined ? [] : [{ name: part, why }];
  });
}
