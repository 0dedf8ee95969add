import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Git, GitFailed } from '../run-git.ts';

/** A file that the owner and the new version both changed. */
export interface OverlappingFile {
  readonly path: string;
  readonly base: Buffer | undefined;
  readonly mine: Buffer;
  readonly new: Buffer;
}

/** A part of a merged file: agreed text, or an overlap. Bytes are kept one per character, so that any encoding survives. */
export type Segment =
  | { readonly text: string }
  | { readonly base: string | undefined; readonly mine: string; readonly new: string };

/** Where merges of single files happen: a git to run and a directory for its files. */
export interface FileMerger {
  readonly git: Git;
  readonly temporary: string;
}

const size = 60;
const marker = (sign: string): RegExp => new RegExp(`^\\${sign}{${size}}( .*)?\r?\n$`);
const [start, middle, split, end] = ['<', '|', '=', '>'].map(marker) as [
  RegExp,
  RegExp,
  RegExp,
  RegExp,
];

/** Merges one file line by line. Without a merger, or when it is no text, the whole file is one overlap. */
export async function mergeFile(
  file: OverlappingFile,
  merger: FileMerger | undefined,
): Promise<Segment[]> {
  const whole = {
    base: file.base?.toString('latin1'),
    mine: file.mine.toString('latin1'),
    new: file.new.toString('latin1'),
  };
  if (merger === undefined) return [whole];
  // Lines that end otherwise than the generated ones would overlap from the first to the last. An editor on another
  // system may have left both ends in one file; what most of its lines have counts for all of them.
  const lineEnd = mostLineEnds(whole.mine);
  const adapt = (text: string): string => text.replace(/\r?\n/g, lineEnd);
  const sides = {
    base: whole.base === undefined ? undefined : adapt(whole.base),
    mine: adapt(whole.mine),
    new: adapt(whole.new),
  };
  const directory = mkdtempSync(join(merger.temporary, 'merge-'));
  try {
    const files = [sides.mine, sides.base ?? '', sides.new].map((text, index) => {
      const file = join(directory, String(index));
      writeFileSync(file, text, 'latin1');
      return file;
    });
    await merger
      .git('merge-file', '-q', '--diff3', `--marker-size=${size}`, ...files)
      .catch((error: unknown) => {
        // The exit code counts the overlaps; 128 and above is an error, such as a binary file.
        if (!(error instanceof GitFailed) || error.code >= 128) throw error;
      });
    return parse(readFileSync(files[0] as string, 'latin1'), sides);
  } catch (error) {
    if (error instanceof GitFailed) return [whole];
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function mostLineEnds(text: string): '\r\n' | '\n' {
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  return windows * 2 > all ? '\r\n' : '\n';
}

interface WholeFiles {
  readonly base: string | undefined;
  readonly mine: string;
  readonly new: string;
}

function parse(merged: string, sides: WholeFiles): Segment[] {
  const segments: Segment[] = [];
  let [text, mine, base, fresh] = ['', '', '', ''];
  let side: 'text' | 'mine' | 'base' | 'new' = 'text';
  const lines = merged.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  for (const line of lines) {
    if (side === 'text' && start.test(line)) {
      if (text !== '') segments.push({ text });
      [text, mine, base, fresh] = ['', '', '', ''];
      side = 'mine';
    } else if (side === 'mine' && middle.test(line)) side = 'base';
    else if (side === 'base' && split.test(line)) side = 'new';
    else if (side === 'new' && end.test(line.endsWith('\n') ? line : `${line}\n`)) {
      segments.push({ base: sides.base === undefined ? undefined : base, mine, new: fresh });
      side = 'text';
    } else if (side === 'mine') mine += line;
    else if (side === 'base') base += line;
    else if (side === 'new') fresh += line;
    else text += line;
  }
  if (text !== '') segments.push({ text });
  return withoutAddedNewline(segments, sides);
}

/** Git ends the last line of an overlap even where the file does not. */
function withoutAddedNewline(segments: Segment[], sides: WholeFiles): Segment[] {
  const last = segments.at(-1);
  if (last === undefined || 'text' in last) return segments;
  const like = (text: string, whole: string): string =>
    whole.endsWith('\n') ? text : text.replace(/\r?\n$/, '');
  const trimmed = {
    base: last.base,
    mine: like(last.mine, sides.mine),
    new: like(last.new, sides.new),
  };
  return [...segments.slice(0, -1), trimmed];
}
