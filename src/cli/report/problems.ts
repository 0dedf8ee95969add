import { type Problem, sentence } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import { wrap } from './wrap.ts';

/** Refusals for a person: one paragraph each. */
export function problemText(problems: readonly Problem[], { style, columns }: Terminal): string {
  return problems
    .map((problem) => {
      const lines = wrap(sentence(problem), Math.min(columns, 100) - 2);
      const text = lines.join('\n  ');
      return problem.where ? text.replace(problem.where, (where) => style('bold', where)) : text;
    })
    .map((text) => `${style('red', '✗')} ${text}`)
    .join('\n');
}

/** A warning for a person. */
export function noteText(text: string, { style, columns }: Terminal): string {
  return `${style('yellow', '!')} ${wrap(text, Math.min(columns, 100) - 2).join('\n  ')}`;
}
