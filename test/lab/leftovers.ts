import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, run } from './process.ts';

/** Removes what a daemon leaves behind when it ends: its mounts and its empty cgroups. */
export async function release(folders: readonly string[], cgroup: string): Promise<void> {
  const lines = readFileSync('/proc/mounts', 'utf8').split('\n').reverse();
  for (const mount of lines.map((line) => line.split(' ')[1] ?? '')) {
    const ours = folders.some((folder) => mount === folder || mount.startsWith(`${folder}/`));
    if (ours) await attempt('umount', ['-l', mount]);
  }
  const root = '/sys/fs/cgroup';
  const controllers = existsSync(root)
    ? readdirSync(root).map((name) => path.join(root, name))
    : [];
  for (const parent of [root, ...controllers]) {
    // rmdir leaves alone what still holds a process.
    const tree = path.join(parent, cgroup);
    if (existsSync(tree))
      await attempt('find', [tree, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
  }
}

/** Removes containers, networks and volumes of a run that was cut short. */
export async function sweep(env: NodeJS.ProcessEnv): Promise<void> {
  const containers = (await run('docker', ['ps', '-aq'], { env })).split('\n').filter(Boolean);
  if (containers.length > 0) await run('docker', ['rm', '-fv', ...containers], { env });
  await run('docker', ['network', 'prune', '-f'], { env });
  await run('docker', ['volume', 'prune', '-af'], { env });
}
