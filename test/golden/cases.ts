import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawAnswers } from '../../src/answers/complete.ts';
import type { RenderedFile } from '../../src/render/rendered.ts';
import { renderedOf } from '../matrix/stack.ts';

const folder = dirname(fileURLToPath(import.meta.url));

/** Whole stacks as their owners get them; each folder holds the answers beside the tree that follows from them. */
export const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    answers: join(folder, name, 'answers.json'),
    tree: join(folder, name, 'stack'),
  }));

export type Case = (typeof cases)[number];

export function answersOf({ answers }: Case): RawAnswers {
  return JSON.parse(readFileSync(answers, 'utf8'));
}

export async function render(one: Case): Promise<readonly RenderedFile[]> {
  const { files } = await renderedOf(answersOf(one));
  return files;
}

/** What lies in a tree: path, mode and text of every file. */
export function filesIn(tree: string): { path: string; executable: boolean; text: string }[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(tree, path)).isFile())
    .sort()
    .map((path) => ({
      path,
      executable: (statSync(join(tree, path)).mode & 0o111) !== 0,
      text: readFileSync(join(tree, path), 'utf8'),
    }));
}
