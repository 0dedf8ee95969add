/**
 * Runs the suites, every `*.test.ts` below this folder in a process of its own. Arguments are parts of paths; a suite
 * that matches one of them runs. The last line is the sum of all tests, for whoever reads only that.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { suiteLines, summaryLines } from './runner/report.ts';
import { endSuites, runSuite, type SuiteResult } from './runner/suite.ts';

/** They use whole cores, ports or an engine: alone, after all others. */
const heavy = /^(matrix|e2e|package|lab)\//;

const filters = process.argv.slice(2);
const suites = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => filters.length === 0 || filters.some((part) => `test/${path}`.includes(part)))
  .sort();
if (suites.length === 0) {
  console.error(`No suite's path holds ${filters.join(' or ')}.`);
  process.exit(2);
}

// A suite is no part of the terminal's group of processes, so that it can be ended as a whole.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    endSuites();
    process.exit(130);
  });

const results: SuiteResult[] = [];
const queue = suites.filter((path) => !heavy.test(path));
const workers = Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) await runAndTell(path);
});
await Promise.all(workers);
for (const path of suites.filter((path) => heavy.test(path))) await runAndTell(path);

console.log(`\n${summaryLines(results).join('\n')}`);
process.exitCode = results.some(({ bad }) => bad) ? 1 : 0;

async function runAndTell(path: string): Promise<void> {
  const result = await runSuite(path);
  results.push(result);
  console.log(suiteLines(result).join('\n'));
}
