import { createHash } from 'node:crypto';
import type { RenderedFile } from '../../src/render/rendered.ts';
import { combinations } from './combinations.ts';
import { type RenderedStack, renderedOf } from './stack.ts';

/** One thing to judge, and the first combination in which it came up. */
export interface Unit {
  readonly name: string;
  readonly stack: RenderedStack;
  readonly paths: readonly string[];
}

/** All combinations, rendered. */
export const stacks: readonly { name: string; stack: RenderedStack }[] = await Promise.all(
  combinations.map(async ({ name, raw }) => ({ name, stack: await renderedOf(raw) })),
);

/**
 * The different sets of files that match, over all combinations: equal ones are judged once.
 *
 * @param essence of a text, what makes it different for the judge
 */
export function distinct(
  matches: (path: string) => boolean,
  essence = (text: string) => text,
): Unit[] {
  const units = new Map<string, Unit>();
  for (const { name, stack } of stacks) {
    const files = stack.files.filter(({ path }) => matches(path));
    if (files.length === 0) continue;
    const key = hash(files.map((file) => ({ ...file, text: essence(file.text) })));
    if (!units.has(key)) units.set(key, { name, stack, paths: files.map(({ path }) => path) });
  }
  return [...units.values()];
}

/** The different texts of each single file that matches. */
export function distinctFiles(
  matches: (path: string) => boolean,
  essence?: (text: string) => string,
): Unit[] {
  const paths = new Set(stacks.flatMap(({ stack }) => stack.files.map(({ path }) => path)));
  return [...paths].filter(matches).flatMap((path) => distinct((other) => other === path, essence));
}

/** Judges each unit, three at a time, and lists those that were not accepted, with the judge's words. */
export async function refused(
  units: readonly Unit[],
  judge: (unit: Unit) => Promise<{ ok: boolean; output: string }>,
): Promise<string[]> {
  const problems: string[] = [];
  const queue = [...units];
  const work = async () => {
    for (let unit = queue.shift(); unit; unit = queue.shift()) {
      const { ok, output } = await judge(unit);
      if (!ok) problems.push(`${unit.name}: ${unit.paths.join(' ')}\n${output}`);
    }
  };
  await Promise.all([work(), work(), work()]);
  return problems;
}

function hash(files: readonly RenderedFile[]): string {
  const sum = createHash('sha256');
  for (const { path, text } of files) sum.update(`${path}\0${text}\0`);
  return sum.digest('hex');
}
