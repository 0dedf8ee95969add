import type { VariableFacts } from '../facts.ts';
import { readScript } from './scripts.ts';
import { readTemplateVariables } from './templates.ts';

/** What the files of one image say about the environment. */
export interface ImageVariables {
  readonly variables: Readonly<Record<string, VariableFacts>>;
  readonly required: readonly string[];
}

/** Set by Docker or the shell, never by an operator. */
const surroundings = new Set(['HOME', 'HOSTNAME', 'PATH', 'PWD', 'IFS', 'RANDOM', 'UID']);

/**
 * Variables that an image reads at start: `.Env.NAME` in templates, `$NAME` in scripts, without those that a script
 * makes itself. `files` are the root file system of the image and of the images below it.
 */
export function readVariables(
  files: readonly (readonly [path: string, text: string])[],
): ImageVariables {
  const found = new Map<string, { boolean: boolean; defaults: Set<string> }>();
  const add = (variable: string, boolean: boolean, fallback?: string) => {
    const entry = found.get(variable) ?? { boolean: false, defaults: new Set<string>() };
    found.set(variable, entry);
    entry.boolean ||= boolean;
    if (fallback !== undefined) entry.defaults.add(fallback);
  };
  const scripts = files.filter(isStartScript).map(([, text]) => readScript(text));
  const overwritten = new Set(scripts.flatMap((script) => script.overwritten));

  for (const [, text] of files.filter(([path]) => path.includes('/rootfs/defaults/')))
    for (const { variable, boolean, default: fallback } of readTemplateVariables(text))
      if (!overwritten.has(variable)) add(variable, boolean, fallback);
  for (const { reads, booleans } of scripts)
    for (const variable of reads) add(variable, booleans.has(variable));
  for (const [variable, value] of scripts.flatMap(({ defaults }) => defaults))
    if (found.has(variable)) add(variable, false, value);
  for (const variable of surroundings) found.delete(variable);

  return {
    variables: Object.fromEntries(
      [...found]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([variable, { boolean, defaults }]) => [
          variable,
          // Some templates ask whether there is an address by asking whether it is true.
          facts(variable, boolean && !isAddress(variable), defaults),
        ]),
    ),
    required: [...new Set(scripts.flatMap(({ required }) => required))].sort(),
  };
}

/** Scripts that only the image's build runs, such as the installer of Chrome, say nothing about the container. */
function isStartScript([path, text]: readonly [path: string, text: string]): boolean {
  const built = /\/usr\/bin\/(?:apt-|install-)/.test(path);
  return path.includes('/rootfs/') && !built && /^#!.*\b(?:ba)?sh\b/.test(text);
}

function facts(variable: string, boolean: boolean, defaults: ReadonlySet<string>): VariableFacts {
  const values = boolean ? new Set([...defaults].map(asSwitch)) : defaults;
  const [only] = values.size === 1 ? values : [];
  const isWord =
    only === undefined ? variable.startsWith('ENABLE_') : /^(?:true|false)$/.test(only);
  return {
    ...(boolean ? { kind: 'switch' as const } : isWord && { kind: 'word' as const }),
    ...(only !== undefined && { default: only }),
  };
}

function isAddress(variable: string): boolean {
  return /_URL(?:_BASE)?$/.test(variable);
}

function asSwitch(value: string): string {
  return { true: '1', false: '0' }[value] ?? value;
}
