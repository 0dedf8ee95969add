/** One place where a template looks at the environment. */
export interface TemplateRead {
  readonly variable: string;
  readonly boolean: boolean;
  readonly default?: string;
}

/** No part of a pattern may run on without a bound: the files are somebody else's. */
const literal = '"(?:[^"\\\\]|\\\\.){0,300}"|`[^`]{0,300}`|\\d[\\d.]{0,99}';
const computed = '\\$\\w{1,99}|\\.Env\\.\\w{1,99}|\\([^()]{0,300}\\)';
/** The rest of the pipe is looked at, not consumed: a default may be another variable. */
const read = new RegExp(
  `(?:\\.Env|\\$ENV)\\.([A-Z][A-Z0-9_]{1,99})(?=(?:\\s{0,9}\\|\\s{0,9}default\\s{1,9}(?:(${literal})|${computed}))?(\\s{0,9}\\|\\s{0,9}toBool)?)`,
  'g',
);

/** Reads a template of jitsi/tpl (Go templates with sprig), which only sees the environment as `.Env`. */
export function readTemplateVariables(text: string): TemplateRead[] {
  return expressionsIn(text).flatMap((expression) =>
    [...expression.matchAll(read)].map(([, variable = '', fallback, toBool]) => ({
      variable,
      boolean: toBool !== undefined,
      ...(fallback !== undefined && { default: unquote(fallback) }),
    })),
  );
}

/** What stands between braces, up to the first end that comes. */
function expressionsIn(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('{{'); start !== -1; start = text.indexOf('{{', start)) {
    const end = text.indexOf('}}', start + 2);
    if (end === -1) break;
    found.push(text.slice(start + 2, end));
    start = end + 2;
  }
  return found;
}

/** Go has escapes that JSON has not; a text with such a one stays as it is written. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replaceAll('`', '');
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
