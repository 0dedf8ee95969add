import { linesOf } from '../../src/cli/report/fit.ts';
import { wrap } from '../../src/cli/report/wrap.ts';
import { screen } from '../../src/cli/terminal.ts';
import type { Asker, Choice } from '../../src/cli/wizard/asker.ts';

/** What stands on the screen at once when somebody is asked, or at the end. */
export interface Shown {
  /** The question, or `the end`. */
  readonly at: string;
  readonly lines: number;
  readonly text: string;
}

const width = screen.columns - 4;

/**
 * The same asker, with what its prompts put on the screen between two answers: everything that is said since the last
 * one, and the question with all of its choices.
 */
export function watched(asker: Asker): { readonly asker: Asker; readonly shown: () => Shown[] } {
  const screens: Shown[] = [];
  let since: string[] = [];
  const put = (...lines: string[]) => since.push(lines.join('\n'));
  const asked = (question: string, choices: readonly Choice[] = []) => {
    const options = choices.flatMap(({ label, hint }) => [
      ...wrap(label, width - 2),
      ...(hint ? wrap(hint, width - 8) : []),
    ]);
    put(...wrap(question, width), ...(choices.length > 0 ? options : ['']), '');
    const text = since.join('\n');
    screens.push({ at: question, lines: linesOf(text), text });
    since = [];
  };
  return {
    shown: () => [
      ...screens,
      { at: 'the end', lines: linesOf(since.join('\n')), text: since.join('\n') },
    ],
    asker: {
      ...asker,
      intro: (title) => put(title, ''),
      outro: (text) => put(...wrap(text, width), ''),
      tell: (text) => put(...wrap(text, width), ''),
      show: (title, body) => put(title, body, ''),
      text: (question) => {
        asked(question.question);
        return asker.text(question);
      },
      select: (question) => {
        asked(question.question, question.choices);
        return asker.select(question);
      },
      multiselect: (question) => {
        asked(`${question.question} (space selects, Enter goes on)`, question.choices);
        return asker.multiselect(question);
      },
      confirm: (question, initial, labels) => {
        asked(question);
        return asker.confirm(question, initial, labels);
      },
    },
  };
}
