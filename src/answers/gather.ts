import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StackError } from '../errors.ts';
import { isRecord, layerAnswers, type RawAnswers } from './complete.ts';
import { existingAnswers } from './existing.ts';
import { readAnswers } from './file/read.ts';
import { modernise } from './file/versions.ts';
import { answerFlags } from './flags.ts';
import type { Section } from './sections.ts';

export const answersFile = 'jitsi-stack.json';

/** The answers that one call gives. */
export interface Given {
  /** A file of answers, as it was named. */
  readonly answersFile?: string;
  /** Those of flags, as typed. */
  readonly answers: RawAnswers;
  /** Which flag gave an answer, by its place (`turn.mode`). */
  readonly given: ReadonlyMap<string, string>;
}

/** The answers that there are before anything is asked. */
export interface Gathered {
  /** Those of the stack in the directory; undefined when there is none yet. */
  readonly existing?: RawAnswers;
  /** Those of this call: flags over the answers file. */
  readonly stated: RawAnswers;
  /** Answers that an older version wrote and that are read differently now, in sentences. */
  readonly notes: readonly string[];
  /** Directories whose own readings of releases count: the stack's, and that of the answers file. */
  readonly stacks: readonly string[];
  /** Where the answer at a place came from, as a person would say it. */
  readonly sourceOf: (place: readonly string[]) => string;
}

/**
 * Reads the answers of this call and of the stack that is there.
 *
 * @throws StackError for a file that cannot be read
 */
export async function gather(
  { answersFile: file, answers, given }: Given,
  sections: readonly Section[],
  from: string,
  directory: string,
): Promise<Gathered> {
  const present = join(directory, answersFile);
  const notes: string[] = [];
  const read = (path: string, name: string) => {
    const modern = modernise(readAnswers(path, name));
    notes.push(...modern.notes.map((note) => `${name}: ${note}`));
    return modern.answers;
  };
  const existing = existsSync(present)
    ? await existingAnswers(sections, directory, read(present, answersFile))
    : undefined;
  const filed = file === undefined ? {} : read(resolve(from, file), file);
  return {
    ...(existing && { existing }),
    stated: layerAnswers(sections, filed, answers),
    stacks: [directory, ...(file === undefined ? [] : [dirname(resolve(from, file))])],
    notes,
    sourceOf: (place) => {
      const flag = given.get(place.join('.'));
      if (flag) return flag;
      if (file !== undefined && holds(filed, place)) return file;
      // What nobody wrote into a file was found here: only a flag can say it better.
      return existing ? answersFile : (flagFor(sections, place) ?? answersFile);
    },
  };
}

/** The directory, or the nearest one above it, that holds a stack. */
export function stackAbove(start: string): string | undefined {
  for (let here = resolve(start); ; here = dirname(here)) {
    if (existsSync(resolve(here, answersFile))) return here;
    if (dirname(here) === here) return undefined;
  }
}

/** Comparing needs something to compare with. */
export function requireStack({ existing }: Gathered, named: string): void {
  if (!existing) throw noStack(named);
}

export function noStack(named: string): StackError {
  return new StackError({
    where: named,
    what: `There is no stack here: ${answersFile} is missing.`,
    fix: 'Name the directory of a stack, or create one first.',
  });
}

function flagFor(sections: readonly Section[], place: readonly string[]): string | undefined {
  const flag = answerFlags(sections).find(({ path }) => path.join('.') === place.join('.'));
  return flag && `--${flag.name}`;
}

function holds(answers: RawAnswers, [first = '', second]: readonly string[]): boolean {
  const value = answers[first];
  return second === undefined || !isRecord(value) ? value !== undefined : second in value;
}
