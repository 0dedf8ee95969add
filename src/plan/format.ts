/**
 * The languages that files of a stack are written in; each has its own way to quote a value. `lines` is for those
 * in which names, addresses and ports stand bare: lists, build instructions, other programs' files.
 */
export type Format =
  | 'coturn'
  | 'env'
  | 'haproxy'
  | 'hocon'
  | 'html'
  | 'javascript'
  | 'lines'
  | 'lua'
  | 'markdown'
  | 'nft'
  | 'nginx'
  | 'patterns'
  | 'sh';

/** By path in the stack, or by the end of the name: `'stack'`, `'*.conf'`. */
export type Formats = Readonly<Record<string, Format>>;

/** Ends of names that mean the same whoever writes the file. */
const usual: Formats = {
  '*.html': 'html',
  '*.js': 'javascript',
  '*.lua': 'lua',
  '*.md': 'markdown',
  '*.nft': 'nft',
  '*.sh': 'sh',
};

/** The language of a file: what its feature says of its path, else of its end, else what is usual; undefined otherwise. */
export function formatOf(path: string, declared: Formats = {}): Format | undefined {
  const end = `*${path.slice(path.lastIndexOf('.'))}`;
  return declared[path] ?? declared[end] ?? usual[end];
}
