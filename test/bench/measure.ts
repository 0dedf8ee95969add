import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const limit = 30_000;

/** How one program is started for one measurement. */
export interface Start {
  readonly words: readonly string[];
  readonly cwd: string;
}

/** Milliseconds from the start of a program to its end. */
export function timeToEnd({ words, cwd }: Start): Promise<number> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      const took = performance.now() - started;
      if (code === 0) resolve(took);
      else reject(new Error(`${words.join(' ')} ended with ${code}:\n${output.slice(-2000)}`));
    });
  });
}

/** Milliseconds from the start of a program in a pseudo-terminal until it has written something there; then it is ended. */
export function timeToText({ words, cwd }: Start, text: RegExp): Promise<number> {
  const command = `exec ${words.map((word) => `'${word}'`).join(' ')}`;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm-256color', LANG: 'C.UTF-8', CI: '' },
      timeout: limit,
    });
    let output = '';
    let took: number | undefined;
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (took !== undefined || !text.test(output)) return;
      took = performance.now() - started;
      // Ctrl-C, as a person would end it.
      child.stdin.write('\u0003');
      setTimeout(() => child.kill('SIGTERM'), 200).unref();
    });
    child.on('error', reject);
    child.on('close', () => {
      if (took !== undefined) resolve(took);
      else reject(new Error(`${words.join(' ')} never wrote ${text}:\n${output.slice(-2000)}`));
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 ? middle : middle - 1);
  return sorted.length % 2 ? low : (low + high) / 2;
}
