import type { CommandContext } from './context.ts';
import type { Terminal } from './terminal.ts';
import type { Asker, Choice } from './wizard/asker.ts';

/**
 * Characters that a terminal obeys instead of showing: C0 and C1 but for ends of lines and tabs, and those that turn the
 * direction of writing.
 */
const obeyed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/g;

/** Text from anywhere, with what a terminal would obey shown as `\u001b`; inside JSON it is the same text. */
export function visible(text: string): string {
  return text.replace(
    obeyed,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The same surroundings, where everything that is said, printed, shown or asked comes out visible: answers, locks, old
 * installations and servers are written by others. Colours are marked with something that nobody can guess and that takes no
 * column, and are put in last.
 *
 * @param details show everything, however long it is
 */
export function visibleContext(context: CommandContext, details: boolean): CommandContext {
  // As a sequence of a terminal's, so that whoever measures a line leaves it out. What is shown was written before this run,
  // so it cannot know what this run draws by lot.
  const key = Array.from({ length: 4 }, () => 1000 + Math.floor(Math.random() * 9000)).join(';');
  const formats: [open: string, close: string][] = [];
  const known = new Map<string, string>();
  const style: Terminal['style'] = (format, text) => {
    const name = JSON.stringify(format);
    if (!known.has(name)) {
      const [open = '', close = ''] = context.terminal.style(format, '\n').split('\n');
      known.set(name, String(formats.push([open, close]) - 1));
    }
    const mark = `\u001b[${key};${known.get(name)}`;
    return formats.at(Number(known.get(name)))?.[0] === '' ? text : `${mark};0m${text}${mark};1m`;
  };
  const marks = new RegExp(`\u001b\\[${key};(\\d+);([01])m`);
  /** Between one text and the next stand the number of a format, and whether it begins or ends. */
  const show = (text: string) =>
    text
      .split(marks)
      .map((part, index, all) => {
        if (index % 3 === 0) return visible(part);
        return index % 3 === 1 ? (formats[Number(part)]?.[Number(all[index + 1])] ?? '') : '';
      })
      .join('');
  // What a terminal is like is asked for when it is needed; what was said there has taken its room.
  let said = 0;
  const room = () => Math.max(context.terminal.lines - said, 18);
  const terminal: Terminal = Object.create(context.terminal, {
    style: { value: style },
    lines: { get: details ? () => Number.POSITIVE_INFINITY : room },
  });
  return {
    ...context,
    terminal,
    print: (text) => context.print(show(text)),
    say: (text) => {
      said += text.split('\n').length - 1;
      context.say(show(text));
    },
    asker: async () => visibleAsker(await context.asker(), show),
  };
}

function visibleAsker(asker: Asker, show: (text: string) => string): Asker {
  const choices = (list: readonly Choice[]) =>
    list.map(({ label, hint, ...choice }) => ({
      ...choice,
      label: show(label),
      ...(hint !== undefined && { hint: show(hint) }),
    }));
  const { password } = asker;
  return {
    intro: (title) => asker.intro(show(title)),
    outro: (text) => asker.outro(show(text)),
    tell: (text, level) => asker.tell(show(text), level),
    show: (title, body) => asker.show(show(title), show(body)),
    text: ({ problem, question, ...rest }) =>
      asker.text({
        ...rest,
        question: show(question),
        ...(problem && {
          problem: async (typed: string) => {
            const found = await problem(typed);
            return found === undefined ? undefined : show(found);
          },
        }),
      }),
    ...(password && { password: (question: string) => password(show(question)) }),
    select: (one) =>
      asker.select({ ...one, question: show(one.question), choices: choices(one.choices) }),
    multiselect: (one) =>
      asker.multiselect({ ...one, question: show(one.question), choices: choices(one.choices) }),
    confirm: (question, initial, labels) => asker.confirm(show(question), initial, labels),
    wait: (title) => asker.wait(show(title)),
  };
}
