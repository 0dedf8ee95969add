import type { UpgradeItem } from '../../plan/upgrade.ts';
import { compareTags } from '../../releases/index.ts';
import type { StackUpgrade } from '../../stack-update.ts';
import type { Terminal } from '../terminal.ts';
import { firstOf, firstSentence, type Part } from './fit.ts';
import { listing } from './table.ts';
import { wrap } from './wrap.ts';

/** What a new release changes for this stack: what is left to do by hand first, then what happens by itself. */
export function upgradeText(upgrade: StackUpgrade, terminal: Terminal, width: number): string {
  const { from, to, items, images, downtime, commands, mentions, renamed, gone } = upgrade;
  const { style } = terminal;
  const byHand = items.filter(({ by }) => by === 'owner');
  const byItself = items.filter(({ by }) => by === 'stack');
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${style('bold', title)}\n${lines.join('\n')}`];
  return [
    `${from} → ${to}`,
    ...unknowns(upgrade).map((text) => wrap(text, width).join('\n')),
    ...block(
      'Settings that are gone, and left out',
      gone.map(({ what, fix }) => bullet(what, fix, width)),
    ),
    ...block(
      'Settings under a new name, taken over',
      renamed.map((one) => `  - ${one.from} → ${one.to.join(', ')}`),
    ),
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
              images.map(({ service, ...change }) => [service, imageText(change)]),
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

/** The new image without its digest, which nobody reads; where nothing else is new, that is said. */
function imageText({ from, to }: { readonly from: string; readonly to: string }): string {
  const [before, after] = [from, to].map((reference) => reference.split('@')[0]);
  return before === after && from.includes('@') ? `${after}, built anew` : `${after}`;
}

/** The report in full, and in the lines that nobody may miss. */
export function upgradeVersions(upgrade: StackUpgrade, terminal: Terminal, width: number): Part {
  const { from, to, items, mentions, renamed, gone, downtime } = upgrade;
  const byHand = items.filter(({ by }) => by === 'owner');
  const itself = items.length - byHand.length;
  const line = (what: string) => wrap(what, width - 4).join('\n    ');
  const list = [
    ...gone.map(({ name }) => `settings.${name} is gone`),
    ...mentions.map(({ path, line, word }) => `${path}, line ${line}: ${word} is no longer right`),
    ...byHand.map(({ what }) => what),
  ].map((text) => `  - ${line(firstSentence(text))}`);
  const ends = [
    ...(renamed.length > 0 ? [`Renamed settings that come along: ${renamed.length}.`] : []),
    ...(itself > 0 ? [`${itself} things change by themselves.`] : []),
    firstSentence(downtime),
  ];
  const head = `${from} → ${to}${list.length > 0 ? ', to look at or to do by hand:' : ''}`;
  const end = wrap(ends.join(' '), width).join('\n');
  const few = firstOf(list, 4, (rest) => `  … and ${rest} more`);
  return [
    upgradeText(upgrade, terminal, width),
    [head, ...list, end].join('\n'),
    [head, ...few, end].join('\n'),
  ];
}

/** What this version of the tool cannot say about the way to the new release. */
function unknowns({ to, knownUntil, undescribed, items }: StackUpgrade): string[] {
  const isHeardOf = items.some(({ since }) => compareTags(since, knownUntil ?? since) > 0);
  return [
    ...(undescribed.length === 0
      ? []
      : [
          `Of ${undescribed.join(' and ')} this version knows what was read from its files: what has changed in behaviour is in its release notes.`,
        ]),
    ...(knownUntil === undefined
      ? []
      : [
          isHeardOf
            ? `The files of ${to} have not been read for this version. What others say about it is below; more may have changed since ${knownUntil}.`
            : `What changed after ${knownUntil} is not known to this version.`,
        ]),
  ];
}

/** One change: since when, what, and what to do about it. */
function itemText(
  { since, what, todo, commands }: UpgradeItem,
  { style }: Terminal,
  width: number,
): string {
  return [
    bullet(`${what} (${since})`, todo, width),
    ...commands.map((command) => `    ${style('cyan', `$ ${command}`)}`),
  ].join('\n');
}

function bullet(what: string, todo: string | undefined, width: number): string {
  const lines = (text: string) => wrap(text, width - 4);
  return [
    ...lines(what).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
    ...(todo === undefined ? [] : lines(`→ ${todo}`).map((line) => `    ${line}`)),
  ].join('\n');
}
