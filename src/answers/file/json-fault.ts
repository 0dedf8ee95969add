/** Where a text stops being JSON, and what is wrong there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

/** Between two of these there is only white space. */
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts.
  /[{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

type Expected = 'value' | 'key' | 'first key' | 'first item' | 'colon' | 'next' | 'end';

/**
 * Finds the first fault of a text that `JSON.parse` refuses; its own messages differ between versions of Node.
 *
 * @param text without comments
 */
export function jsonFault(text: string): JsonFault {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const fault = (what: string): JsonFault => {
    const before = text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, what };
  };
  const closed = (): Expected => (open.length > 0 ? 'next' : 'end');
  for (;;) {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++;
    if (at >= text.length) {
      const end = open.at(-1) === '{' ? 'a closing } is missing' : 'a closing ] is missing';
      return fault(open.length > 0 ? `the file ends, but ${end}.` : 'the file is empty.');
    }
    token.lastIndex = at;
    const word = token.exec(text)?.[0];
    if (word === undefined) return fault(strange(text.slice(at), expected));
    const inObject = open.at(-1) === '{';
    if (expected === 'end') return fault('there is something after the end.');
    if (word === '}' || word === ']') {
      const fits = inObject === (word === '}') && open.length > 0;
      if (fits && ['next', 'first key', 'first item'].includes(expected)) {
        open.pop();
        expected = closed();
      } else if (fits) return fault(`a value is missing before this ${word}`);
      else return fault(`this ${word} closes nothing.`);
    } else if (expected === 'next') {
      if (word !== ',') return fault(`a comma is missing before ${word}.`);
      expected = inObject ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (word !== ':') return fault(`a colon is missing before ${word}.`);
      expected = 'value';
    } else if (expected === 'key' || expected === 'first key') {
      if (!word.startsWith('"')) return fault(`a name in double quotes is expected, not ${word}`);
      expected = 'colon';
    } else if (word === '{' || word === '[') {
      open.push(word);
      expected = word === '{' ? 'first key' : 'first item';
    } else if (/^[:,]$/.test(word)) return fault(`a value is missing before this ${word}`);
    else expected = closed();
    at += word.length;
  }
}

function strange(rest: string, expected: Expected): string {
  if (rest.startsWith("'")) return 'texts stand in double quotes, not single ones.';
  if (rest.startsWith('#')) return 'comments begin with //, not with #.';
  if (rest.startsWith('/*')) return 'this comment has no end: */ is missing.';
  if (rest.startsWith('"')) return 'this text has no end, or a line break or unknown escape in it.';
  const word = /^[\w.+-]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
  const quotes = expected === 'key' || expected === 'first key' || expected === 'value';
  return `“${word}” is not JSON${quotes ? '; put it in double quotes' : ''}.`;
}
