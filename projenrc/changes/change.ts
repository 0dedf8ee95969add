import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { StackError } from '../../src/errors.ts';

/** What a change is to whoever runs a stack: something to be done, something new, or something that works again. */
export const kinds = ['breaking', 'feature', 'fix'] as const;

const schema = z.strictObject({
  kind: z.enum(kinds),
  /** Who is affected, as it goes on after “For”: “stacks behind a router”. */
  for: z.string().min(1),
  /** What they must do; “nothing” is an answer. */
  do: z.string().min(1),
});

/** One change since the last version, as its file in `changes/` says it. */
export type Change = z.infer<typeof schema> & {
  readonly file: string;
  /** What changed: Markdown, one paragraph. */
  readonly text: string;
};

/**
 * Reads all files of `changes/` but its README, by name.
 *
 * @throws {StackError} naming every file that does not say what a change has to say
 */
export function readChanges(folder: string): Change[] {
  const problems: StackError['problems'][number][] = [];
  const changes = readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const change = readChange(file, text);
      if ('what' in change) problems.push({ where: `changes/${file}`, ...change });
      return 'what' in change ? [] : [change];
    });
  if (problems.length > 0) throw new StackError(problems);
  return changes;
}

/** One file: a front matter in YAML, then what changed. */
export function readChange(file: string, text: string): Change | { what: string; fix: string } {
  const fix = 'changes/README.md shows how such a file looks.';
  const [, head, body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  if (head === undefined) return { what: 'It does not begin with lines between --- and ---.', fix };
  let front: unknown;
  try {
    front = parse(head);
  } catch (error) {
    return { what: `Its head is no YAML: ${(error as Error).message.split('\n')[0]}`, fix };
  }
  const { success, data, error } = schema.safeParse(front);
  if (!success) {
    const [issue] = error.issues;
    return { what: `Its head does not fit: ${issue?.path.join('.')} ${issue?.message}`, fix };
  }
  const said = body.trim();
  if (said === '') return { what: 'It does not say what changed.', fix };
  if (/\n\s*\n/.test(said)) return { what: 'It says more than one paragraph.', fix };
  return { file, ...data, text: said };
}
