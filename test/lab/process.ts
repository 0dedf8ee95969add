import { spawn } from 'node:child_process';

/** How a command is run: where, with which environment, and what it reads. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** The command is ended after this time; ten minutes unless told. */
  readonly seconds?: number;
}

/** What a command said and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever its exit code. */
export function attempt(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: (options.seconds ?? 600) * 1000, killSignal: 'SIGKILL' } as const;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      ...limits,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const stderr = Buffer.concat(errors).toString() + (signal ? `\nended by ${signal}` : '');
      resolve({ code: code ?? 1, stdout: Buffer.concat(output).toString(), stderr });
    });
    // A command that ends without reading its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a command that has to succeed, and returns what it printed. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const outcome = await attempt(command, args, options);
  if (outcome.code !== 0) {
    const said = `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-40).join('\n');
    const where = options.cwd ? `in ${options.cwd}: ` : '';
    throw new Error(`exit ${outcome.code} from\n  ${where}${quoted([command, ...args])}\n${said}`);
  }
  return outcome.stdout;
}

/** True when the command exists and exits with 0. */
export async function succeeds(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<boolean> {
  return attempt(command, args, options).then(
    (outcome) => outcome.code === 0,
    () => false,
  );
}

/** Asks again until the answer is yes; after `seconds` it fails with the sentence given. */
export async function until(
  sentence: string,
  seconds: number,
  question: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await question())) {
    if (Date.now() > deadline) throw new Error(`after ${seconds} s still waiting: ${sentence}`);
    await new Promise((wake) => setTimeout(wake, 150));
  }
}

/** A command as one can paste it into a shell. */
export function quoted(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
