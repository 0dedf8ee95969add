/**
 * One way in that a rendered file opens, in words that all of them share: `443/tcp to 192.168.10.20, translated`, or where
 * nothing is translated `443/tcp to 2001:db8::7 from anywhere`.
 */
export function inlet(protocol: string, port: string, to: string, from: string): string {
  return `${port}/${protocol.toLowerCase()} to ${to}${from === 'translated' ? ', translated' : ` from ${from}`}`;
}

/** Several sources, in one order. */
export function sources(list: readonly string[]): string {
  return list.length === 0 ? 'anywhere' : [...list].sort().join(' ');
}

/** Files of a stack by path. */
export type Files = ReadonlyMap<string, string>;

export function fileIn(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}
