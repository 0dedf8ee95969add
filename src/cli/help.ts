import type { Flag } from '../answers/flags.ts';
import { StackError } from '../errors.ts';
import { commands } from './commands/index.ts';
import { type CommandOption, options } from './options.ts';
import { program } from './report/program.ts';
import { wrap } from './report/wrap.ts';
import type { Terminal } from './terminal.ts';

const width = 80;
const column = 30;
/** Where few long names stand in the first column. */
const short = 22;

/**
 * What `help` and `--help` print.
 *
 * @param words what it is asked about; nothing, or something that there is no help about, gets the first page
 */
export function helpAbout(
  [about = '', part]: readonly string[],
  flags: readonly Flag[],
  terminal: Pick<Terminal, 'lines'>,
): string {
  if (Object.hasOwn(commands, about)) return commandHelp(about);
  if (about === 'options') return optionsText();
  if (about === 'answers') return answersText(flags, part);
  return helpText(flags, terminal);
}

/** `--help` on a terminal: what can be done, what is used most, and where the rest is. */
function helpText(flags: readonly Flag[], { lines }: Pick<Terminal, 'lines'>): string {
  if (lines === Number.POSITIVE_INFINITY) return wholeText(flags);
  const often = ['yes', 'dry-run', 'release', 'details'] as const;
  return `${[
    'Writes a complete self-hosted Jitsi Meet repository, and keeps it in sync.',
    usage(),
    ['Often used:', ...often.map((name) => optionRow(name, options[name], short))].join('\n'),
    [
      `Every answer has a flag too, such as --domain meet.example.org.`,
      row('help COMMAND', 'what a command does, with an example', short),
      row('help options', 'every option', short),
      row('help answers [PART]', 'every flag of an answer', short),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

/** Every option that is not an answer. */
function optionsText(): string {
  return `${[...optionBlocks(), exits].join('\n\n')}\n`;
}

/**
 * The flags of a part of the answers, or which parts there are.
 *
 * @throws StackError for a part that there is not
 */
function answersText(flags: readonly Flag[], part?: string): string {
  const names = [...new Set(flags.map((flag) => flag.part.name))].join(', ');
  if (part === undefined) {
    const call = `${program} help answers network`;
    return `${[...wrap(`The answers have these parts: ${names}.`, width), `The flags of one: ${call}`].join('\n')}\n`;
  }
  const found = flags.filter((flag) => flag.part.name === part);
  if (found.length === 0) {
    throw new StackError({
      what: `The answers have no part “${part}”.`,
      fix: `There are ${names}.`,
    });
  }
  return `${answerBlocks(found).join('\n\n')}\n`;
}

/** All of it, for a pipe and for whoever asks. */
function wholeText(flags: readonly Flag[]): string {
  return `${[
    'Writes a complete self-hosted Jitsi Meet repository, and keeps it in sync.',
    usage(),
    ...optionBlocks(),
    ...answerBlocks(flags),
    [
      'Examples:',
      `  ${program} meet`,
      `  ${program} meet --yes --domain meet.example.org`,
      `  ${program} meet --set settings.ENABLE_LOBBY=0 --dry-run`,
      '',
      'npm create jitsi-stack@latest is the same; it wants -- before the first option.',
    ].join('\n'),
    exits,
  ].join('\n\n')}\n`;
}

const exits = [
  'Exit codes: 0 done; 1 your edits overlap with the update, not up to date,',
  'another run is at work here, or the doctor found something wrong; 2 a wrong or',
  'missing answer, or something in the way, said with what to do; 130 cancelled.',
].join('\n');

/** What one command does and takes. */
function commandHelp(name: string): string {
  const { words = '', about = '', more = '', example } = commands[name] ?? {};
  const first = about.replace(/^./, (letter) => letter.toUpperCase());
  const blocks = [
    `Usage: ${[program, name, words].filter(Boolean).join(' ')}`,
    wrap(`${first}. ${more}`, width).join('\n'),
    ...(example ? [`For example:\n  ${example}`] : []),
    `All commands: ${program} --help`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function usage(): string {
  const rows = [
    ['[dir]', 'create a stack in dir, or update the one that is there'],
    ...Object.entries(commands).map(([name, { words, about }]) => [
      [name, words].filter(Boolean).join(' '),
      about,
    ]),
  ];
  const column = Math.max(...rows.map(([left = '']) => left.length)) + 4;
  return [
    `Usage: ${program} …`,
    ...rows.map(([left = '', right = '']) => row(left, right, Math.min(column, short))),
  ].join('\n');
}

function optionBlocks(): string[] {
  const blocks = new Map<string, string[]>();
  for (const [name, option] of Object.entries<CommandOption>(options)) {
    const { heading } = option;
    blocks.set(heading, [...(blocks.get(heading) ?? []), optionRow(name, option)]);
  }
  return [...blocks].map(([heading, rows]) => [`${heading}:`, ...rows].join('\n'));
}

function optionRow(
  name: string,
  { short: letter, argument, about }: CommandOption,
  at = column,
): string {
  const left = `${letter ? `-${letter}, ` : ''}--${name}${argument ? ` ${argument}` : ''}`;
  return row(left, about, at);
}

function answerBlocks(flags: readonly Flag[]): string[] {
  const blocks = new Map<string, string[]>();
  for (const { name, argument, about, choices, part } of flags) {
    const only = choices.length > 0 ? `with ${choices.join(', ')}: ` : '';
    const line = row(`--${name} ${argument}`.trimEnd(), `${only}${about}`);
    blocks.set(part.title, [...(blocks.get(part.title) ?? []), line]);
  }
  return [...blocks].map(([title, rows]) => [`${title}:`, ...rows].join('\n'));
}

function row(left: string, right: string, at = column): string {
  const [first = '', ...more] = wrap(right, width - at);
  // A list of choices has no blanks; it may go on in the next line after each bar.
  const head = wrap(left.replaceAll('|', '| '), width - 4)
    .map((line, index) => `${index === 0 ? '  ' : '    '}${line.replaceAll('| ', '|')}`)
    .join('\n');
  const indent = ' '.repeat(at);
  const start = head.length < at - 1 ? head.padEnd(at) + first : `${head}\n${indent}${first}`;
  return [start, ...more.map((line) => indent + line)].join('\n');
}
