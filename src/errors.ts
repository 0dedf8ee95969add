/** What the process returns; the same numbers for every command. */
export const exitCode = {
  done: 0,
  /** Overlaps, not up to date, or checks that failed: nothing is broken, somebody has to decide. */
  attention: 1,
  /** The call or the answers are wrong; nothing was written. */
  usage: 2,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A refusal in the words of its reader. `what` and `fix` are whole sentences. */
export interface Problem {
  readonly what: string;
  /** The file, line or flag; left out, the answer says it. */
  readonly where?: string;
  /** The answer that is refused, by its place such as `turn.mode`, for a program that can do something about it. */
  readonly answer?: string;
  readonly why?: string;
  readonly fix?: string;
}

/**
 * Something the user can put right. It is shown without a stack trace; any other error is a defect and keeps its own.
 *
 * @example throw new StackError({ what: 'The worktree has staged changes.', fix: 'Commit or unstage them, then run this again.' })
 */
export class StackError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;
  /** What else a program should know, for `--json`. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    problems: Problem | readonly Problem[],
    options: { exitCode?: ExitCode; data?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    const given = Array.isArray(problems)
      ? (problems as readonly Problem[])
      : [problems as Problem];
    const list = given.map((problem) => cut(placed(problem)));
    super(list.map(sentence).join('\n'), { cause: options.cause });
    this.name = 'StackError';
    this.problems = list;
    this.exitCode = options.exitCode ?? exitCode.usage;
    this.data = options.data ?? {};
  }
}

function placed(problem: Problem): Problem {
  const { where, answer } = problem;
  return where === undefined && answer !== undefined ? { ...problem, where: answer } : problem;
}

/** Somebody else's text in it may be a file long. */
function cut(problem: Problem): Problem {
  // The middle goes: what is wrong stands at the end of a sentence that begins with a value.
  const short = (text: string) =>
    text.length > 1000 ? `${text.slice(0, 700)}…${text.slice(-299)}` : text;
  return Object.fromEntries(
    Object.entries(problem).map(([key, text]) => [key, short(text)]),
  ) as unknown as Problem;
}

/** The problem as one line: where, what, why, and what to do. */
export function sentence({ what, where, why, fix }: Problem): string {
  return [where === undefined ? what : `${where}: ${what}`, why, fix].filter(Boolean).join(' ');
}
