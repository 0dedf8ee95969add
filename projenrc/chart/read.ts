/**
 * Reads a version of jitsi-contrib/jitsi-helm into what this project knows of it, or says whether it still says the same:
 *
 *     npm run chart:read -- CHART
 *     npm run chart:read -- --check CHART
 *
 * CHART is a clone with the tag of that version checked out. docs/kubernetes.md says what else a version needs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StackError } from '../../src/errors.ts';
import { maintain, root } from '../maintain.ts';
import { type ChartFacts, readChart } from './checkout.ts';

await maintain(() => {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [directory] = positionals;
  if (directory === undefined)
    throw new StackError({
      what: 'A clone of jitsi-contrib/jitsi-helm is needed.',
      fix: 'For example: npm run chart:read -- ../jitsi-helm',
    });
  const facts = readChart(directory);
  const files = Object.entries(filesOf(facts)).map(
    ([path, text]) => [join(root, path), text] as const,
  );
  if (!values.check) {
    for (const [path, text] of files) writeFileSync(path, text);
    return `Read version ${facts.version}. npm run golden, and look at the diff.`;
  }
  if (files.some(([path, text]) => readFileSync(path, 'utf8') !== text))
    throw new StackError({
      where: directory,
      what: `What is known of the chart is not what version ${facts.version} says.`,
      fix: 'Read it again without --check, and look at the diff.',
    });
  return `All that is known of version ${facts.version} is as ${directory} says.`;
});

/** The files that hold the facts, by path in this checkout. */
function filesOf({ keys, version, release, variables }: ChartFacts): Record<string, string> {
  const about =
    '// Written by projenrc/chart/read.ts from jitsi-contrib/jitsi-helm. Review it, do not edit it.';
  const line = (name: string, value: unknown) => `  ${name}: ${JSON.stringify(value)},`;
  return {
    'blueprints/kubernetes/chart.ts': [
      about,
      '// biome-ignore-all format: one fact a line',
      '',
      '/** The chart that Jitsi is installed with, its release of Jitsi, and the variables that it sets by itself, by component. */',
      'export const chart = {',
      line('version', version),
      line('release', release),
      '  variables: {',
      ...Object.entries(variables).map(([name, list]) => `  ${line(`'${name}'`, list)}`),
      '  } as Readonly<Record<string, readonly string[]>>,',
      '};',
      '',
    ].join('\n'),
    'test/blueprints/kubernetes/chart-keys.json': `${JSON.stringify(keys, null, 2)}\n`,
  };
}
