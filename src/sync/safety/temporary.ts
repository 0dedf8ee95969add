import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runs } from './run-lock.ts';

const namePattern = /^create-jitsi-stack-(\d+)-/;
/** In a container that shares the directory, another process may have this number; no run takes an hour. */
const longest = 60 * 60 * 1000;

/** Makes a directory for this process alone, and removes those that killed runs of this user have left. */
export function temporaryDirectory(): string {
  sweep();
  return mkdtempSync(join(tmpdir(), `create-jitsi-stack-${process.pid}-`));
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = namePattern.exec(name)?.[1];
    if (pid === undefined || runs(Number(pid))) continue;
    const path = join(tmpdir(), name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) continue;
    if (Date.now() - stats.mtimeMs > longest) rmSync(path, { recursive: true, force: true });
  }
}
