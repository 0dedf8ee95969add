/** One place where a template looks at the environment. */
export interface TemplateRead {
  readonly variable: string;
  readonly boolean: boolean;
  readonly default?: string;
}

const literal = '"(?:[^"\\\\]|\\\\.)*"|`[^`]*`|\\d[\\d.]*';
const computed = '\\$\\w+|\\.Env\\.\\w+|\\([^()]*\\)';
/** The rest of the pipe is looked at, not consumed: a default may be another variable. */
const read = new RegExp(
  `(?:\\.Env|\\$ENV)\\.([A-Z][A-Z0-9_]+)(?=(?:\\s*\\|\\s*default\\s+(?:(${literal})|${computed}))?(\\s*\\|\\s*toBool)?)`,
  'g',
);

/** Reads a template of jitsi/tpl (Go templates with sprig), which only sees the environment as `.Env`. */
export function readTemplateVariables(text: string): TemplateRead[] {
  return [...text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g)].flatMap(([, expression = '']) =>
    [...expression.matchAll(read)].map(([, variable = '', fallback, toBool]) => ({
      variable,
      boolean: toBool !== undefined,
      ...(fallback !== undefined && { default: unquote(fallback) }),
    })),
  );
}

function unquote(text: string): string {
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text.replaceAll('`', '');
}
