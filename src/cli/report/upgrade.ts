import type { StackUpgrade } from '../../generate.ts';
import type { UpgradeItem } from '../../plan/upgrade.ts';
import type { Terminal } from '../terminal.ts';
import { listing } from './table.ts';
import { wrap } from './wrap.ts';

/** What a new release changes for this stack: what is left to do by hand first, then what happens by itself. */
export function upgradeText(upgrade: StackUpgrade, terminal: Terminal, width: number): string {
  const { from, to, knownUntil, items, images, downtime, commands, mentions } = upgrade;
  const { style } = terminal;
  const byHand = items.filter(({ by }) => by === 'owner');
  const byItself = items.filter(({ by }) => by === 'stack');
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${style('bold', title)}\n${lines.join('\n')}`];
  return [
    `${from} → ${to}`,
    ...(knownUntil === undefined
      ? []
      : [wrap(`What changed after ${knownUntil} is not known to this version.`, width).join('\n')]),
    ...block(
      'In files of your own, no longer right',
      mentions.map(({ path, line, word }) => `  - ${path}, line ${line}: ${word}`),
    ),
    ...block(
      'To look at, or to do by hand',
      byHand.map((item) => itemText(item, terminal, width)),
    ),
    ...block(
      'Changes by itself',
      byItself.map((item) => itemText(item, terminal, width)),
    ),
    ...block(
      'Images',
      images.length === 0
        ? []
        : [
            listing(
              images.map(({ service, to }) => [service, to]),
              width,
            ),
          ],
    ),
    ...block('Downtime', wrap(downtime, width)),
    ...block(
      'On the server, once this is committed',
      commands.map((command) => style('cyan', `$ ${command}`)),
    ),
  ].join('\n\n');
}

/** One change: since when, what, and what to do about it. */
function itemText(
  { since, what, todo, commands }: UpgradeItem,
  { style }: Terminal,
  width: number,
): string {
  const indent = '    ';
  const lines = (text: string) => wrap(text, width - indent.length);
  return [
    ...lines(`${what} (${since})`).map((line, index) => `${index === 0 ? '  - ' : indent}${line}`),
    ...(todo === undefined ? [] : lines(`→ ${todo}`).map((line) => indent + line)),
    ...commands.map((command) => `${indent}${style('cyan', `$ ${command}`)}`),
  ].join('\n');
}
