import type { VariableFacts } from '../facts.ts';

/** What the files of one image say about the environment. */
export interface ImageVariables {
  readonly variables: Readonly<Record<string, VariableFacts>>;
  readonly required: readonly string[];
}

const name = '[A-Z][A-Z0-9_]+';

/**
 * Variables that an image reads: `.Env.NAME` in templates, `$NAME` in scripts, without those that a script makes
 * itself. `files` are the image's root file system, base images included.
 */
export function readVariables(files: readonly [path: string, text: string][]): ImageVariables {
  const found = new Map<string, { boolean: boolean; defaults: Set<string> }>();
  const add = (variable: string) => {
    const entry = found.get(variable) ?? { boolean: false, defaults: new Set<string>() };
    found.set(variable, entry);
    return entry;
  };
  const scripts = files.filter(([path, text]) => isScript(path, text));
  const templates = files.filter(([path]) => path.includes('/rootfs/defaults/'));
  const made = new Set(scripts.flatMap(([, text]) => madeBy(text)));

  for (const [, text] of templates) {
    for (const [, expression = ''] of text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g))
      readExpression(expression, add);
  }
  const required: string[] = [];
  for (const [, text] of scripts) {
    const code = text.replace(/^\s*#.*$/gm, '').replace(/'\$\{CONFIG\}[^']*'/g, '');
    for (const [, variable = ''] of code.matchAll(new RegExp(`\\$\\{?(${name})`, 'g')))
      if (!made.has(variable)) add(variable);
    for (const [, variable = ''] of code.matchAll(booleanTest)) add(variable).boolean = true;
    for (const [, variable = '', value = ''] of code.matchAll(scriptDefault))
      if (value !== '' && !value.includes('$')) add(variable).defaults.add(value);
    required.push(...[...code.matchAll(fatal)].map(([, variable = '']) => variable));
  }
  for (const variable of [...made, ...shellOwn]) found.delete(variable);
  return {
    variables: Object.fromEntries(
      [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, facts(value)]),
    ),
    required: [...new Set(required)].sort(),
  };
}

/** Set by the shell or the base image, never by an operator. */
const shellOwn = ['HOME', 'HOSTNAME', 'PATH', 'PWD', 'IFS', 'RANDOM', 'UID', 'BASH_REMATCH'];
const booleanTest = new RegExp(
  `\\$\\{?(${name})\\}?"?\\s*(?:-(?:eq|ne)\\s+1\\b|==?\\s+"?(?:1|true)\\b)`,
  'g',
);
const scriptDefault = new RegExp(
  `\\[+ -z "?\\$\\{?(${name})\\}?"? \\]+ && (?:export )?\\1=["']?([^"'\\s]*)["']?`,
  'g',
);
const fatal = new RegExp(
  `if \\[+ -z "?\\$\\{?(${name})\\}?"? \\]+; then\\s+echo [^\\n]*FATAL ERROR[^\\n]*\\s+exit 1`,
  'g',
);

function isScript(path: string, text: string): boolean {
  return path.includes('/rootfs/') && /^#!.*\b(?:ba)?sh\b/.test(text);
}

/** Names that a script sets at its top level before it ever reads them: no setting of an operator arrives. */
function madeBy(text: string): string[] {
  const code = text.replace(/^\s*#.*$/gm, '');
  return [...code.matchAll(new RegExp(`^(?:export )?(${name})=`, 'gm'))]
    .filter(({ index, 1: variable = '', 0: line }) => {
      const read = code.search(new RegExp(`\\$\\{?${variable}\\b`));
      return read === -1 || read > index + line.length + lineLength(code, index);
    })
    .map(([, variable = '']) => variable);
}

function lineLength(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return (end === -1 ? text.length : end) - from;
}

function readExpression(
  expression: string,
  add: (variable: string) => { boolean: boolean; defaults: Set<string> },
): void {
  const reads = new RegExp(
    `\\.Env\\.(${name})((?:\\s*\\|\\s*default\\s+(?:"(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\`|[\\d.]+))?)(\\s*\\|\\s*toBool)?`,
    'g',
  );
  for (const [, variable = '', fallback = '', bool = ''] of expression.matchAll(reads)) {
    const entry = add(variable);
    if (bool !== '') entry.boolean = true;
    const value = fallback.replace(/^\s*\|\s*default\s+/, '');
    if (value.startsWith('"')) entry.defaults.add(JSON.parse(value) as string);
    else if (value !== '') entry.defaults.add(value.replaceAll('`', ''));
  }
}

function facts({ boolean, defaults }: { boolean: boolean; defaults: Set<string> }): VariableFacts {
  const values = boolean ? new Set([...defaults].map(asSwitch)) : defaults;
  const [only] = values;
  return {
    ...(boolean && { boolean: true as const }),
    ...(values.size === 1 && only !== undefined && { default: only }),
  };
}

function asSwitch(value: string): string {
  return { true: '1', false: '0' }[value] ?? value;
}
