import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../lab/process.ts';
import type { Namespace } from '../lab/world/namespace.ts';

/** A program that goes on running in a machine's network. */
export interface Daemon {
  readonly name: string;
  /** Why it has ended, with its last lines; undefined as long as it runs. */
  readonly ended: () => string | undefined;
  /** Asks it to end, and waits for it; after half a minute it is killed. */
  readonly stop: () => Promise<void>;
}

const running = new Set<ChildProcess>();
// A run that dies of an error takes its programs along.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts one. What it says goes to a file of its name.
 *
 * @param folder for that file
 */
export function startDaemon(
  { name: machine }: Namespace,
  folder: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Daemon {
  const [program = ''] = words;
  const name = path.basename(program);
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  // nsenter, not `ip netns exec`: the latter mounts a fresh /sys over the cgroups.
  const child = spawn('nsenter', [`--net=/run/netns/${machine}`, ...words], {
    env,
    stdio: ['ignore', output, output],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  const isOver = () => failed !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    ended: () =>
      isOver()
        ? `${name} at ${machine} has ended (${failed?.message ?? child.exitCode ?? child.signalCode}), see ${log}:\n${tail(log)}`
        : undefined,
    stop: async () => {
      if (isOver()) return;
      child.kill('SIGTERM');
      await until(`${name} at ${machine} ends`, 30, isOver).catch(() => child.kill('SIGKILL'));
      await until(`${name} at ${machine} is killed`, 30, isOver);
    },
  };
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
}
