import { styleText } from 'node:util';

/** A usual terminal: nothing longer is shown to somebody who has not asked for it. */
export const screen = { lines: 24, columns: 80 } as const;

/** What the terminal can show. */
export interface Terminal {
  /** Somebody is there to answer. */
  readonly interactive: boolean;
  /** Lines must stay as they were written: a screen reader is at work, or nothing can move the cursor. */
  readonly plain: boolean;
  readonly columns: number;
  /** How much is shown at once to somebody who has not asked for more; a pipe or a file takes everything. */
  readonly lines: number;
  readonly unicode: boolean;
  /** Colours and weights; plain text where they are not wanted. */
  readonly style: (format: Parameters<typeof styleText>[0], text: string) => string;
}

/** Reads what this process is attached to. Nobody is asked in CI, and `NO_COLOR` is honoured. */
export function thisTerminal(attached: NodeJS.Process = process): Terminal {
  const { env } = attached;
  const dumb = env.TERM === 'dumb';
  const ci = env.CI !== undefined && !['', '0', 'false'].includes(env.CI);
  let colours: boolean | undefined;
  return {
    plain: dumb || !['', '0', 'false', undefined].includes(env.ACCESSIBLE),
    // Opening the streams takes time that the help text need not wait for.
    get interactive() {
      return attached.stdin.isTTY === true && attached.stdout.isTTY === true && !ci;
    },
    get columns() {
      return attached.stdout.columns || 80;
    },
    get lines() {
      return attached.stdout.isTTY === true ? screen.lines : Number.POSITIVE_INFINITY;
    },
    unicode: showsUnicode(env),
    style(format, text) {
      const { stdout } = attached;
      colours ??= stdout.isTTY === true && !dumb && stdout.hasColors();
      // Newer Node would look at its own stdout a second time.
      return colours ? styleText(format, text, { validateStream: false }) : text;
    },
  };
}

/** The Linux console and terminals with an explicit 8-bit character set lack box drawing. */
function showsUnicode(env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32') return Boolean(env.WT_SESSION ?? env.TERM_PROGRAM);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const charset = locale.split('.')[1];
  return env.TERM !== 'linux' && (charset === undefined || /^utf-?8/i.test(charset));
}
