import { answerFlags, argumentOf } from '../answers/flags.ts';
import type { Section } from '../answers/sections.ts';
import { commands } from './commands/index.ts';
import { type CommandOption, options } from './options.ts';
import { program } from './report/program.ts';
import { wrap } from './report/wrap.ts';

const width = 80;
const column = 30;

/** The text of `--help`. The flags of the answers follow from the questions. */
export function helpText(sections: readonly Section[]): string {
  return `${[
    'Writes a complete self-hosted Jitsi Meet repository, and keeps it in sync.',
    usage(),
    ...optionBlocks(),
    ...answerBlocks(sections),
    [
      'Examples:',
      `  ${program} meet`,
      `  ${program} meet --yes --domain meet.example.org`,
      `  ${program} meet --set settings.ENABLE_LOBBY=0 --dry-run`,
      '',
      'npm create jitsi-stack@latest is the same; it wants -- before the first option.',
      '',
      'Exit codes: 0 done; 1 your edits overlap with the update, not up to date,',
      'another run is at work here, or the doctor found something wrong; 2 a wrong or',
      'missing answer, or something in the way, said with what to do; 130 cancelled.',
    ].join('\n'),
  ].join('\n\n')}\n`;
}

/** What one command does and takes. */
export function commandHelp(name: string): string {
  const { words = '', about = '', example } = commands[name] ?? {};
  const blocks = [
    `Usage: ${[program, name, words].filter(Boolean).join(' ')}`,
    wrap(`${about.replace(/^./, (letter) => letter.toUpperCase())}.`, width).join('\n'),
    ...(example ? [`For example:\n  ${example}`] : []),
    `${program} --help lists every command and option.`,
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
  return [`Usage: ${program} …`, ...rows.map(([left = '', right = '']) => row(left, right))].join(
    '\n',
  );
}

function optionBlocks(): string[] {
  const blocks = new Map<string, string[]>();
  for (const [name, option] of Object.entries<CommandOption>(options)) {
    const { heading, short, argument, about } = option;
    const left = `${short ? `-${short}, ` : ''}--${name}${argument ? ` ${argument}` : ''}`;
    blocks.set(heading, [...(blocks.get(heading) ?? []), row(left, about)]);
  }
  return [...blocks].map(([heading, rows]) => [`${heading}:`, ...rows].join('\n'));
}

function answerBlocks(sections: readonly Section[]): string[] {
  const flags = answerFlags(sections);
  return [...new Set(sections)].flatMap((section) => {
    const rows = flags
      .filter((flag) => flag.section === section)
      .map(({ name, field, choices }) => {
        const only = choices.length > 0 ? `with ${choices.join(', ')}: ` : '';
        return row(`--${name} ${argumentOf(field)}`.trimEnd(), `${only}${field.description}`);
      });
    return rows.length > 0 ? [[`${section.title}:`, ...rows].join('\n')] : [];
  });
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
