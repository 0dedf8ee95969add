/** What one start script does with the environment. */
export interface ScriptReads {
  readonly reads: ReadonlySet<string>;
  readonly booleans: ReadonlySet<string>;
  readonly defaults: readonly (readonly [variable: string, value: string])[];
  /** The script stops the container when one of these is empty. */
  readonly required: readonly string[];
  /** Set for the templates whatever the operator says. */
  readonly overwritten: readonly string[];
}

const name = '[A-Z][A-Z0-9_]+';
const read = new RegExp(`\\$\\{?(${name})`, 'g');
const emptyTest = new RegExp(`-z "?\\$\\{?(${name})\\}?"?`, 'g');
const booleanTest = new RegExp(
  `\\$\\{?(${name})\\}?"?\\s*(?:-(?:eq|ne)\\s+1\\b|==?\\s+"?(?:1|true)\\b)`,
  'g',
);
const refusals = [
  /if \[+ (.*?) \]+; then\s+echo [^\n]*FATAL ERROR[^\n]*\s+exit 1/g,
  /\[ (-z "\$\{?\w+\}?") \] \\\n&& \( echo [^\n]*ERROR[^\n]*exit 1 \)/g,
];
const fallbacks = [
  new RegExp(`\\[+ -z "?\\$\\{?(${name})\\}?"? \\]+ && (?:export )?\\1=["']?([^"'\\s]*)`, 'g'),
  new RegExp(`\\$\\{(${name}):-([^}"]*)\\}`, 'g'),
];

/** Reads a bash script by its text. A name that it assigns before it looks at it is its own, not the operator's. */
export function readScript(text: string): ScriptReads {
  const code = text
    .replace(/^\s*#.*$/gm, '')
    // Messages name the host's directory in single quotes.
    .replace(/'\$\{CONFIG\}[^']*'/g, '');
  const own = ownNames(code);
  const foreign = (pattern: RegExp) =>
    [...code.matchAll(pattern)].map(([, variable = '']) => variable).filter((it) => !own.has(it));
  return {
    reads: new Set(foreign(read)),
    booleans: new Set(foreign(booleanTest)),
    defaults: fallbacks
      .flatMap((pattern) => [...code.matchAll(pattern)])
      .map(([, variable = '', value = '']) => [variable, value] as const)
      .filter(([, value]) => value !== '' && !value.includes('$')),
    required: refusals
      .flatMap((pattern) => [...code.matchAll(pattern)])
      .flatMap(([, condition = '']) => [...condition.matchAll(emptyTest)])
      .map(([, variable = '']) => variable),
    overwritten: [...own].filter((variable) =>
      new RegExp(`^(?:export ${variable}=|\\s*export ${variable}="?\\$\\()`, 'm').test(code),
    ),
  };
}

function ownNames(code: string): Set<string> {
  const own = new Set<string>();
  for (const { 1: variable = '', index } of code.matchAll(
    new RegExp(`(?:^|[\\s;(])(${name})\\+?=`, 'g'),
  )) {
    const firstRead = code.search(new RegExp(`\\$\\{?${variable}\\b`));
    const endOfLine = code.indexOf('\n', index + 1);
    if (firstRead === -1 || firstRead > endOfLine) own.add(variable);
  }
  return own;
}
