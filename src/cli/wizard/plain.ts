import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Back, Cancelled } from '../cancelled.ts';
import { wrap } from '../report/wrap.ts';
import type { Asker, Choice } from './asker.ts';

/**
 * Numbered questions in plain lines that nothing redraws, for screen readers and for terminals that cannot move their
 * cursor. A line with `<` goes back; the end of the input ends the questions.
 *
 * @param columns where lines are broken
 */
export function plainAsker(
  columns: number,
  input: Readable = process.stdin,
  output: Writable = process.stdout,
): Asker {
  const width = Math.min(columns, 100);
  const say = (text = '') => output.write(`${text}\n`);
  const paragraph = (text: string) => say(wrap(text, width).join('\n'));
  let lines: AsyncIterator<string> | undefined;
  const read = async (prompt: string): Promise<string> => {
    output.write(`${prompt} `);
    lines ??= createInterface({ input, terminal: false })[Symbol.asyncIterator]();
    const { done, value } = await lines.next();
    if (done) throw new Cancelled();
    if (value.trim() === '<') throw new Back();
    return value.trim();
  };
  /** Asks until the answer can be read. */
  const until = async <T>(
    prompt: string,
    parse: (typed: string) => T | undefined,
    wrong: string,
  ) => {
    for (;;) {
      const answer = parse(await read(prompt));
      if (answer !== undefined) return answer;
      paragraph(wrong);
    }
  };
  const list = (question: string, choices: readonly Choice[]) => {
    say();
    paragraph(question);
    choices.forEach(({ label, hint, disabled }, index) => {
      const text = [label, ...(disabled ? ['cannot be chosen'] : []), ...(hint ? [hint] : [])];
      paragraph(`${index + 1}. ${text.join(': ')}`);
    });
  };
  return {
    intro: (title) => {
      paragraph(title);
      paragraph('Type < to go back to the question before.');
    },
    outro: (text) => paragraph(text),
    tell: (text, level) => paragraph(level === 'warning' ? `Note: ${text}` : text),
    show: (title, body) => say(`\n${title}\n${body}`),
    async text({ question, initial, placeholder, fallback, problem }) {
      const proposed = initial ?? fallback ?? '';
      const example = proposed === '' && placeholder ? ` For example: ${placeholder}` : '';
      say();
      paragraph(`${question}${example}`);
      for (;;) {
        const nothing = fallback === undefined ? ', - for nothing' : '';
        const typed = await read(proposed === '' ? '>' : `[${proposed}${nothing}] >`);
        const answer = typed === '-' ? '' : typed === '' ? proposed : typed;
        const wrong = await problem?.(answer);
        if (wrong === undefined) return answer;
        paragraph(wrong);
      }
    },
    async select({ question, choices, initial }) {
      list(question, choices);
      const first = choices.findIndex(({ value }) => value === (initial ?? choices[0]?.value));
      return until(
        `[${first + 1}] >`,
        (typed) => {
          const choice = choices[(typed === '' ? first + 1 : Number(typed)) - 1];
          return choice?.disabled ? undefined : choice?.value;
        },
        `Type a number from 1 to ${choices.length}.`,
      );
    },
    async multiselect({ question, choices, initial, required }) {
      list(question, choices);
      const numbers = initial.map((value) => choices.findIndex((one) => one.value === value) + 1);
      const none = required ? '' : '0';
      paragraph(`Type several numbers with commas between them${none && ', or 0 for none'}.`);
      return until(
        `[${numbers.join(',') || none}] >`,
        (typed) => {
          const wanted = typed === '' ? numbers : typed.split(/[\s,]+/).map(Number);
          const chosen = wanted
            .filter((number) => number !== 0)
            .map((number) => choices[number - 1]);
          const values = chosen.flatMap((choice) => (choice ? [choice.value] : []));
          const right = values.length === chosen.length && (values.length > 0 || !required);
          return right ? values : undefined;
        },
        `Type numbers from 1 to ${choices.length}${none && ', or 0'}.`,
      );
    },
    async confirm(question, initial, { yes = 'yes', no = 'no' } = {}) {
      say();
      paragraph(`${question} (y for ${yes}, n for ${no})`);
      return until(
        `[${initial ? 'y' : 'n'}] >`,
        (typed) =>
          typed === '' ? initial : /^y/i.test(typed) ? true : /^n/i.test(typed) ? false : undefined,
        'Type y or n.',
      );
    },
    wait: (title) => {
      paragraph(`${title} …`);
      return () => {};
    },
  };
}
