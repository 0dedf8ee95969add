import { look, says } from '../safety/disk.ts';
import { type Lock, type LockedFile, readLock, sha256 } from './lock.ts';

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

/** Compares the files of a directory with its lock; undefined when there is none. */
export async function readDrift(directory: string): Promise<Drift | undefined> {
  const lock = await readLock(directory);
  return lock && driftOf(directory, lock);
}

function driftOf(directory: string, { tool, release, files }: Lock): Drift {
  return {
    tool,
    release,
    files: [...files].map(([path, file]) => ({
      path,
      kind: file.kind,
      condition: conditionOf(directory, path, file),
    })),
  };
}

function conditionOf(directory: string, path: string, file: LockedFile): Condition {
  const there = look(directory, path);
  if (there.kind === 'nothing') return 'missing';
  if (there.kind === 'other') return 'obstacle';
  const same =
    file.text === undefined
      ? sha256(there.content) === file.sha256
      : says(there.content, file.text) && there.executable === file.executable;
  return same ? 'as-generated' : 'edited';
}
