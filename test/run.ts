/**
 * Runs the suites, every `*.test.ts` below this folder in a process of its own. Arguments are parts of paths; a suite
 * that matches one of them runs. The last line is the sum of all tests, for whoever reads only that.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './programs/command.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const tsx = join(folder, '../node_modules/.bin/tsx');
/** They use whole cores, ports or an engine: alone, after all others. */
const heavy = /^(matrix|e2e|package|lab)\//;
const limit = 20 * 60_000;

interface Result {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why the suite as a whole is bad, beyond single tests. */
  readonly fault?: string;
}

const filters = process.argv.slice(2);
const suites = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => filters.length === 0 || filters.some((part) => `test/${path}`.includes(part)))
  .sort();
const results: Result[] = [];
const queue = suites.filter((path) => !heavy.test(path));
const workers = Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) await runSuite(path);
});
await Promise.all(workers);
for (const path of suites.filter((path) => heavy.test(path))) await runSuite(path);

const sum = (key: 'passed' | 'failed' | 'skipped') =>
  results.reduce((total, result) => total + result[key], 0);
const broken = results.filter(({ failed, fault }) => failed > 0 || fault !== undefined);
if (suites.length === 0) console.log(`No suite matches ${filters.join(' ')}.`);
if (broken.length > 0) console.log(`\nNot good: ${broken.map(({ suite }) => suite).join(', ')}`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = broken.length > 0 || suites.length === 0 ? 1 : 0;

async function runSuite(path: string): Promise<void> {
  const started = Date.now();
  const { stdout, stderr, code } = await command(tsx, [join(folder, path)], {
    cwd: join(folder, '..'),
    timeout: limit,
  });
  const result = judge(relative(folder, join(folder, path)), stdout, code);
  results.push(result);
  const { passed, failed, skipped, fault } = result;
  const bad = failed > 0 || fault !== undefined;
  const counts = `${passed} passed${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `${bad ? 'FAIL' : 'ok  '} ${path}  ${counts}  ${seconds} s${fault ? `: ${fault}` : ''}`,
  );
  if (bad) console.log(indent(`${stdout}\n${stderr}`.trim()));
  else if (stderr.trim() !== '') console.log(indent(stderr.trim()));
}

/** A suite's counts, from the summaries that uvu closes with. */
function judge(suite: string, stdout: string, code: number | null): Result {
  const count = (label: string) =>
    [...stdout.matchAll(new RegExp(`^ {2}${label}: +(\\d+)`, 'gm'))].reduce(
      (total, match) => total + Number(match[1]),
      0,
    );
  const [total, passed, skipped] = [count('Total'), count('Passed'), count('Skipped')];
  const result = { suite, passed, failed: total - passed, skipped };
  if (total + skipped === 0) {
    // Nothing counted, so it counts as one failure: a suite without run(), or one that fell over before its tests.
    return {
      ...result,
      failed: 1,
      fault: code === 0 ? 'ran no test; is .run() missing?' : 'broke',
    };
  }
  if (code !== 0 && result.failed === 0)
    return { ...result, failed: 1, fault: `exit code ${code}` };
  return result;
}

function indent(text: string): string {
  return text.replace(/^/gm, '     ');
}
