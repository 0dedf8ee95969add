/** A test that failed, as uvu tells it. */
export interface Failure {
  /** The suite's name and the test's. */
  readonly name: string;
  readonly message: string;
  /** The difference between what was wanted and what came, and whatever else belongs to it. */
  readonly detail: string;
  /** `path:line:column` of the assertion: the first place in the suite's own file, else in the checkout. */
  readonly at?: string;
}

/** A suite's counts, from the summaries that uvu closes with. */
export function readCounts(stdout: string) {
  const count = (label: string) =>
    [...stdout.matchAll(new RegExp(`^ {2}${label}: +(\\d+)`, 'gm'))].reduce(
      (total, match) => total + Number(match[1]),
      0,
    );
  const passed = count('Passed');
  return { passed, failed: count('Total') - passed, skipped: count('Skipped') };
}

const title = /^ {3}FAIL {2}(?:(.+?) {2})?"(.*)"$/;
const place = /^ {4}at .*?((?:\/|[A-Z]:\\)[^()]*?:\d+:\d+)\)?$/;

/**
 * The failures that uvu tells of between its dots and its counts.
 *
 * @param file the suite's own
 */
export function readFailures(stdout: string, file: string): Failure[] {
  const failures: Failure[] = [];
  const lines = stdout.split('\n');
  for (const [start, line] of lines.entries()) {
    const [found, suite, name = ''] = title.exec(line) ?? [];
    if (found === undefined) continue;
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((next) => title.test(next) || /^ {2}Total: /.test(next));
    const block = end === -1 ? rest : rest.slice(0, end);
    const stack = block.findIndex((next) => place.test(next));
    const said = (stack === -1 ? block : block.slice(0, stack)).join('\n').trimEnd();
    const [message = '', ...detail] = said.split(/\n\s*\n/);
    const at = placeOf(stack === -1 ? [] : block.slice(stack), file);
    failures.push({
      name: suite === undefined ? name : `${suite}: ${name}`,
      message: message.trim(),
      detail: detail.join('\n\n').trimEnd(),
      ...(at !== undefined && { at }),
    });
  }
  return failures;
}

function placeOf(stack: readonly string[], file: string): string | undefined {
  const places = stack
    .map((line) => place.exec(line)?.[1]?.replaceAll('\\', '/'))
    .filter((at) => at !== undefined && !at.includes('/node_modules/'));
  return places.find((at) => at?.startsWith(`${file.replaceAll('\\', '/')}:`)) ?? places[0];
}
