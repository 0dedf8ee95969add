import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '../../src/shell-word.ts';

const root = resolve(import.meta.dirname, '../..');

/** The real program: the bundle where it is newer than its sources, else the sources. */
export function program(): readonly string[] {
  const bundle = join(root, 'dist/cli.js');
  const newest = Math.max(
    ...['src', 'blueprints'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => statSync(join(root, folder, path)).mtimeMs,
      ),
    ),
  );
  if (existsSync(bundle) && statSync(bundle).mtimeMs > newest) return ['node', bundle];
  return [
    'node',
    '--import',
    join(root, 'node_modules/tsx/dist/esm/index.mjs'),
    join(root, 'src/cli/main.ts'),
  ];
}

/** A program in a pseudo-terminal of its own, as `script` of util-linux (in every Debian) gives it. */
export interface Terminal {
  /** Waits until the text is on the screen and was not there at the last call; fails after some seconds. */
  readonly until: (text: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** Everything that was written so far, without colours and cursor movements. */
  readonly screen: () => string;
  readonly ended: Promise<number>;
}

export const keys = {
  enter: '\r',
  ctrlC: '\u0003',
  down: '\u001b[B',
  up: '\u001b[A',
  space: ' ',
} as const;

/** Starts words in a pseudo-terminal of 80 columns. */
export function openTerminal(
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Terminal {
  const { CI: _, NO_COLOR: __, ...env } = process.env;
  const command = `stty cols 80 rows 50; exec ${words.map(shellWord).join(' ')}`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd: directory,
    env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...environment },
  });
  let raw = '';
  let read = 0;
  child.stdout.on('data', (chunk) => {
    raw += chunk;
  });
  // Keys that arrive after its end have nowhere to go.
  child.stdin.on('error', () => {});
  const screen = () => stripVTControlCharacters(raw);
  return {
    screen,
    type: (typed) => child.stdin.write(typed),
    async until(text) {
      const end = Date.now() + 30_000;
      for (;;) {
        const at = screen().indexOf(text, read);
        if (at !== -1) {
          read = at + text.length;
          return;
        }
        if (Date.now() > end)
          throw new Error(`“${text}” did not appear:\n${screen().slice(-3000)}`);
        await new Promise((done) => setTimeout(done, 15));
      }
    },
    ended: new Promise((done) => child.on('close', (code) => done(code ?? -1))),
  };
}
