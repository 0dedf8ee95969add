/** A name that is no answer whatever follows it, or that stands twice in one object. */
export interface WrongName {
  readonly line: number;
  readonly what: string;
  readonly fix: string;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** Looks through a text that is JSON. `JSON.parse` takes the last of two equal names, and says nothing. */
export function wrongName(text: string): WrongName | undefined {
  const open: (Set<string> | undefined)[] = [];
  let name: { text: string; at: number } | undefined;
  for (const { 0: word, index } of text.matchAll(token)) {
    if (word === '{') open.push(new Set());
    else if (word === '[') open.push(undefined);
    else if (word === '}' || word === ']') open.pop();
    else if (word === ':' && name) {
      const names = open.at(-1);
      const plain = JSON.parse(name.text) as string;
      const line = text.slice(0, name.at).split('\n').length;
      const shown = plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
      if (plain === '__proto__')
        return { line, what: `There is no answer called “${shown}”.`, fix: 'Remove it.' };
      if (names?.has(plain))
        return {
          line,
          what: `“${shown}” is here twice.`,
          fix: 'Remove one of them: only the last one would count.',
        };
      names?.add(plain);
    }
    name = word.startsWith('"') ? { text: word, at: index } : undefined;
  }
  return undefined;
}
