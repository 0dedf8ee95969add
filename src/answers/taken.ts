import { isDeepStrictEqual } from 'node:util';
import { fillDefaults, layerAnswers, type RawAnswers, sectionValues } from './complete.ts';
import type { Host } from './detect/host.ts';
import { placeOfQuestion } from './questions.ts';
import { flagOf, type Section } from './sections.ts';
import { suggestions } from './suggest.ts';
import { elsewhere, isSaidWhere } from './whose.ts';

/** An answer that nobody gave and that the computer at hand decided. */
export interface Taken {
  /** Its place in `jitsi-stack.json`, such as `host.memory`. */
  readonly place: string;
  /** The flag that gives it. */
  readonly flag: string;
  readonly value: unknown;
}

/**
 * What would be answered otherwise if Jitsi ran on another computer than this one. Nothing, where somebody has said
 * where it runs.
 *
 * @param answers those that were given
 */
export async function takenFromHere(
  sections: readonly Section[],
  answers: RawAnswers,
  host: Host,
): Promise<readonly Taken[]> {
  if (isSaidWhere(answers)) return [];
  const [here, there] = await Promise.all(
    [host, elsewhere(host)].map(async (server) => {
      const suggested = await suggestions(sections, answers, server);
      return fillDefaults(sections, layerAnswers(sections, suggested, answers)).answers;
    }),
  );
  return sections.flatMap((section) => {
    const [given, mine, other] = [answers, here, there].map((one) =>
      sectionValues(one ?? {}, section),
    );
    return Object.entries(section.fields).flatMap(([name, { detected }]) => {
      const value = mine?.[name];
      const isMine = !isDeepStrictEqual(value, other?.[name]);
      if (!detected || given?.[name] !== undefined || !isMine) return [];
      return [{ place: placeOfQuestion({ section, name }), flag: flagOf(section, name), value }];
    });
  });
}
