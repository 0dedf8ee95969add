import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of docs/make-it-yours.md: what somebody wishes, and the code in what to do about it. */
export interface Wish {
  readonly wish: string;
  /** The whole sentence. */
  readonly advice: string;
  /** What stands in backticks, in order. */
  readonly snippets: readonly string[];
}

/** All that the page's snippets put into a stack, by the place that they go to. */
export interface Wished {
  /** Into `jitsi-stack.json`: sections with one answer each. */
  readonly answers: Record<string, Record<string, unknown>>[];
  readonly settings: Record<string, unknown>;
  /** Settings and answers that are named without a value. */
  readonly namedSettings: string[];
  readonly namedAnswers: string[];
  /** Into `jitsi/web/custom-config.js`. */
  readonly config: string[];
  /** Keys of `jitsi/branding/branding.json`. */
  readonly brandingKeys: string[];
  /** Into `nginx/meet.conf`, after `server_name`. */
  readonly nginx: string[];
  readonly extras: string[];
  readonly files: string[];
  /** What nobody here knows what to do with. */
  readonly unknown: string[];
}

const page = join(import.meta.dirname, '../../docs/make-it-yours.md');

/** The rows of the tables of wishes. */
export function wishes(): readonly Wish[] {
  const tables = readFileSync(page, 'utf8')
    .split('| Wish | What to do |\n| --- | --- |\n')
    .slice(1);
  return tables.flatMap((table) =>
    table
      .slice(0, table.indexOf('\n\n'))
      .split('\n')
      .map((row) => {
        const [, wish = '', advice = ''] = /^\| (.*?) \| (.*) \|$/.exec(row) ?? [];
        return {
          wish,
          advice,
          snippets: [...advice.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one),
        };
      }),
  );
}

type Reader = readonly [RegExp, (wished: Wished, groups: readonly string[]) => void];

/** How each kind of snippet is read; the first that matches counts. */
const readers: readonly Reader[] = [
  [
    /^([\w./-]*\.(?:svg|png|css|html|json|js|conf)|jitsi\/branding\/)$/,
    ({ files }, paths) => files.push(...paths),
  ],
  [
    /^settings\.([A-Z0-9_]+): (.+)$/,
    ({ settings }, [name = '', value = '']) => {
      settings[name] = JSON.parse(value);
    },
  ],
  [/^settings\.([A-Z0-9_]+)$/, ({ namedSettings }, names) => namedSettings.push(...names)],
  [
    /^(branding|auth)\.(\w+): (.+)$/,
    ({ answers }, [section = '', name = '', value = '']) => {
      answers.push({ [section]: { [name]: JSON.parse(value) } });
    },
  ],
  [/^((?:branding|auth)\.\w+|domain)$/, ({ namedAnswers }, places) => namedAnswers.push(...places)],
  [/^extras: (\[.+\])$/, ({ extras }, [list = '']) => extras.push(...JSON.parse(list))],
  [/^--extras (\w+)$/, ({ extras }, names) => extras.push(...names)],
  [/^(config\.[\w.]+ = .*;)$/, ({ config }, lines) => config.push(...lines)],
  [/^(allow .*; deny all;)$/, ({ nginx }, lines) => nginx.push(...lines)],
  [/^(server_name)$/, () => {}],
  [/^([a-z]+[A-Za-z]+)$/, ({ brandingKeys }, keys) => brandingKeys.push(...keys)],
];

/** What the snippets of these rows come to. */
export function wishedIn(rows: readonly Wish[]): Wished {
  const wished: Wished = {
    ...{ answers: [], settings: {}, namedSettings: [], namedAnswers: [], config: [] },
    ...{ brandingKeys: [], nginx: [], extras: [], files: [], unknown: [] },
  };
  for (const snippet of rows.flatMap(({ snippets }) => snippets)) {
    const read = readers.find(([pattern]) => pattern.test(snippet));
    if (read) read[1](wished, (read[0].exec(snippet) ?? []).slice(1));
    else wished.unknown.push(snippet);
  }
  return wished;
}
