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

/** No part of a pattern here may run on without a bound: the files are somebody else's. */
const name = '[A-Z][A-Z0-9_]{1,99}';
const read = new RegExp(`\\$\\{?(${name})`, 'g');
const emptyTest = new RegExp(`-z "?\\$\\{?(${name})\\}?"?`, 'g');
const booleanTest = new RegExp(
  `\\$\\{?(${name})\\}?"?\\s*(?:-(?:eq|ne)\\s+1\\b|==?\\s+"?(?:1|true)\\b)`,
  'g',
);
const refusals = [
  /if \[{1,2} (.{1,300}?) \]{1,2}; then\s{1,99}echo [^\n]{0,300}FATAL ERROR[^\n]{0,300}\s{1,99}exit 1/g,
  /\[ (-z "\$\{?\w{1,99}\}?") \] \\\n&& \( echo [^\n]{0,300}ERROR[^\n]{0,300}exit 1 \)/g,
];
const fallbacks = [
  new RegExp(
    `\\[{1,2} -z "?\\$\\{?(${name})\\}?"? \\]{1,2} && (?:export )?\\1=["']?([^"'\\s]{0,300})`,
    'g',
  ),
  new RegExp(`\\$\\{(${name}):-([^}"]{0,300})\\}`, 'g'),
];

/** Reads a bash script by its text. A name that it assigns before it looks at it is its own, not the operator's. */
export function readScript(text: string): ScriptReads {
  const code = text
    .replace(/^[ \t]*#.*$/gm, '')
    // Messages name the host's directory in single quotes.
    .replace(/'\$\{CONFIG\}[^']{0,300}'/g, '');
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
    overwritten: [...new Set(exported(code))].filter((variable) => own.has(variable)),
  };
}

/** Names that are exported whatever is set: at the start of a line, or with the output of a command. */
function exported(code: string): string[] {
  return [...code.matchAll(exports)].map(([, first, second]) => first ?? second ?? '');
}

const exports = new RegExp(`^(?:export (${name})=|[ \\t]*export (${name})="?\\$\\()`, 'gm');
const assignment = new RegExp(`(?:^|[\\s;(])(${name})\\+?=`, 'g');
const whole = new RegExp(`\\$\\{?(${name})\\b`, 'g');

/** Names that are assigned before they are read, or on the line where they are read first. */
function ownNames(code: string): Set<string> {
  const firstRead = new Map<string, number>();
  for (const { 1: variable = '', index } of code.matchAll(whole))
    if (!firstRead.has(variable)) firstRead.set(variable, index);
  const own = new Set<string>();
  let endOfLine = -1;
  for (const { 1: variable = '', index } of code.matchAll(assignment)) {
    // Assignments come in order, so each end of a line is looked for once.
    if (endOfLine <= index) endOfLine = code.indexOf('\n', index + 1);
    if (endOfLine === -1) endOfLine = code.length;
    const read = firstRead.get(variable);
    if (read === undefined || read > endOfLine) own.add(variable);
  }
  return own;
}
