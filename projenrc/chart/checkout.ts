import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { StackError } from '../../src/errors.ts';

/** What this project needs to know of a version of jitsi-contrib/jitsi-helm: names, and nothing of its text. */
export interface ChartFacts {
  readonly version: string;
  /** The release of Jitsi that it takes by itself. */
  readonly release: string;
  /** Variables that it sets by itself, by the component whose containers get them. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
  /** Every value that it has or reads, as a path: `web.image.tag`. One that ends in `.*` takes any keys. */
  readonly keys: readonly string[];
}

/**
 * Reads an unpacked chart.
 *
 * @param directory what a clone of jitsi-contrib/jitsi-helm has at the tag of a version
 * @throws StackError when it is no such chart
 */
export function readChart(directory: string): ChartFacts {
  const file = (path: string) => join(directory, path);
  if (!existsSync(file('Chart.yaml')) || !existsSync(file('values.yaml')))
    throw new StackError({
      where: directory,
      what: 'This is not jitsi-contrib/jitsi-helm: Chart.yaml or values.yaml is missing.',
      fix: 'Clone https://github.com/jitsi-contrib/jitsi-helm and check out the tag of a version.',
    });
  const chart = parse(readFileSync(file('Chart.yaml'), 'utf8'));
  const templates = readdirSync(file('templates'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(yaml|tpl)$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(file(join('templates', path)), 'utf8') }));
  const values = keysOf(parse(readFileSync(file('values.yaml'), 'utf8')));
  const read = templates.flatMap(({ text }) =>
    [...text.matchAll(/\.Values\.([A-Za-z][\w.]*)/g)].map(([, path = '']) => path),
  );
  // What it hands on to Kubernetes as it is.
  const handedOn = templates.flatMap(({ text }) =>
    [...text.matchAll(/toYaml \$?\.Values\.([A-Za-z][\w.]*)/g)].map(([, path]) => `${path}.*`),
  );
  return {
    version: String(chart.version),
    release: String(chart.appVersion),
    variables: variablesOf(templates),
    keys: [...new Set([...values, ...read, ...handedOn])].sort(),
  };
}

/** Paths of all values; an empty map takes whatever its user puts there. */
function keysOf(values: unknown, above = ''): string[] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [above];
  const entries = Object.entries(values);
  if (entries.length === 0) return [above, `${above}.*`];
  return entries.flatMap(([key, value]) => keysOf(value, above === '' ? key : `${above}.${key}`));
}

/** What the ConfigMaps and containers of each component set. */
function variablesOf(templates: readonly { path: string; text: string }[]) {
  const sets = new Map<string, Set<string>>();
  for (const { path, text } of templates) {
    const [component = '', name = component] = path.split('/');
    if (!/^(configmap|deployment|statefulset)\.yaml$/.test(name)) continue;
    const owner = path.includes('/') ? component : 'common';
    const found = text.matchAll(/^ +(?:- name: )?([A-Z][A-Z0-9_]+)(?::| *$)/gm);
    const set = sets.get(owner) ?? new Set();
    for (const [, variable = ''] of found) set.add(variable);
    if (set.size > 0) sets.set(owner, set);
  }
  return Object.fromEntries([...sets].map(([owner, names]) => [owner, [...names].sort()]));
}
