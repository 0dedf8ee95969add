import type { Added } from '../../add-release.ts';
import type { Advice, Change } from '../../releases/index.ts';
import type { Terminal } from '../terminal.ts';
import { fitting } from './fit.ts';
import { listing, table } from './table.ts';
import { wrap } from './wrap.ts';

export interface ReleaseRow {
  readonly tag: string;
  readonly date: string;
  readonly newest: boolean;
  /** The one that the stack here is made for. */
  readonly pinned: boolean;
  /** The file in the stack that its facts come from, when the tool does not know it by itself. */
  readonly readFrom?: string;
  /** It is out, but its files were not read for this version of the tool. */
  readonly unread?: true;
  readonly breaks: readonly Advice[];
}

/** Releases with their day, what marks them, and what they are known to break. */
export function releaseList(rows: readonly ReleaseRow[], { columns, lines }: Terminal): string {
  const heads = table(rows.map(({ tag, date }) => [tag, date]));
  const texts = rows.map(({ newest, pinned, readFrom, unread, breaks }) =>
    [
      ...(unread ? ['out, not read yet: releases add lets a stack learn it'] : []),
      ...(newest ? ['newest, the default'] : []),
      ...(pinned ? ['this stack'] : []),
      ...(readFrom === undefined ? [] : [`this stack’s own: ${readFrom}`]),
      ...breaks.map(({ feature, why }) => `breaks ${feature}: ${why}`),
    ].join('\n'),
  );
  const width = Math.min(columns, 100);
  const list = heads.map((head, index) => listing([[head, texts[index] ?? '']], width));
  const more = (rest: number) => `… and ${rest} older ones, with --details`;
  return `${fitting(list, lines - 2, more).join('\n')}\n`;
}

export interface Comparison {
  readonly from: string;
  readonly to: string;
  /** The stack to which everything that does not concern it was left out. */
  readonly domain?: string;
  readonly changes: readonly Change[];
}

/** What is different for an operator, by the release that brought it. */
export function changesText(
  { from, to, domain, changes }: Comparison,
  { style, columns }: Terminal,
): string {
  const width = Math.min(columns, 100);
  const scope = domain === undefined ? '' : `, as far as it concerns ${domain}`;
  const title = `${from} → ${to}${scope}`;
  if (changes.length === 0) return `${title}\n\nNothing changes.\n`;
  const tags = [...new Set(changes.map(({ since }) => since))];
  const blocks = tags.map((tag) => {
    const here = changes.filter(({ since }) => since === tag);
    const fresh = here.filter(isNewName).flatMap(({ names }) => names);
    const lines = here.filter((change) => !isNewName(change)).flatMap((one) => item(one, width));
    if (fresh.length > 0) lines.push(...bullet(`New settings: ${fresh.join(', ')}`, width));
    return [style('bold', tag), ...lines].join('\n');
  });
  return `${[title, ...blocks].join('\n\n')}\n`;
}

/** What a stack has learnt, what is different about it, and what to do with it. */
export function addedText(added: Added, terminal: Terminal): string {
  const { path, written, commit, to } = added;
  const done = !written
    ? `${path} says all this already.`
    : `${path} has its facts now${commit === undefined ? '; commit it with the stack' : `, in commit ${commit.slice(0, 8)}`}.`;
  const next = `What it means for this stack: npx create-jitsi-stack@latest --release ${to} --dry-run`;
  const width = Math.min(terminal.columns, 100);
  return `${changesText(added, terminal)}\n${wrap(done, width).join('\n')}\n${next}\n`;
}

/** A variable that nobody can have set yet. */
function isNewName({ topic, todo, what }: Change): boolean {
  return topic === 'settings' && todo === undefined && what.endsWith(' is new.');
}

function item({ what, todo }: Change, width: number): string[] {
  const advice = todo === undefined ? [] : wrap(`→ ${todo}`, width - 4);
  return [...bullet(what, width), ...advice.map((line) => `    ${line}`)];
}

function bullet(text: string, width: number): string[] {
  return wrap(text, width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}
