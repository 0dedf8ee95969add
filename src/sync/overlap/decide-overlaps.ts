import { exitCode, StackError } from '../../errors.ts';
import { match } from '../paths.ts';
import type { Choice, Overlap, SyncOptions } from '../types.ts';
import { type Conflict, type FileMerger, mergeFile, type Segment } from './merge-file.ts';

/** A conflict after the owner's decisions: its content, or what is still open. */
export type Settled =
  | { readonly content: Buffer; readonly kept: boolean }
  | { readonly open: readonly Overlap[]; readonly segments: readonly Segment[] };

/** Applies the decisions to a file, asking where somebody can be asked. */
export async function settle(
  conflict: Conflict,
  merger: FileMerger | undefined,
  options: SyncOptions,
): Promise<Settled> {
  const segments = await mergeFile(conflict, merger);
  const chosen: string[] = [];
  const open: Overlap[] = [];
  let line = 1;
  let kept = false;
  for (const segment of segments) {
    if ('text' in segment) {
      chosen.push(segment.text);
      line += countLines(segment.text);
      continue;
    }
    const overlap = describe(conflict.path, segment, line);
    line += overlap.lines;
    const choice = decided(conflict.path, options) ?? (await ask(overlap, options));
    if (choice === undefined) open.push(overlap);
    else if (choice === 'cancel') throw cancelled();
    else if (typeof choice === 'object') chosen.push(Buffer.from(choice.text).toString('latin1'));
    else {
      chosen.push(segment[choice]);
      kept ||= choice === 'mine';
    }
  }
  return open.length > 0
    ? { open, segments }
    : { content: Buffer.from(chosen.join(''), 'latin1'), kept };
}

/** What `mine` and `theNew` say about a path; the more exact name wins. */
function decided(
  path: string,
  { mine = [], theNew = [] }: SyncOptions,
): 'mine' | 'new' | undefined {
  const [forMine, forNew] = [match(mine, path), match(theNew, path)];
  if (forMine === undefined && forNew === undefined) return undefined;
  return (forMine ?? -1) >= (forNew ?? -1) ? 'mine' : 'new';
}

async function ask(
  overlap: Overlap,
  { decide, markers, dryRun }: SyncOptions,
): Promise<Choice | undefined> {
  return dryRun || markers ? undefined : decide?.(overlap);
}

function describe(
  path: string,
  segment: Exclude<Segment, { text: string }>,
  line: number,
): Overlap {
  return {
    path,
    line,
    lines: countLines(segment.mine),
    base: segment.base === undefined ? undefined : decode(segment.base),
    mine: decode(segment.mine),
    new: decode(segment.new),
  };
}

function countLines(text: string): number {
  return (text.match(/\n/g)?.length ?? 0) + (text === '' || text.endsWith('\n') ? 0 : 1);
}

function decode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function cancelled(): StackError {
  return new StackError(
    { what: 'Cancelled. Nothing was changed.' },
    { exitCode: exitCode.cancelled },
  );
}
