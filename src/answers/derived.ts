import { isDeepStrictEqual } from 'node:util';
import { defaultOf, type RawAnswers, sectionValues } from './complete.ts';
import type { Field, Known } from './field.ts';
import { fieldsOf, type Section } from './sections.ts';

/**
 * Leaves out the answers that nobody chose and that follow from others which have changed, such as the relay's name after
 * a new domain: they are worked out anew then. What somebody chose, or was asked, stays; so does what is fixed for good.
 *
 * @param before the answers that `now` came from, complete
 * @param stated what was said this time, however it reads
 */
export function forgetDerived(
  sections: readonly Section[],
  before: RawAnswers,
  now: RawAnswers,
  stated: RawAnswers = {},
): RawAnswers {
  let kept = now;
  for (const section of sections) {
    const [old, current, said] = [before, now, stated].map((one) => sectionValues(one, section));
    const formerly = fieldsIn(section, before);
    for (const [name, field] of Object.entries(fieldsIn(section, now))) {
      const former = formerly[name];
      const value = current?.[name];
      if (!former || value === undefined || said?.[name] !== undefined) continue;
      if (!isDerived(former, before) || !isDerived(field, now)) continue;
      const isUntouched =
        isDeepStrictEqual(value, old?.[name]) &&
        isDeepStrictEqual(value, defaultOf(former, before as Known));
      if (!isUntouched || isDeepStrictEqual(value, defaultOf(field, now as Known))) continue;
      kept = without(kept, section, name);
    }
  }
  return kept;
}

function fieldsIn(section: Section, answers: RawAnswers) {
  return fieldsOf(section, sectionValues(answers, section)[section.choice?.key ?? '']);
}

/** Worked out from other answers where nobody is asked for it. */
function isDerived({ default: value, advanced, once, kind }: Field, answers: RawAnswers): boolean {
  if (typeof value !== 'function' || once) return false;
  const known = answers as Known;
  // Addresses are asked for where there is a use for them; their default, none at all, is nobody's choice.
  if (kind === 'addresses') return true;
  return typeof advanced === 'function' ? advanced(known) : advanced === true;
}

function without(answers: RawAnswers, { id }: Section, name: string): RawAnswers {
  if (id === '') {
    const { [name]: _, ...kept } = answers;
    return kept;
  }
  const { [name]: _, ...kept } = answers[id] as RawAnswers;
  return { ...answers, [id]: kept };
}
