import ejs from 'ejs';
import { StackError } from '../errors.ts';
import { formatOf, quoteFor } from './formats.ts';
import { markdownCode, sh } from './quote/languages.ts';
import { Quoted, Unquotable } from './quote/scalar.ts';

export interface Template {
  /** Path of the rendered file in the stack; its format follows from it. */
  readonly path: string;
  /** Path of the template itself, for errors and includes. */
  readonly source: string;
  readonly text: string;
}

/**
 * Renders one template. Every `<%= value %>` becomes one scalar, quoted for the language of the file.
 *
 * @throws StackError when a value cannot be said in that language
 * @throws Error when the template prints something that is missing or no scalar: a defect
 */
export function renderTemplate(
  { path, source, text }: Template,
  locals: Readonly<Record<string, unknown>>,
): string {
  const quote = quoteFor(path);
  let refused: Unquotable | undefined;
  const print = (value: unknown): string => {
    // EJS reports its own errors through this function too, with the template's file name.
    if (value === source) return source;
    if (value instanceof Quoted) return value.text;
    if (typeof value === 'boolean') return quote(value ? '1' : '0');
    if (typeof value === 'number' && Number.isFinite(value)) return quote(String(value));
    if (typeof value !== 'string') throw new Error(`cannot print ${describe(value)}`);
    try {
      return quote(value);
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
      destructuredLocals: [...Object.keys(locals), 'code', 'shell'],
      rmWhitespace: false,
    });
    return render({
      ...locals,
      code: (value: unknown) => new Quoted(markdownCode(String(value))),
      shell: (value: unknown) => new Quoted(sh(String(value))),
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
    throw new Error(`${source} (${formatOf(path)}) could not be rendered`, { cause: error });
  }
}

function describe(value: unknown): string {
  return value === undefined || value === null ? String(value) : `a value of type ${typeof value}`;
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
