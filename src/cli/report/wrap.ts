import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** What takes a column for each of its characters. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/** Punctuation that takes one column too. For the first of it the library builds tables of all that does not: 7 ms. */
const punctuation = /[·‘’“”…–—→]/g;

/** Breaks a text into lines of at most `width` columns, between words; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  // Measured by the library, the help's hundred short texts would be half of its time.
  if (text.length <= width && plain.test(text)) return [text];
  const marks = text.match(punctuation)?.values();
  const wrapped = wrapAnsi(text.replace(punctuation, '·'), width);
  return wrapped.replaceAll('·', () => marks?.next().value ?? '·').split('\n');
}

/** How many columns of a terminal a text takes: `会議` takes four. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** A text with blanks behind it until it takes so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
