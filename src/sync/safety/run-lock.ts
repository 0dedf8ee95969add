import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { exitCode, StackError } from '../../errors.ts';
import type { Cleanup } from './cleanup.ts';
import { makeDirectory } from './disk.ts';

/** The run lock's file in git's directory; in a stack without git it is a hidden one. */
export const runLockName = 'jitsi-stack.run';

/** What a run is about; the next one reads it if this one is killed. */
export type Task = 'update' | 'create' | 'create-repository';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly task: Task;
}

/** Makes this the only run on a stack: takes `file`, or refuses while a living process holds it. */
export function takeRunLock(file: string, task: Task, cleanup: Cleanup): void {
  makeDirectory(dirname(file), cleanup);
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), task });
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      cleanup.add(() => releaseRunLock(file));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    refuseIfHeld(file);
    takeAway(file);
  }
  throw busy(file);
}

/** Gives a run lock of this process back. */
export function releaseRunLock(file: string): void {
  if (read(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** The task of a killed run whose lock is still there. */
export function abandonedTask(file: string): Task | undefined {
  const holder = read(file);
  return isAlive(holder) ? undefined : holder?.task;
}

/** Refuses while a living process holds `file`; one left behind by a killed run is no obstacle. */
export function refuseIfHeld(file: string): void {
  const holder = read(file);
  if (isAlive(holder)) throw busy(file, holder);
}

/** Whether the process with this number still runs on this machine. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Another machine's process cannot be asked, so it counts as alive. */
function isAlive(holder: Holder | undefined): boolean {
  return holder !== undefined && (holder.host !== hostname() || runs(holder.pid));
}

/** Removes a run lock that nobody holds. If somebody else has replaced it in the meantime, theirs is put back. */
function takeAway(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (isAlive(read(aside))) linkSync(aside, file);
  } catch {
    // Gone already, or taken anew: the next attempt sees which.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** How long (ms) a run lock may take to be written: it is there for a moment before it says whose it is. */
const writing = 500;
const clock = new Int32Array(new SharedArrayBuffer(4));

/** Who holds a run lock; undefined where there is none. One that a crash has cut short names a process that never was. */
function read(file: string): Holder | undefined {
  for (;;) {
    try {
      const { mtimeMs } = statSync(file);
      const holder = parse(readFileSync(file, 'utf8'));
      if (holder) return holder;
      if (Math.abs(Date.now() - mtimeMs) > writing)
        return { pid: Number.NaN, host: hostname(), task: 'update' };
    } catch {
      return undefined;
    }
    Atomics.wait(clock, 0, 0, 10);
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function busy(file: string, holder?: Holder): StackError {
  const who = holder ? ` (process ${holder.pid} on ${holder.host})` : '';
  return new StackError(
    {
      what: `Another run of create-jitsi-stack is working on this stack${who}.`,
      fix: `Wait until it has ended. If there is no such process, delete ${file} and run this again.`,
    },
    { exitCode: exitCode.attention },
  );
}
