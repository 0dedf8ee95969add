import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Problem, StackError } from '../../errors.ts';
import { nearest } from '../../spelling.ts';

const update =
  'Run npx create-jitsi-stack@latest in the stack’s directory to bring it up to date; --release TAG goes to another release of Jitsi.';
const create = 'Name the directory of the stack, as in npx create-jitsi-stack@latest meet.';
const onServer = (word: string) =>
  `On the stack’s server, ./stack ${word} does that; for a cluster, its README.md has the commands.`;
const removal =
  'Nothing was installed. In the stack’s directory, ./stack down stops it, and for a cluster “Removing it” in README.md; then you can delete the directory.';

/** Words that people try because other tools have them, and what does it here. */
const guesses: Readonly<Record<string, string>> = {
  create,
  init: create,
  install: create,
  new: create,
  check:
    'npx create-jitsi-stack@latest --check says whether the stack is up to date. On the stack’s server, ./stack check says whether all is well.',
  sync: update,
  update,
  upgrade: update,
  ls: 'npx create-jitsi-stack@latest releases lists the releases, npx create-jitsi-stack@latest settings what can be set.',
  list: 'npx create-jitsi-stack@latest releases lists the releases, npx create-jitsi-stack@latest settings what can be set.',
  delete: removal,
  remove: removal,
  uninstall: removal,
  ...Object.fromEntries(
    ['backup', 'certs', 'down', 'logs', 'reload', 'restore', 'rotate', 'status', 'up', 'user'].map(
      (word) => [word, onServer(word)],
    ),
  ),
  start: onServer('up'),
  stop: onServer('down'),
};

/**
 * Refuses a word that was meant to be a command: it would become a directory with a stack in it.
 *
 * @param from paths that people type are relative to this directory
 * @param commands the names of all commands
 * @throws StackError with the command that was probably meant, and the way to such a directory
 */
export function refuseMistaken(word: string, from: string, commands: readonly string[]): void {
  if (!/^[a-z]+$/i.test(word)) return;
  const lower = word.toLowerCase();
  const guess = Object.hasOwn(guesses, lower) ? guesses[lower] : undefined;
  const meant = guess === undefined ? nearest(lower, commands) : undefined;
  if (guess === undefined && meant === undefined) return;
  if (statSync(resolve(from, word), { throwIfNoEntry: false })?.isDirectory()) return;
  throw new StackError({
    what: `“${word}” is no command.`,
    ...(guess !== undefined && { why: guess }),
    fix: `${meant ? `Did you mean ${meant}? ` : ''}For a stack in a directory of that name: npx create-jitsi-stack@latest ./${word}`,
  } satisfies Problem);
}
