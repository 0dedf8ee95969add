import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plan } from '../../../src/plan/plan.ts';
import { render } from './plan.ts';

const made: string[] = [];
process.on('exit', () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A temporary directory, removed when the process ends. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'firewall-'));
  made.push(directory);
  return directory;
}

/** Writes a firewall's files, as a stack would have them, and returns their directory. */
export function writeFiles(blueprint: string, plan: Plan, root = temporary()): string {
  for (const [path, text] of render(blueprint, plan)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (path.endsWith('.sh')) chmodSync(join(root, path), 0o755);
  }
  return join(root, 'firewall');
}
