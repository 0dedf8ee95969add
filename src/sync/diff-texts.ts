import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitFailed, GitMissing, gitIn } from './run-git.ts';
import type { Cleanup } from './safety/cleanup.ts';
import { temporaryDirectory } from './safety/temporary.ts';

export interface FileText {
  readonly content: string | Buffer;
  readonly executable: boolean;
}

/** A file before and after; undefined is no file. */
export interface TextChange {
  readonly path: string;
  readonly old?: FileText;
  readonly new?: FileText;
}

/** A unified diff of files that are in no repository. Without git there is none. */
export async function diffTexts(
  changes: readonly TextChange[],
  cleanup: Cleanup,
): Promise<{ diff?: string }> {
  const directory = temporaryDirectory();
  cleanup.add(() => rmSync(directory, { recursive: true, force: true }));
  for (const side of ['a', 'b'] as const) {
    mkdirSync(join(directory, side));
    for (const change of changes) {
      const text = side === 'a' ? change.old : change.new;
      if (text === undefined) continue;
      const file = join(directory, side, change.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.content);
      chmodSync(file, text.executable ? 0o755 : 0o644);
    }
  }
  try {
    // The two directories serve as the usual prefixes.
    const how = ['--no-index', '--no-prefix', '--no-color', '--no-ext-diff', '--find-renames'];
    return { diff: await gitIn(directory)('diff', ...how, 'a', 'b') };
  } catch (error) {
    if (error instanceof GitMissing) return {};
    // Of a file that is on one side only, git names that side twice.
    if (error instanceof GitFailed && error.code === 1) {
      return {
        diff: error.stdout.replace(
          /^diff --git (?:b\/(.+) b|a\/(.+) a)\/(.+)$/gm,
          'diff --git a/$3 b/$3',
        ),
      };
    }
    throw error;
  }
}
