import ejs from 'ejs';
import { StackError } from '../errors.ts';
import type { Format, View } from '../plan/plan.ts';
import { quotes } from './formats.ts';
import { markdownCode, sh } from './quote/languages.ts';
import { Quoted, Unquotable } from './quote/scalar.ts';

export interface Template {
  /** Path of the rendered file in the stack. */
  readonly path: string;
  /** The language that it is written in. */
  readonly format: Format;
  /** Path of the template itself, for errors and includes. */
  readonly source: string;
  readonly text: string;
}

/**
 * Renders one template, which sees its feature's view and nothing else. Every `<%= value %>` becomes one scalar, quoted for the language of the file.
 *
 * @throws StackError when a value cannot be said in that language
 * @throws Error when the template prints something that is missing or no scalar: a defect
 */
export function renderTemplate({ path, format, source, text }: Template, view: View): string {
  const quote = quotes[format];
  let refused: Unquotable | undefined;
  const print = (value: unknown): string => {
    // EJS reports its own errors through this function too, with the template's file name.
    if (value === source) return source;
    if (value instanceof Quoted) return value.text;
    try {
      return quote(scalar(value));
    } catch (error) {
      if (error instanceof Unquotable) refused = error;
      throw error;
    }
  };
  try {
    const render = ejs.compile(text, {
      filename: source,
      escape: print,
      strict: true,
      destructuredLocals: ['view', 'code', 'shell'],
      rmWhitespace: false,
    });
    return render({
      view: named(view, 'view'),
      code: (value: unknown) => new Quoted(markdownCode(scalar(value))),
      shell: (value: unknown) => new Quoted(sh(scalar(value))),
    });
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
    throw new Error(`${source} (${format}) could not be rendered`, { cause: error });
  }
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
