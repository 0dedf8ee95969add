import { isDeepStrictEqual } from 'node:util';
import { withoutComments } from '../../json-comments.ts';
import { sha256 } from '../../sha256.ts';
import { look, type OnDisk, says } from '../safety/disk.ts';
import { type Lock, type LockedFile, readLock } from './lock.ts';
import { afterwards, readUnfinished } from './unfinished.ts';

/** What has become of a generated file: `obstacle` means that something other than a file is in its place. */
export type Condition = 'as-generated' | 'edited' | 'missing' | 'obstacle';

/** How a directory differs from what was generated into it last time. */
export interface Drift {
  readonly tool: string;
  readonly release: string;
  readonly files: readonly {
    readonly path: string;
    readonly kind: LockedFile['kind'];
    readonly condition: Condition;
  }[];
}

/** Compares the files of a directory with its lock; undefined when there is none. What an update was cut off in counts as done. */
export async function readDrift(directory: string): Promise<Drift | undefined> {
  const unfinished = readUnfinished(directory);
  if (unfinished) {
    const { lock, look: there } = afterwards(directory, unfinished);
    return driftOf(lock, there);
  }
  const lock = await readLock(directory);
  return lock && driftOf(lock, (path) => look(directory, path));
}

function driftOf({ tool, release, files }: Lock, there: (path: string) => OnDisk): Drift {
  return {
    tool,
    release,
    files: [...files].map(([path, file]) => ({
      path,
      kind: file.kind,
      condition: conditionOf(there(path), path, file),
    })),
  };
}

function conditionOf(there: OnDisk, path: string, file: LockedFile): Condition {
  if (there.kind === 'nothing') return 'missing';
  if (there.kind === 'other') return 'obstacle';
  const same =
    file.text === undefined
      ? sha256(there.content) === file.sha256
      : (says(there.content, file.text) || isSameJson(path, there.content, file.text)) &&
        there.executable === file.executable;
  return same ? 'as-generated' : 'edited';
}

/** An editor that sets JSON in another way has not changed what it says, nor has a comment. */
function isSameJson(path: string, content: Buffer, text: string): boolean {
  if (!path.endsWith('.json')) return false;
  try {
    return isDeepStrictEqual(JSON.parse(withoutComments(content.toString())), JSON.parse(text));
  } catch {
    return false;
  }
}
