import ejs from 'ejs';

/** What a template may call, besides what it prints. */
export interface Locals {
  readonly view: unknown;
  readonly code: (value: unknown) => unknown;
  readonly prose: (value: unknown) => unknown;
  readonly cell: (value: unknown) => unknown;
  readonly shell: (value: unknown) => unknown;
  readonly number: (value: unknown) => unknown;
}

/**
 * A template as a function.
 *
 * @param print makes text of what stands in `<%= %>`
 * @param include prints another template, named from this one on
 * @param fail takes what was thrown and the template's line, and never returns
 */
export type Compiled = (
  locals: Locals,
  print: (value: unknown) => string,
  include: (path: string) => string,
  fail: (error: unknown, line: number) => never,
) => string;

/** The JavaScript of that function: evaluated at once in a checkout, part of the bundle in the package. */
export function templateCode(text: string): string {
  const template = new ejs.Template(text, {
    strict: true,
    destructuredLocals: [
      'view',
      'code',
      'prose',
      'cell',
      'shell',
      'number',
    ] satisfies (keyof Locals)[],
    rmWhitespace: false,
  });
  template.compile();
  // The names are those that EJS calls.
  return `(locals, escapeFn, include, fail) => {
    "use strict";
    let __line = 1;
    try {
      ${template.source}
    } catch (error) {
      return fail(error, __line);
    }
  }`;
}

export function compileTemplate(text: string): Compiled {
  return new Function(`return ${templateCode(text)}`)() as Compiled;
}
