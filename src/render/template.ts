import { posix } from 'node:path';
import { StackError } from '../errors.ts';
import type { Format, View } from '../plan/plan.ts';
import type { Compiled, Locals } from './compile.ts';
import { quotes } from './formats.ts';
import { markdownCell, markdownCode, markdownProse, sh } from './quote/languages.ts';
import { Quoted, Unquotable } from './quote/scalar.ts';

export interface Template {
  /** Path of the rendered file in the stack. */
  readonly path: string;
  /** The language that it is written in. */
  readonly format: Format;
  /** Path of the template itself, for errors and includes. */
  readonly source: string;
  /** A template by its path: this one, and those that it includes. */
  readonly read: (source: string) => Compiled;
}

/**
 * Renders one template, which sees its feature's view and nothing else. Every `<%= value %>` becomes one scalar, quoted for the language of the file.
 *
 * @throws StackError when a value cannot be said in that language
 * @throws Error when the template prints something that is missing or no scalar: a defect
 */
export function renderTemplate({ path, format, source, read }: Template, view: View): string {
  const quote = quotes[format];
  let refused: Unquotable | undefined;
  let failed: string | undefined;
  const print = (value: unknown): string => {
    if (value instanceof Quoted) return value.text;
    try {
      return quote(scalar(value));
    } catch (error) {
      if (error instanceof Unquotable) refused = error;
      throw error;
    }
  };
  const locals: Locals = {
    view: named(view, 'view'),
    code: (value) => new Quoted(markdownCode(scalar(value))),
    prose: (value) => new Quoted(markdownProse(scalar(value))),
    cell: (value) => new Quoted(markdownCell(scalar(value))),
    shell: (value) => new Quoted(sh(scalar(value))),
    number: (value) => new Quoted(digits(value)),
  };
  const run = (one: string): string => {
    const include = (other: string) => run(posix.join(posix.dirname(one), other));
    return read(one)(locals, print, include, (error, line) => {
      failed ??= `${one}:${line}`;
      throw error;
    });
  };
  try {
    return run(source);
  } catch (error) {
    if (refused) {
      throw new StackError(
        {
          where: path,
          what: `The value ${JSON.stringify(shortened(refused.value))} cannot be written there: ${refused.message}.`,
          fix: 'Choose an answer without that character.',
        },
        { cause: error },
      );
    }
    throw new Error(`${failed ?? source} (${format}) could not be rendered`, { cause: error });
  }
}

/** A number that stands bare where text would be in quotes. */
function digits(value: unknown): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${String(value)} is no whole number`);
  return String(value);
}

/** A value as one piece of text. */
function scalar(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  const kind = value === undefined || value === null ? value : `a value of type ${typeof value}`;
  throw new Error(`cannot print ${kind}`);
}

/** The same value, but asking it for a name that it has not is an error, also in an `if`, where it would pass for “no”. */
function named(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => named(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol') return found;
      if (!Object.hasOwn(target, name)) throw new Error(`${path} has no “${name}”`);
      return named(found, `${path}.${name}`);
    },
  });
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
