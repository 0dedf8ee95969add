import { addRelease } from '../../add-release.ts';
import { gather } from '../../answers/gather.ts';
import { StackError } from '../../errors.ts';
import { changesFor, stackIn } from '../../inspect.ts';
import {
  changesBetween,
  compareTags,
  heardAfter,
  loadRelease,
  newestRelease,
  openCatalogue,
} from '../../releases/index.ts';
import type { CommandContext } from '../context.ts';
import type { Invocation } from '../invocation.ts';
import { addedText, changesText, type ReleaseRow, releaseList } from '../report/releases.ts';
import type { RunCommand } from './command.ts';

/** Lists the releases, says what is different between two of them, or reads a new one into the stack here. */
export const releases: RunCommand = async (invocation, context) => {
  const [action, ...rest] = invocation.words;
  if (action === undefined) await list(invocation, context);
  else if (action === 'diff') await compare(rest, invocation, context);
  else if (action === 'add') await add(rest, invocation, context);
  else {
    throw new StackError({
      what: `“releases ${action}” is no command.`,
      fix: 'Use npx create-jitsi-stack@latest releases, releases diff A B, or releases add --from CHECKOUT.',
    });
  }
  return 0;
};

async function list(invocation: Invocation, context: CommandContext): Promise<void> {
  const { directory, print, terminal } = context;
  const { existing, stacks } = await gather(
    invocation,
    await context.sections(),
    directory,
    directory,
  );
  const catalogue = openCatalogue(stacks);
  const known = await Promise.all(catalogue.tags.map((tag) => loadRelease(tag, catalogue)));
  const pinned = (tag: string) => tag === existing?.release;
  const rows: ReleaseRow[] = [
    ...heardAfter(catalogue).map(({ tag, since }) => ({
      tag,
      date: since,
      newest: false,
      pinned: pinned(tag),
      unread: true as const,
      breaks: [],
    })),
    ...known.map(({ tag, date, avoid, readFrom }) => ({
      tag,
      date,
      newest: tag === newestRelease,
      pinned: pinned(tag),
      ...(readFrom !== undefined && { readFrom }),
      breaks: avoid,
    })),
  ].sort((one, other) => compareTags(other.tag, one.tag));
  print(invocation.json ? `${JSON.stringify(rows, null, 2)}\n` : releaseList(rows, terminal));
}

async function compare(
  tags: readonly string[],
  invocation: Invocation,
  context: CommandContext,
): Promise<void> {
  const [one, other] = tags;
  if (one === undefined || other === undefined || tags.length > 2) {
    throw new StackError({
      what: 'Name two releases to compare.',
      fix: 'For example: npx create-jitsi-stack@latest releases diff stable-11031 stable-11146-2',
    });
  }
  const stack = await stackIn(context.directory, invocation, context);
  const catalogue = stack?.catalogue ?? openCatalogue([context.directory]);
  await Promise.all([loadRelease(one, catalogue), loadRelease(other, catalogue)]);
  const [from, to] = compareTags(one, other) <= 0 ? [one, other] : [other, one];
  const all = from === to ? [] : await changesBetween(from, to, catalogue);
  const changes = stack ? await changesFor(stack.plan, all) : all;
  const { print, terminal } = context;
  const domain = stack?.plan.answers.domain;
  print(
    invocation.json
      ? `${JSON.stringify({ from, to, ...(domain && { for: domain }), changes }, null, 2)}\n`
      : changesText({ from, to, changes, ...(domain && { domain }) }, terminal),
  );
}

async function add(
  words: readonly string[],
  invocation: Invocation,
  context: CommandContext,
): Promise<void> {
  const added = await addRelease(words, invocation, context.directory);
  const { print, terminal } = context;
  print(invocation.json ? `${JSON.stringify(added, null, 2)}\n` : addedText(added, terminal));
}
