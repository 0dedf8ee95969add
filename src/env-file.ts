import { StackError } from './errors.ts';

/** A variable as it stands in the file. Offsets count bytes: the text is read as one character per byte, so that any encoding survives. */
export interface Variable {
  readonly name: string;
  readonly isEmpty: boolean;
  /** Where its value starts and ends. */
  readonly start: number;
  readonly end: number;
}

const assignment = /^(?:\xef\xbb\xbf)?[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/;

/** Finds the variables of an environment file. A quoted value may go over many lines, and what is in it is no variable. */
export function parseEnv(text: string): Variable[] {
  const variables: Variable[] = [];
  let offset = 0;
  let line = 1;
  while (offset < text.length) {
    const lineEnd = endOfLine(text, offset);
    const [head, name] = assignment.exec(text.slice(offset, lineEnd)) ?? [];
    let next = lineEnd;
    if (head !== undefined && name !== undefined) {
      const start = offset + head.length;
      const quote = text[start];
      if (quote === '"' || quote === "'") {
        const close = closingQuote(text, start, quote);
        if (close === undefined) throw unterminated(name, line);
        variables.push({ name, isEmpty: close === start + 1, start, end: close + 1 });
        next = endOfLine(text, close);
      } else {
        const value = text
          .slice(start, lineEnd)
          .replace(/(^|[ \t])#.*|\r$/, '')
          .trimEnd();
        variables.push({ name, isEmpty: value === '', start, end: start + value.length });
      }
    }
    line += text.slice(offset, next + 1).split('\n').length - 1;
    offset = next + 1;
  }
  return variables;
}

/** The definition that counts when a name is there more than once. */
export function lastOf(variables: readonly Variable[], name: string): Variable | undefined {
  return variables.filter((variable) => variable.name === name).at(-1);
}

/** Puts a value in the place of an empty one. */
export function fill(text: string, { start, end }: Variable, value: string): string {
  const after = text.slice(end);
  // `NAME= # comment` would otherwise become one word with its comment.
  return `${text.slice(0, start)}${value}${after.startsWith('#') ? ' ' : ''}${after}`;
}

/** A value as Compose reads it back: plain where nothing in it means anything, else in double quotes. */
export function quoteValue(value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  const escaped = value
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}

/** A variable's value as Compose reads it; undefined where it is empty, or put together from other variables. */
export function readValue(text: string, { start, end, isEmpty }: Variable): string | undefined {
  if (isEmpty) return undefined;
  const raw = text.slice(start, end);
  const quote = /^['"]/.exec(raw)?.[0];
  if (quote === "'") return raw.slice(1, -1).replace(/\\'/g, "'");
  if (/(?<!\\)(?:\\\\)*\$/.test(raw)) return undefined;
  if (quote !== '"') return raw;
  const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return raw.slice(1, -1).replace(/\\(.)/gs, (_, one: string) => controls[one] ?? one);
}

/** Adds lines at the end, with the line ends that the file has. */
export function append(text: string, lines: readonly string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text === '' || text.endsWith('\n') ? '' : newline;
  const gap = text.trim() === '' ? '' : newline;
  return `${text}${end}${gap}${lines.map((line) => line + newline).join('')}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function closingQuote(text: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

function unterminated(name: string, line: number): StackError {
  return new StackError({
    where: `.env, line ${line}`,
    what: `The quote that opens the value of ${name} is never closed.`,
    why: 'Everything after it would be read as part of that value.',
    fix: 'Close the quote and run this again.',
  });
}
