import { type Git, gitIn, gitWith, unless } from '../run-git.ts';

/**
 * Git that runs none of the programs that a repository's configuration names for looking at it: hooks, filters, file monitor.
 * For runs that only look; a stack that came in somebody's archive may be configured by them.
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
      '^filter\\..*\\.(clean|smudge|process)$',
    ),
  );
  const keys = [...new Set(named?.split('\0').filter((key) => key !== '') ?? [])];
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    ...keys.flatMap((key) => [`${key}=`, `${key.replace(/\.[^.]*$/, '')}.required=false`]),
  ];
  return gitWith(directory, settings);
}
