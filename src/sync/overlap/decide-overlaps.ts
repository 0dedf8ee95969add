import { exitCode, StackError } from '../../errors.ts';
import { match } from '../paths.ts';
import type { Decision, Overlap, SyncOptions } from '../types.ts';
import { type FileMerger, mergeFile, type OverlappingFile, type Segment } from './merge-file.ts';

/** A file after the owner's decisions: its content, or the overlaps that are still open. */
export type DecidedFile =
  | { readonly content: Buffer; readonly kept: boolean }
  | { readonly open: readonly Overlap[]; readonly segments: readonly Segment[] };

/** Applies the decisions to a file, asking where somebody can be asked. */
export async function decideOverlaps(
  file: OverlappingFile,
  merger: FileMerger | undefined,
  options: SyncOptions,
): Promise<DecidedFile> {
  const segments = await mergeFile(file, merger);
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
    const overlap = describe(file.path, segment, line);
    line += overlap.lines;
    const decision =
      decidedBefore(file.path, options) ?? both(overlap) ?? (await askOwner(overlap, options));
    if (decision === undefined) open.push(overlap);
    else if (decision === 'cancel') throw cancelled();
    else if (typeof decision === 'object')
      chosen.push(Buffer.from(decision.text).toString('latin1'));
    else {
      chosen.push(segment[decision]);
      kept ||= decision === 'mine';
    }
  }
  return open.length > 0
    ? { open, segments }
    : { content: Buffer.from(chosen.join(''), 'latin1'), kept };
}

/** What `mine` and `new` say about a path; the more exact name wins. */
function decidedBefore(
  path: string,
  { mine = [], new: fresh = [] }: SyncOptions,
): 'mine' | 'new' | undefined {
  const [forMine, forNew] = [match(mine, path), match(fresh, path)];
  if (forMine === undefined && forNew === undefined) return undefined;
  return (forMine ?? -1) >= (forNew ?? -1) ? 'mine' : 'new';
}

/** Lists of patterns that were here before the stack have room for both: every line stands for itself, and the last wins. */
function both({ path, base, mine, new: generated }: Overlap): Decision | undefined {
  if (base !== undefined || !/(^|\/)\.git(?:ignore|attributes)$/.test(path)) return undefined;
  return { text: mine === '' || mine.endsWith('\n') ? mine + generated : `${mine}\n${generated}` };
}

async function askOwner(
  overlap: Overlap,
  { decide, markers, dryRun }: SyncOptions,
): Promise<Decision | undefined> {
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
