import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitFailed, GitMissing, gitIn } from './run-git.ts';
import type { Cleanup } from './safety/cleanup.ts';

/** A file before and after; undefined is no file. */
export interface TextChange {
  readonly path: string;
  readonly old?: string | Buffer;
  readonly new?: string | Buffer;
}

/** A unified diff of files that are in no repository. Without git there is none. */
export async function diffTexts(
  changes: readonly TextChange[],
  cleanup: Cleanup,
): Promise<{ diff?: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'jitsi-stack-'));
  cleanup.add(() => rmSync(directory, { recursive: true, force: true }));
  for (const side of ['a', 'b'] as const) {
    mkdirSync(join(directory, side));
    for (const change of changes) {
      const content = side === 'a' ? change.old : change.new;
      if (content === undefined) continue;
      const file = join(directory, side, change.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
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
