import { StackError } from '../../errors.ts';
import { stakeOf } from '../../plan/stake.ts';
import {
  changesBetween,
  compareTags,
  concerns,
  loadRelease,
  newestRelease,
  releaseTags,
} from '../../releases/index.ts';
import { gather } from '../gather.ts';
import type { Invocation } from '../invocation.ts';
import { changesText, type ReleaseRow, releaseList } from '../report/releases.ts';
import { stackIn } from '../stack-here.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from './index.ts';

/** Lists the releases of the catalogue, or what is different between two of them. */
export const releases: Run = async (invocation, surroundings) => {
  const [action, ...rest] = invocation.words;
  if (action === undefined) await list(invocation, surroundings);
  else if (action === 'diff') await compare(rest, invocation, surroundings);
  else {
    throw new StackError({
      what: `“releases ${action}” is no command.`,
      fix: 'Use create-jitsi-stack releases, or create-jitsi-stack releases diff A B.',
    });
  }
  return 0;
};

async function list(invocation: Invocation, surroundings: Surroundings): Promise<void> {
  const { directory, sections, print, terminal } = surroundings;
  const { existing } = await gather(invocation, sections, directory, directory);
  const known = await Promise.all(releaseTags().map((tag) => loadRelease(tag)));
  const rows: ReleaseRow[] = known.reverse().map(({ tag, date, avoid }) => ({
    tag,
    date,
    newest: tag === newestRelease,
    pinned: tag === existing?.release,
    breaks: avoid,
  }));
  print(invocation.json ? `${JSON.stringify(rows, null, 2)}\n` : releaseList(rows, terminal));
}

async function compare(
  tags: readonly string[],
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<void> {
  const [one, other] = tags;
  if (one === undefined || other === undefined || tags.length > 2) {
    throw new StackError({
      what: 'Two releases are needed.',
      fix: 'For example: create-jitsi-stack releases diff stable-11031 stable-11146-2',
    });
  }
  await Promise.all([loadRelease(one), loadRelease(other)]);
  const [from, to] = compareTags(one, other) <= 0 ? [one, other] : [other, one];
  const stack = await stackIn(surroundings.directory, invocation, surroundings);
  const stake = stack && stakeOf(stack.plan);
  const changes = (from === to ? [] : await changesBetween(from, to)).filter(
    (change) => !stake || concerns(change, stake),
  );
  const { print, terminal } = surroundings;
  const domain = stack?.plan.answers.domain;
  print(
    invocation.json
      ? `${JSON.stringify({ from, to, ...(domain && { for: domain }), changes }, null, 2)}\n`
      : changesText({ from, to, changes, ...(domain && { domain }) }, terminal),
  );
}
