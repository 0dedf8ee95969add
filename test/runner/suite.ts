import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, readCounts, readFailures } from './uvu.ts';

export const checkout = join(import.meta.dirname, '../..');

/** Minutes after which a suite is ended: about three times what it takes on two slow cores. */
const limits = { lab: 40, matrix: 30, package: 15, others: 20 } as const;

/** How one suite went. */
export interface SuiteResult {
  /** Its file, below `test/`. */
  readonly path: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly bad: boolean;
  /** Why the suite as a whole is bad, beyond single tests. */
  readonly fault?: string;
  readonly failures: readonly Failure[];
  readonly stdout: string;
  readonly stderr: string;
  /** Where all that it said is kept, below the checkout. */
  readonly log: string;
}

/** Runs a suite in a process of its own; all that it says is kept in `test/.output`. */
export async function runSuite(path: string): Promise<SuiteResult> {
  const started = Date.now();
  const minutes = minutesFor(path);
  const { stdout, stderr, code, late } = await run(join('test', path), minutes * 60_000);
  const log = join('test/.output', `${path.replaceAll(/[\\/]/g, '-')}.log`);
  mkdirSync(join(checkout, 'test/.output'), { recursive: true });
  writeFileSync(join(checkout, log), `${stdout}\n${stderr}`);
  const counts = readCounts(stdout);
  const fault = late
    ? `ended after ${minutes} minutes, its limit in test/runner/suite.ts`
    : faultOf(code, counts);
  // Nothing counted, or ended from outside: at least one failure, so that the sum says so.
  const failed = fault === undefined ? counts.failed : Math.max(1, counts.failed);
  return {
    path,
    seconds: (Date.now() - started) / 1000,
    ...counts,
    failed,
    bad: failed > 0,
    ...(fault !== undefined && { fault }),
    failures: readFailures(stdout, join(checkout, 'test', path)),
    stdout,
    stderr,
    log,
  };
}

function minutesFor(path: string): number {
  const [folder = ''] = path.split(/[\\/]/);
  return folder in limits ? limits[folder as keyof typeof limits] : limits.others;
}

function faultOf(code: number | null, { passed, failed, skipped }: ReturnType<typeof readCounts>) {
  // A suite without run(), or one that fell over before its tests.
  if (passed + failed + skipped === 0)
    return code === 0 ? 'ran no test; is .run() missing?' : 'broke before its first test';
  return code !== 0 && failed === 0 ? `exit code ${code}` : undefined;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  /** Whether its time was up. */
  readonly late: boolean;
}

const running = new Set<ChildProcess>();

/** Ends all suites that run, with everything that they have started. */
export function endSuites(): void {
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/** Runs a TypeScript file with everything that it starts, which is ended with it when its time is up. */
function run(file: string, limit: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', './test/runner/preload.ts', file],
      {
        cwd: checkout,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    running.add(child);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, limit);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ...said, code, late });
    });
  });
}
