import * as clack from '@clack/prompts';
import { Back, Cancelled } from '../cancelled.ts';
import { wrap } from '../report/wrap.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker, Choice } from './asker.ts';
import { LastKey } from './keys.ts';
import { spin } from './spinner.ts';

/** Prompts on this terminal. The only user of @clack/prompts. */
export function clackAsker(terminal: Terminal): Asker {
  const { style, columns } = terminal;
  // A pseudo-terminal may not know its size; the prompts would wrap at nothing.
  process.stdout.columns ||= columns;
  const output = clackOutput(style('bold', 'x') === 'x');
  const common = { ...(output && { output }) };
  const key = new LastKey(process.stdin);
  const answered = async <T>(prompt: () => Promise<T | typeof clack.CANCEL_SYMBOL>): Promise<T> => {
    const answer = await key.during(prompt);
    if (answer !== clack.CANCEL_SYMBOL) return answer as T;
    throw key.name === 'escape' ? new Back() : new Cancelled();
  };
  /** Sentences keep clear of the guide line on the left. */
  const fold = (text: string, room = 4) => wrap(text, Math.min(columns, 100) - room);
  const options = (choices: readonly Choice[]) =>
    choices.map(({ value, label, hint, disabled = false }) => ({
      value,
      disabled,
      // Once it is answered, what the choices mean has been read.
      get label() {
        if (!hint || key.name === 'return' || key.name === 'escape') return label;
        return `${label}\n  ${style('dim', fold(hint, 20).join('\n  '))}`;
      },
    }));
  return {
    intro: (title) => clack.intro(style('inverse', ` ${title} `), common),
    outro: (text) => clack.outro(fold(text).join('\n   '), common),
    tell(text, level = 'info') {
      const write = { info: clack.log.info, warning: clack.log.warn, success: clack.log.success };
      write[level](fold(text).join('\n'), common);
    },
    show: (title, body) =>
      clack.log.message(`${style('bold', title)}\n${body}`, {
        ...common,
        symbol: style('green', terminal.unicode ? '◇' : 'o'),
      }),
    text: ({ question, initial, placeholder, fallback, problem }) =>
      answered(() =>
        clack.text({
          ...common,
          message: question,
          ...(initial !== undefined && { initialValue: initial }),
          // Pale or not, a bare example looks like an answer that Enter would take.
          ...(placeholder !== undefined && {
            placeholder: `${fallback === undefined ? 'for example' : 'Enter takes'} ${placeholder}`,
          }),
          ...(fallback !== undefined && { defaultValue: fallback }),
          ...(problem && {
            validate: async (typed: string | undefined) => {
              const found = await problem(typed || fallback || '');
              return found === undefined ? undefined : fold(found).join('\n   ');
            },
          }),
        }),
      ),
    password: async (question) =>
      (await answered(() => clack.password({ ...common, message: question }))) ?? '',
    select: ({ question, choices, initial }) =>
      answered(() =>
        clack.select({
          ...common,
          message: question,
          options: options(choices),
          ...(initial !== undefined && { initialValue: initial }),
          showInstructions: false,
        }),
      ),
    multiselect: ({ question, choices, initial, required = false }) =>
      answered(() =>
        clack.multiselect({
          ...common,
          message: `${question} ${style('dim', '(space selects, Enter goes on)')}`,
          options: options(choices),
          initialValues: initial,
          required,
          showInstructions: false,
        }),
      ),
    confirm: (question, initial, { yes, no } = {}) =>
      answered(() =>
        clack.confirm({
          ...common,
          message: question,
          initialValue: initial,
          ...(yes && { active: yes }),
          ...(no && { inactive: no }),
        }),
      ),
    wait: (title) => spin(title, terminal, process.stdout),
  };
}

/** Node 20.12's styleText knows nothing of NO_COLOR, so the colours of the prompts are taken out on their way. */
function clackOutput(plain: boolean): NodeJS.WriteStream | undefined {
  if (!plain) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  const colours = /\u001b\[[\d;]*m/g;
  return new Proxy(process.stdout, {
    get(stream, key) {
      const value = Reflect.get(stream, key, stream);
      if (key === 'write') return (text: string) => stream.write(text.replace(colours, ''));
      return typeof value === 'function' ? value.bind(stream) : value;
    },
  });
}
