import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/**
 * Text whose every character takes one column. The library builds tables of all that does not, for the first “ that it meets
 * (7 ms), and measuring the help's hundred texts would be a quarter of its time.
 */
const plain = /^[ -~·‘’“”…–—→]*$/;
/** Blanks that breaking takes away. */
const loose = /^ | {2}| $/;

/** Breaks a text into lines of at most `width` columns, between words; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const full = new RegExp(`[^ ].{0,${width - 1}}(?= |$)|[^ ]+`, 'g');
  return text.split('\n').flatMap((line) => {
    if (line === '' || loose.test(line) || !plain.test(line))
      return wrapAnsi(line, width).split('\n');
    return line.match(full) ?? [];
  });
}

/** How many columns of a terminal a text takes: `会議` takes four. */
export function columnsOf(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}

/** A text with blanks behind it until it takes so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
