import { screen } from '../terminal.ts';
import { columnsOf } from './wrap.ts';

/**
 * One part of a page: its text in full, then shorter ones. The last of them stands where there is no room for more, and
 * is empty where the part can be left out.
 */
export type Part = readonly string[];

/** What is shown of the parts of a page. */
export interface PartsShown {
  /** In the order of the parts; those that are left out are empty. */
  readonly texts: readonly string[];
  /** Something is shorter than it could be. */
  readonly isCut: boolean;
}

/**
 * Chooses for each part the longest text with which all of them take at most so many lines. What stands first gets its
 * room first.
 *
 * @param heightOf how many lines the chosen texts take, with what stands around them
 */
export function fit(
  parts: readonly Part[],
  lines: number,
  heightOf: (texts: readonly string[]) => number = (texts) => linesOf(pageOf(texts)),
): PartsShown {
  const texts = parts.map((versions) => versions.at(-1) ?? '');
  for (const [index, versions] of parts.entries()) {
    const fits = versions.find((version) => {
      const tried = texts.map((text, place) => (place === index ? version : text));
      return heightOf(tried) <= lines;
    });
    if (fits !== undefined) texts[index] = fits;
  }
  return { texts, isCut: parts.some(([full = ''], index) => texts[index] !== full) };
}

/** Texts below one another, with an empty line between paragraphs; lines that stand alone stay close together. */
export function pageOf(texts: readonly string[]): string {
  const shown = texts.filter((text) => text !== '');
  return shown
    .map((text, index) => {
      const before = shown[index - 1];
      if (before === undefined) return text;
      return `${linesOf(before) + linesOf(text) === 2 ? '\n' : '\n\n'}${text}`;
    })
    .join('');
}

/** How many lines a text takes on a usual terminal; what is too wide for it goes on in the next one. */
export function linesOf(text: string): number {
  if (text === '') return 0;
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / screen.columns)), 0);
}

/** A text up to the end of its first sentence. */
export function firstSentence(text: string): string {
  return /^.{15,}?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The first paragraphs that fit into so many lines, one at least, and in a last line how many there are besides. */
export function fitting(
  paragraphs: readonly string[],
  lines: number,
  more: (rest: number) => string,
): readonly string[] {
  const total = (count: number) => linesOf(paragraphs.slice(0, count).join('\n'));
  if (total(paragraphs.length) <= lines) return paragraphs;
  const tooMany = paragraphs.findIndex((_, index) => total(index + 1) >= lines);
  const count = Math.max(tooMany, 1);
  const rest = paragraphs.length - count;
  return rest === 0 ? paragraphs : [...paragraphs.slice(0, count), more(rest)];
}

/** The first lines of a long list, and in the last one how many there are besides. */
export function firstOf(
  list: readonly string[],
  lines: number,
  more: (rest: number) => string,
): readonly string[] {
  if (list.length <= lines) return list;
  return [...list.slice(0, lines - 1), more(list.length - lines + 1)];
}
