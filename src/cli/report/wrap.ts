import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** What takes a column for each of its characters. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/** Breaks a text into lines of at most `width` columns, between words; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  // Measured by the library, the help's hundred short texts would be half of its time.
  if (text.length <= width && plain.test(text)) return [text];
  return wrapAnsi(text, width).split('\n');
}

/** How many columns of a terminal a text takes: `会議` takes four. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** A text with blanks behind it until it takes so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
