import {
  coturn,
  env,
  haproxy,
  hocon,
  javascript,
  lines,
  lua,
  markdown,
  nft,
  nginx,
  patterns,
  sh,
} from './quote/languages.ts';
import type { Quote } from './quote/scalar.ts';

const quotes = {
  coturn,
  env,
  haproxy,
  hocon,
  javascript,
  lines,
  lua,
  markdown,
  nft,
  nginx,
  patterns,
  sh,
} satisfies Record<string, Quote>;

export type Format = keyof typeof quotes;

/** Which language a file of the stack is written in, by its path; the first match counts. */
const table: readonly (readonly [pattern: RegExp, format: Format])[] = [
  [/\.md$/, 'markdown'],
  [/^nginx\/.+\.conf$/, 'nginx'],
  [/^haproxy\/.+\.(cfg|map)$/, 'haproxy'],
  [/^go-mmproxy\/.+\.txt$/, 'lines'],
  [/^images\/.+\/Dockerfile$/, 'lines'],
  [/^\.github\/workflows\/.+\.yml$/, 'lines'],
  [/^proxy\/nginx\.conf$/, 'nginx'],
  [/^proxy\/(Caddyfile|[a-z-]+\.(conf|yaml))$/, 'lines'],
  [/^coturn\/.+\.conf$/, 'coturn'],
  [/^jitsi\/web\/nginx-custom\/.+\.conf$/, 'nginx'],
  [/^jitsi\/.+\.js$/, 'javascript'],
  [/^jitsi\/.+\.lua$/, 'lua'],
  [/^jitsi\/.+\.conf$/, 'hocon'],
  [/^firewall\/fortigate\.conf$/, 'lines'],
  [/\.nft$/, 'nft'],
  [/\.sh$/, 'sh'],
  [/^stack$/, 'sh'],
  [/(^|\/)\.git(ignore|attributes|keep)$/, 'patterns'],
  [/^\.env\.example$/, 'env'],
];

/** @throws Error when no row of the table matches: a template whose language is unknown must not be rendered */
export function formatOf(path: string): Format {
  const row = table.find(([pattern]) => pattern.test(path));
  if (!row) throw new Error(`No format is known for “${path}”; add it to the table in formats.ts.`);
  return row[1];
}

export function quoteFor(path: string): Quote {
  return quotes[formatOf(path)];
}
