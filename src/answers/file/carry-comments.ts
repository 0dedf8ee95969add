import { type JSONPath, visit } from 'jsonc-parser';

/** Where a comment stands: above an answer or beside it, below the last one of a section, or after everything. */
type Place = 'above' | 'beside' | 'below' | 'after';

interface Comment {
  readonly text: string;
  readonly place: Place;
  /** The answer or section that it belongs to; items of a list go by their value, so that they may move. */
  readonly path: JSONPath;
}

/**
 * The generated text of `jitsi-stack.json` with the comments that its owner has written into the file that is there. Each
 * stays with its answer; one whose answer is gone goes to the end of the section that it stood in.
 *
 * @param owners JSON with comments, without faults
 * @param generated JSON as `JSON.stringify` writes it with two blanks; without comments, it comes back as it is
 */
export function carryComments(owners: string, generated: string): string {
  const value: unknown = JSON.parse(generated);
  const paths = pathsIn(value);
  const comments = new Map<string, string[]>();
  for (const { text, place, path } of commentsIn(owners)) {
    const home = nearest(place, path, paths);
    const key = keyOf(home.length < path.length ? 'below' : place, home);
    comments.set(key, [...(comments.get(key) ?? []), text]);
  }
  const at = (place: Place, path: JSONPath) => comments.get(keyOf(place, path)) ?? [];
  return [...at('above', []), print(value, [], '', '', at), ...at('after', [])]
    .join('\n')
    .concat('\n');
}

const keyOf = (place: Place | '', path: JSONPath): string => JSON.stringify([place, ...path]);

function commentsIn(text: string): Comment[] {
  const comments: Comment[] = [];
  const open: JSONPath[] = [];
  let waiting: string[] = [];
  let last: { readonly line: number; readonly path: JSONPath } | undefined;
  const put = (place: Place, path: JSONPath): void => {
    comments.push(...waiting.map((text) => ({ text, place, path })));
    waiting = [];
  };
  const reach = (line: number, path: JSONPath): void => {
    put('above', path);
    last = { line, path };
  };
  const begin = (line: number, path: JSONPath): void => {
    reach(line, path);
    open.push(path);
  };
  const end = (line: number): void => {
    const path = open.pop() ?? [];
    put('below', path);
    last = { line, path };
  };
  visit(
    text,
    {
      onComment(offset, length, line) {
        const found = text.slice(offset, offset + length);
        if (last?.line !== line) waiting.push(found);
        // One of several lines has no room beside anything.
        else
          comments.push({
            text: found,
            place: /[\r\n]/.test(found) ? 'above' : 'beside',
            path: last.path,
          });
      },
      onObjectProperty: (name, _offset, _length, line, _column, path) =>
        reach(line, [...path(), name]),
      onLiteralValue: (value, _offset, _length, line, _column, path) =>
        reach(line, byValue(path(), value)),
      onObjectBegin: (_offset, _length, line, _column, path) => begin(line, path()),
      onArrayBegin: (_offset, _length, line, _column, path) => begin(line, path()),
      onObjectEnd: (_offset, _length, line) => end(line),
      onArrayEnd: (_offset, _length, line) => end(line),
    },
    { allowTrailingComma: true },
  );
  put('after', []);
  return comments;
}

function byValue(path: JSONPath, value: unknown): JSONPath {
  const isItem = typeof path.at(-1) === 'number' && !isContainer(value);
  return isItem ? [...path.slice(0, -1), `= ${JSON.stringify(value)}`] : path;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What is in an object or a list, each with its path and what stands before it. */
function partsOf(
  value: object,
  path: JSONPath,
): { label: string; part: unknown; path: JSONPath }[] {
  if (Array.isArray(value))
    return value.map((part, index) => ({ label: '', part, path: byValue([...path, index], part) }));
  return Object.entries(value).map(([name, part]) => ({
    label: `${JSON.stringify(name)}: `,
    part,
    path: [...path, name],
  }));
}

/** All paths in a value, with whether something can stand below them. */
function pathsIn(value: unknown, path: JSONPath = []): Map<string, boolean> {
  const below = isContainer(value) ? partsOf(value, path) : [];
  return new Map([
    [keyOf('', path), isContainer(value)],
    ...below.flatMap(({ part, path }) => [...pathsIn(part, path)]),
  ]);
}

/** The answer itself, or the innermost section around it that is still there. */
function nearest(place: Place, path: JSONPath, paths: ReadonlyMap<string, boolean>): JSONPath {
  const isSection = paths.get(keyOf('', path));
  if (isSection !== undefined && (isSection || place !== 'below')) return path;
  let home = path.slice(0, -1);
  while (home.length > 0 && !paths.get(keyOf('', home))) home = home.slice(0, -1);
  return home;
}

/** A value as `JSON.stringify` writes it with two blanks, and the comments at their places. */
function print(
  value: unknown,
  path: JSONPath,
  margin: string,
  comma: string,
  at: (place: Place, path: JSONPath) => readonly string[],
): string {
  const beside = at('beside', path)
    .map((text) => ` ${text}`)
    .join('');
  if (!isContainer(value)) return `${JSON.stringify(value)}${comma}${beside}`;
  const inner = `${margin}  `;
  const parts = partsOf(value, path);
  const lines = parts.flatMap(({ label, part, path }, index) => [
    ...at('above', path),
    label + print(part, path, inner, index < parts.length - 1 ? ',' : '', at),
  ]);
  lines.push(...at('below', path));
  const [first, last] = Array.isArray(value) ? '[]' : '{}';
  if (lines.length === 0) return `${first}${last}${comma}${beside}`;
  return `${first}${beside}\n${lines.map((line) => `${inner}${line}\n`).join('')}${margin}${last}${comma}`;
}
