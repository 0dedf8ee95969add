import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cleanup } from '../safety/cleanup.ts';
import { temporaryDirectory } from '../safety/temporary.ts';
import { inertGit } from './inert.ts';
import type { Repository } from './repository.ts';
import type { Scratch } from './scratch.ts';

/**
 * Opens a place to merge for a run that must not write anywhere in the owner's repository, not even objects: a
 * repository of its own in the temporary directory, which reads the owner's objects, configuration, attributes and
 * remembered resolutions. It is gone when the run ends.
 */
export async function openPreview(
  { gitDir, commonDir }: Repository,
  commit: string,
  cleanup: Cleanup,
): Promise<Scratch> {
  const directory = temporaryDirectory();
  cleanup.add(() => rmSync(directory, { recursive: true, force: true }));
  const own = join(directory, '.git');
  const temporary = join(directory, '.jitsi-stack');
  for (const path of ['refs', 'objects/info']) mkdirSync(join(own, path), { recursive: true });
  mkdirSync(temporary);
  writeFileSync(join(own, 'objects/info/alternates'), `${join(commonDir, 'objects')}\n`);
  writeFileSync(join(own, 'HEAD'), `${commit}\n`);
  const configs = [join(commonDir, 'config'), join(gitDir, 'config.worktree')].filter(existsSync);
  writeFileSync(join(own, 'config'), configOf(directory, commit, configs));
  for (const name of ['info', 'rr-cache', 'shallow']) {
    const theirs = join(commonDir, name);
    if (existsSync(theirs)) cpSync(theirs, join(own, name), { recursive: true });
  }
  return { git: await inertGit(directory), directory, temporary };
}

/** What makes the directory a repository comes from here; how it merges comes from the owner's files, but no program of theirs. */
function configOf(directory: string, commit: string, includes: readonly string[]): string {
  const quoted = (path: string): string => `"${path.replace(/[\\"]/g, '\\$&')}"`;
  return [
    '[core]',
    'repositoryformatversion = 1',
    ...(commit.length === 40 ? [] : ['[extensions]', 'objectFormat = sha256']),
    ...includes.flatMap((path) => ['[include]', `path = ${quoted(path)}`]),
    '[core]',
    'bare = false',
    'fsmonitor = false',
    `worktree = ${quoted(directory)}`,
    '',
  ].join('\n');
}
