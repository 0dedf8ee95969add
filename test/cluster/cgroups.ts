import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = '/sys/fs/cgroup';

/** Below which all cgroups of a node are, so that two nodes on one machine do not meet. */
export function nodeCgroup(name: string): string {
  return `create-jitsi-stack-${name}`;
}

/** Makes them. A kubelet takes them for given; in the cgroups of before, it also wants to know the processors. */
export function createCgroups(name: string): void {
  for (const controller of controllers()) {
    const folder = path.join(controller, nodeCgroup(name));
    mkdirSync(folder, { recursive: true });
    for (const file of ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(path.join(controller, file)))
        writeFileSync(path.join(folder, file), readFileSync(path.join(controller, file)));
  }
}

function controllers(): string[] {
  if (existsSync(path.join(root, 'cgroup.controllers'))) return [root];
  return readdirSync(root)
    .map((name) => path.join(root, name))
    .filter((folder) => existsSync(path.join(folder, 'tasks')));
}
