import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Problem, StackError } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import { isPlainPath } from '../paths.ts';
import type { Generated, GeneratedFile, Origin } from '../types.ts';

/** Name of the committed file that remembers what was generated last time. */
export const lockName = 'jitsi-stack.lock';

const format = 1;
/** No file of a stack comes near to it; what is longer was packed to fill the memory. */
const longest = 4 * 1024 * 1024;
const about =
  'What create-jitsi-stack generated last time. It is the base for merging the next version with your edits: commit it, do not edit it.';

export interface LockedFile {
  readonly kind: GeneratedFile['kind'];
  readonly executable: boolean;
  readonly sha256: string;
  /** What was generated; a seeded file has only its checksum. */
  readonly text: string | undefined;
  /** As stored, so that an unchanged file keeps its line whichever Node wrote it. */
  readonly entry: string;
}

export interface Lock extends Origin {
  readonly files: ReadonlyMap<string, LockedFile>;
}

/** What was generated into this directory last time, or undefined when nothing was. */
export async function readLock(directory: string): Promise<Lock | undefined> {
  try {
    return parseLock(await readFile(join(directory, lockName), 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

/** Whether the lock's files follow from the same. What they are needs no rendering to be known then. */
export function isFromSame({ source }: Origin, lock: Lock): boolean {
  return source !== undefined && source === lock.source;
}

/** Whether generating again would change nothing. Versions do not count: they alone are no reason for a commit. */
export function sameAsLock(files: readonly GeneratedFile[], lock: Lock): boolean {
  return (
    files.length === lock.files.size &&
    files.every(({ path, kind, executable, text }) => {
      const old = lock.files.get(path);
      if (old?.kind !== kind) return false;
      return kind === 'seeded' || (old.executable === executable && old.text === text);
    })
  );
}

/**
 * The lock's text for what is generated now. A seeded file keeps the record of what was really written, unless it is one of
 * the `renewed`.
 */
export function formatLock(
  { files, tool, release, source }: Generated,
  previous?: Lock,
  renewed: ReadonlySet<string> = new Set(),
): string {
  const entryOf = ({ path, text, executable, kind }: GeneratedFile): string => {
    const old = previous?.files.get(path);
    const mode = executable ? 'x' : '-';
    if (kind === 'seeded') {
      const stays = old?.kind === kind && !renewed.has(path);
      return stays ? old.entry : `${mode} ${sha256(text)} seeded`;
    }
    const packed =
      old?.text === text
        ? old.entry.slice(old.entry.lastIndexOf(' ') + 1)
        : deflateRawSync(text, { level: 9 }).toString('base64');
    return `${mode} ${sha256(text)} ${packed}`;
  };
  const lines = files
    .map((file): [string, string] => [file.path, entryOf(file)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const origin = { tool, release, ...(source !== undefined && { source }) };
  const header = { about, format, ...origin, sum: sumOf(origin, lines) };
  const fields = Object.entries(header).map(
    ([key, value]) => `  "${key}": ${JSON.stringify(value)},`,
  );
  const rows = lines.map(([path, entry]) => `    ${JSON.stringify(path)}: "${entry}"`);
  return `{\n${fields.join('\n')}\n  "files": {\n${rows.join(',\n')}\n  }\n}\n`;
}

let last: { readonly text: string; readonly lock: Lock } | undefined;

/**
 * Reads a lock and verifies all of it. A lock that was altered is refused: merging from a wrong base loses edits silently.
 * Every stage of a run asks for the same one, so the last one is remembered.
 */
export function parseLock(text: string): Lock {
  if (last?.text !== text) last = { text, lock: parseAnew(text) };
  return last.lock;
}

function parseAnew(text: string): Lock {
  if (/^(<{7}|>{7}|={7})( |\r?$)/m.test(text)) {
    throw broken({
      what: 'It contains conflict markers.',
      fix: `Take one side whole, best the newer version (git checkout --ours or --theirs -- ${lockName}), commit it, and run this again.`,
    });
  }
  const raw = parseJson(text);
  if (typeof raw.format !== 'number') throw broken({ what: 'It has no format number.' });
  if (raw.format > format) {
    throw broken({
      what: `It was written by a newer version of create-jitsi-stack (${String(raw.tool)}).`,
      fix: 'Update create-jitsi-stack and run it again.',
    });
  }
  const { tool, release, source, sum, files } = raw;
  if (typeof tool !== 'string' || typeof release !== 'string' || !isRecord(files)) {
    throw broken({ what: 'It lacks the tool, the release or the files.' });
  }
  const origin = { tool, release, ...(typeof source === 'string' && { source }) };
  const lines = Object.entries(files).map(([path, entry]): [string, string] => [
    path,
    String(entry),
  ]);
  let total = 0;
  const read = lines.map(([path, entry]) => {
    // Many that are each just short enough come to the same.
    const file = total > 4 * longest ? undefined : parseEntry(path, entry);
    total += file?.text?.length ?? 0;
    return [path, file] as const;
  });
  const bad = read.filter(([, file]) => file === undefined).map(([path]) => path);
  if (bad.length > 0)
    throw broken({ what: `These entries do not match their own checksums: ${bad.join(', ')}.` });
  if (sum !== sumOf(origin, lines)) {
    throw broken({
      what: 'Its entries belong to different versions, as after a merge that took lines from both sides.',
    });
  }
  return { ...origin, files: new Map(read as [string, LockedFile][]) };
}

function parseEntry(path: string, entry: string): LockedFile | undefined {
  const [, mode, sum, packed] = /^([-x]) ([0-9a-f]{64}) (\S+)$/.exec(entry) ?? [];
  if (sum === undefined || packed === undefined || !isPlainPath(path)) return undefined;
  const shared = { executable: mode === 'x', sha256: sum, entry };
  if (packed === 'seeded') return { ...shared, kind: 'seeded', text: undefined };
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64'), {
      maxOutputLength: longest,
    }).toString('utf8');
    return sha256(text) === sum ? { ...shared, kind: 'managed', text } : undefined;
  } catch {
    return undefined;
  }
}

/** Ties the entries together, so that lines from two locks cannot pass for one. The packed form is left out: it may differ between Node versions. */
function sumOf(
  { tool, release, source }: Origin,
  lines: readonly (readonly [string, string])[],
): string {
  const facts = lines.map(([path, entry]) => [path, entry.slice(0, 66), entry.endsWith(' seeded')]);
  const origin = source === undefined ? [tool, release] : [tool, release, source];
  return sha256(JSON.stringify([...origin, facts])).slice(0, 16);
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below, in the owner's terms.
  }
  throw broken({ what: 'It is not the JSON that was written.' });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken({ what, fix }: Problem): StackError {
  return new StackError({
    where: lockName,
    what,
    why: 'Without it, nothing can tell your edits from generated lines, so nothing was changed.',
    fix:
      fix ??
      `Bring back the last good one (git log --oneline -- ${lockName}, then git checkout COMMIT -- ${lockName}), commit it, and run this again. Without a good one, delete it and commit: the next run compares every file with yours.`,
  });
}
