import { bareOnly, type Quote, Unquotable, withoutControls } from './scalar.ts';

/**
 * nginx has no escape for `$`: `"\$host"` still expands at run time, so a `$` is refused.
 * Verified with nginx 1.22: an unknown variable in a quoted string stops the start.
 */
export const nginx: Quote = (value) => {
  if (/^[A-Za-z0-9._:/@+-]{1,4000}$/.test(value)) return value;
  if (value.includes('$')) throw new Unquotable(value, 'nginx cannot escape a “$”');
  const quoted = `"${withoutControls(value).replace(/["\\]/g, '\\$&')}"`;
  if (Buffer.byteLength(quoted) > 4000) throw new Unquotable(value, 'nginx reads 4 kB at most');
  return quoted;
};

/**
 * POSIX shell: single quotes say everything but themselves. A bare hyphen would be an option at the start of a word, and
 * reads like a subtraction inside.
 */
export const sh: Quote = (value) => {
  if (/^[A-Za-z0-9_./:@%+=,]+$/.test(value)) return value;
  return `'${withoutControls(value).replaceAll("'", `'\\''`)}'`;
};

/**
 * Markdown prose and table cells. What is no mark where it stands keeps its look for whoever reads the file as it is: `_`
 * inside a word (CommonMark 6.2), `>` inside a line.
 */
export const markdown: Quote = (value) =>
  withoutControls(value).replace(
    /[\\`*[\]<|#&~]|^>|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (mark) => `\\${mark}`,
  );

/** Prose in which a command or a file stands in backticks. */
export const markdownProse: Quote = (value) =>
  value.replace(/`([^`]+)`|[^`]+|`/g, (part, span) =>
    span === undefined ? markdown(part) : markdownCode(span),
  );

/** A Markdown code span, with as many backticks as its text needs. */
export const markdownCode: Quote = (value) => {
  const longest = Math.max(
    0,
    ...(withoutControls(value).match(/`+/g) ?? []).map((run) => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(value) ? ' ' : '';
  return `${fence}${pad}${value}${pad}${fence}`;
};

/** The same inside of a table, where a bare bar ends the cell; anywhere else its backslash would be part of the code. */
export const markdownCell: Quote = (value) => markdownCode(value).replaceAll('|', '\\|');

/** Lua: decimal escapes for whatever is not plain ASCII text. */
export const lua: Quote = (value) =>
  `"${[...Buffer.from(value, 'utf8')]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\${String(byte).padStart(3, '0')}`,
    )
    .join('')}"`;

/** JavaScript. The web image runs its files through server-side includes, so `<!--#` must not appear. */
export const javascript: Quote = (value) =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** HTML, as text between tags or in an attribute within quotes; what the web server would include begins with a “<”. */
export const html: Quote = (value) =>
  withoutControls(value).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** HOCON strings are JSON strings. */
export const hocon: Quote = (value) => JSON.stringify(value);

/** coturn reads a value up to the end of its line, without quotes or escapes, and cuts lines off at 1 kB. */
export const coturn = bareOnly(/^[A-Za-z0-9._:/@+-]{1,900}$/, 'turnserver.conf');

/** HAProxy's words; it could quote, but no answer needs it. */
export const haproxy = bareOnly(/^[A-Za-z0-9._:/@+-]+$/, 'haproxy.cfg');

/** Lists, build instructions and the files of other proxies: names, addresses and ports stand bare in all of them. */
export const lines = bareOnly(/^[A-Za-z0-9._:/@+-]+$/, 'this file');

/** nftables: addresses, numbers and names stand bare. */
export const nft = bareOnly(/^[A-Za-z0-9._:/-]+$/, 'nftables');

/** Git's pattern files. */
export const patterns = bareOnly(/^[A-Za-z0-9._/-]+$/, 'a pattern file');

/** `.env` files of Compose. */
export const env = bareOnly(/^[A-Za-z0-9._:/@+-]+$/, 'a .env file');
