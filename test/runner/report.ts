import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { checkout, type SuiteResult } from './suite.ts';
import type { Failure } from './uvu.ts';

/** Lines of one text that are shown; the log has the rest. */
const most = 25;

/** What is said of one suite: a line; of a bad one also each failure, the failing line first. */
export function suiteLines(result: SuiteResult): string[] {
  const { path, passed, failed, skipped, seconds, fault, bad, failures, stdout, stderr } = result;
  const counts = [
    `${passed} passed`,
    ...(failed ? [`${failed} failed`] : []),
    ...(skipped ? [`${skipped} skipped`] : []),
  ].join(', ');
  const head = `${bad ? 'FAIL' : 'ok  '} ${path}  ${counts}  ${seconds.toFixed(1)} s${fault ? `: ${fault}` : ''}`;
  const remarks = stderr
    .trim()
    .split('\n')
    .filter((line) => line !== '' && !skip.test(line));
  if (!bad) return [head, ...skipLines(stderr), ...indent(shortened(remarks))];
  return [
    head,
    ...failures.flatMap(failureLines),
    ...indent(unsaid(result)),
    // Without a failure that uvu tells of, the last words say most.
    ...(failures.length === 0 ? indent(stdout.trim().split('\n').slice(-most)) : []),
    ...indent(failures.length === 0 ? remarks.slice(-most) : shortened(remarks)),
    ...skipLines(stderr),
    ...indent([`All of it: ${result.log}. Again: npx tsx test/run.ts ${path}`]),
  ];
}

/** With a hook that throws, uvu loses every test from there on. */
function unsaid({ fault, failed, failures }: SuiteResult): string[] {
  const silent = failed - failures.length;
  if (fault !== undefined || silent <= 0) return [];
  return [`${silent} did not run: what the suite does before or after its tests threw an error`];
}

function failureLines({ name, message, detail, at }: Failure): string[] {
  return indent([
    `✘ ${name}`,
    ...(at === undefined ? [] : [`  ${shown(at)}`]),
    ...indent(shortened(message.split('\n')), 2),
    ...indent(shortened(detail === '' ? [] : detail.split('\n')), 2),
  ]);
}

/** A place with the line of code that stands there. */
function shown(at: string): string {
  const [, file = '', line = ''] = /^(.*):(\d+):\d+$/.exec(at) ?? [];
  const code = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[Number(line) - 1] : '';
  return `${relative(checkout, file)}:${line}  ${code?.trim()}`;
}

/** As `needs` says it. */
const skip = /^SKIPPED “.*”: (.*)$/;

/** Reasons for which tests were skipped, with how many each. */
function skipsIn(stderr: string): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const line of stderr.split('\n')) {
    const reason = skip.exec(line)?.[1];
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

function skipLines(stderr: string): string[] {
  return indent([...skipsIn(stderr)].map(([reason, tests]) => `SKIPPED ${tests}: ${reason}`));
}

/** What is said at the end: what this machine could not do, what is not good, and the sum. */
export function summaryLines(results: readonly SuiteResult[]): string[] {
  const reasons = new Map<string, number>();
  for (const { stderr } of results)
    for (const [reason, tests] of skipsIn(stderr))
      reasons.set(reason, (reasons.get(reason) ?? 0) + tests);
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((total, result) => total + result[key], 0);
  const bad = results.filter((result) => result.bad);
  return [
    ...(reasons.size === 0
      ? []
      : [
          'Not tested on this machine (.ci/run installs what is needed):',
          ...[...reasons].map(([reason, tests]) => `  ${tests} tests: ${reason}`),
          '',
        ]),
    ...(bad.length === 0 ? [] : [`Not good: ${bad.map(({ path }) => path).join(', ')}`, '']),
    `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`,
  ];
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `… ${lines.length - most} more lines`];
}

function indent(lines: readonly string[], by = 5): string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`.trimEnd());
}
