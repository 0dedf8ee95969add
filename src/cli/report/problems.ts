import { type Problem, sentence } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import { firstSentence, fit, fitting, linesOf } from './fit.ts';
import { wrap } from './wrap.ts';

/** Refusals for a person: one paragraph each, as many as there is room for. */
export function problemText(problems: readonly Problem[], terminal: Terminal): string {
  const { style, columns, lines } = terminal;
  const paragraphs = problems
    .map((problem) => {
      const lines = wrap(sentence(problem), Math.min(columns, 100) - 2);
      const text = lines.join('\n  ');
      return problem.where ? text.replace(problem.where, (where) => style('bold', where)) : text;
    })
    .map((text) => `${style('red', '✗')} ${text}`);
  const more = (rest: number) => `… and ${rest} more, with --details`;
  return fitting(paragraphs, lines - 1, more).join('\n');
}

/** Warnings for a person in at most so many lines, the last ones by their number where they are too many. */
export function notesText(texts: readonly string[], terminal: Terminal, lines: number): string {
  const parts = texts.map((text) =>
    [text, firstSentence(text)].map((one) => noteText(one, terminal)),
  );
  const { texts: shown, isCut } = fit(parts, lines, (all) => linesOf(all.join('\n')));
  const more = (rest: number) => `  … and ${rest} more, with --details`;
  return (isCut ? fitting(shown, lines, more) : shown).join('\n');
}

/** A warning for a person. */
export function noteText(text: string, { style, columns }: Terminal): string {
  return `${style('yellow', '!')} ${wrap(text, Math.min(columns, 100) - 2).join('\n  ')}`;
}
