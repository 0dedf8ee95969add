import { isSwitchedOn, type KnownSetting } from '../../releases/index.ts';
import type { Terminal } from '../terminal.ts';
import { firstOf, linesOf } from './fit.ts';
import { program } from './program.ts';
import { wrap } from './wrap.ts';

export interface SettingRow extends KnownSetting {
  /** What the stack here has. */
  readonly value?: unknown;
}

/** Settings with what each does. Without a word to look for, those that have a sentence stand for all. */
export function settingsText(
  { rows, tag, narrowed }: { rows: readonly SettingRow[]; tag: string; narrowed: boolean },
  { columns, lines }: Terminal,
): string {
  const width = Math.min(columns, 100);
  const shown = narrowed ? rows : rows.filter(({ about, value }) => about ?? value !== undefined);
  const left = rows.length - shown.length;
  const last = [
    'Set one with --set settings.NAME=VALUE, or in jitsi-stack.json.',
    left > 0
      ? `${left} more of ${tag} have no description: npx create-jitsi-stack@latest settings WORD finds them by their names, --json lists all.`
      : '',
  ];
  const all = `${shown.map((row) => entry(row, width)).join('\n')}\n\n${wrap(last.join(' ').trim(), width).join('\n')}\n`;
  return linesOf(all) <= lines ? all : briefText(shown, { columns, lines });
}

/** The names alone where there is no room for what each does. */
function briefText(
  rows: readonly SettingRow[],
  { columns, lines }: Pick<Terminal, 'columns' | 'lines'>,
): string {
  const width = Math.min(columns, 100);
  const ends = `${program} settings WORD says what those with WORD in them do; --details shows all of them.`;
  const names = wrap(rows.map(({ name }) => name).join('  '), width);
  const more = (rest: number) => `… and ${rest} lines more`;
  return `${firstOf(names, lines - 5, more).join('\n')}\n\n${wrap(ends, width).join('\n')}\n`;
}

/** The name with what it can be and is, and below it what it does. */
function entry({ name, kind, default: value, about, services, ...row }: SettingRow, width: number) {
  const usual = kind === 'text' ? value : isSwitchedOn(value ?? '') ? 'on' : 'off';
  const facts = [
    ...(kind === 'text' ? [] : ['true or false']),
    ...(value === undefined ? [] : [`usually ${usual}`]),
    ...(row.value === undefined ? [] : [`here ${JSON.stringify(row.value)}`]),
  ];
  const head = facts.length > 0 ? `${name}  (${facts.join(', ')})` : name;
  const indent = '    ';
  const text = about ?? `Read by ${services.join(', ')}.`;
  return [head, ...wrap(text, width - indent.length).map((line) => indent + line)].join('\n');
}
