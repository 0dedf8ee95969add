import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory, debianMirror, debianSuite } from './cache.ts';
import { ensureCommands } from './packages.ts';
import { run } from './process.ts';

/** The tar of a minimal Debian, made once and then taken from the cache. */
export async function rootfsArchive(): Promise<string> {
  const archive = path.join(cacheDirectory('rootfs'), `${debianSuite}.tar`);
  if (existsSync(archive)) return archive;
  await ensureCommands({ debootstrap: 'debootstrap' });
  const tree = `${archive}.${process.pid}.d`;
  try {
    // A debootstrap that is older than the suite knows it by no script of its own; all recent suites share sid's.
    const known = existsSync(`/usr/share/debootstrap/scripts/${debianSuite}`);
    const script = known ? [] : ['/usr/share/debootstrap/scripts/sid'];
    await run('nice', [
      'debootstrap',
      '--variant=minbase',
      debianSuite,
      tree,
      debianMirror,
      ...script,
    ]);
    const without = [
      './var/cache/apt/archives/*.deb',
      './var/lib/apt/lists/*',
      './usr/share/doc/*',
      './usr/share/locale/*',
    ];
    const excludes = without.map((pattern) => `--exclude=${pattern}`);
    await run('tar', ['--numeric-owner', ...excludes, '-C', tree, '-cf', `${archive}.part`, '.']);
    renameSync(`${archive}.part`, archive);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return archive;
}
