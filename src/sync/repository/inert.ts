import { type Git, gitIn, gitWith, unless } from '../run-git.ts';

/** Git's own merge of lines, for whatever a driver of somebody's would do: ours, the base, theirs, and the size of markers. */
const plainMerge = 'git merge-file -q --marker-size=%L %A %O %B';

/**
 * Git that runs none of the programs that a repository's configuration names for looking at it: hooks, filters, file monitor,
 * drivers for merging. For runs that only look; a stack that came in somebody's archive may be configured by them.
 */
export async function inertGit(directory: string): Promise<Git> {
  const git = gitIn(directory);
  const named = await unless(
    1,
    git(
      'config',
      '--null',
      '--name-only',
      '--get-regexp',
      '^(filter\\..*\\.(clean|smudge|process)|merge\\..*\\.driver)$',
    ),
  );
  const keys = [...new Set(named?.split('\0').filter((key) => key !== '') ?? [])];
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    ...keys.flatMap((key) =>
      key.startsWith('merge.')
        ? [`${key}=${plainMerge}`]
        : [`${key}=`, `${key.replace(/\.[^.]*$/, '')}.required=false`],
    ),
  ];
  return gitWith(directory, settings);
}
