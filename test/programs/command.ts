import { spawn } from 'node:child_process';

export interface Outcome {
  readonly ok: boolean;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

/** Runs a program to its end; a missing program and a bad exit code are outcomes, not exceptions. */
export function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
    });
    // Not spawn's own time-out: that one keeps the process waiting when there is no such program.
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout ?? 60_000);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const end = (code: number | null, problem = '') => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out).toString();
      const stderr = Buffer.concat(err).toString() + problem;
      resolve({ ok: code === 0, code, stdout, stderr, output: `${stdout}${stderr}`.trim() });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code, signal) => end(code, signal ? `\nended by ${signal}` : ''));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a program that the test itself needs; its failure is the test's. */
export async function must(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  const outcome = await command(program, args, options);
  if (!outcome.ok) throw new Error(`${program} ${args.join(' ')}\n${outcome.output.slice(-4000)}`);
  return outcome;
}
