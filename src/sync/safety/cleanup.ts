const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Steps that put back what a run has touched so far; synchronous, because a signal handler cannot wait. */
export class Cleanup {
  private steps: (() => void)[] = [];

  /** Runs last added, first undone. */
  add(step: () => void): void {
    this.steps.push(step);
  }

  /** Forgets everything since `mark`: that part of the work is complete. */
  forget(mark: number): void {
    this.steps.length = mark;
  }

  get mark(): number {
    return this.steps.length;
  }

  run(): void {
    for (const step of this.steps.splice(0).reverse()) {
      try {
        step();
      } catch {
        // The next step matters more than this one; what stays behind is found by the next run.
      }
    }
  }
}

/** Runs `work` and then, however it ends (also by Ctrl-C), the steps that it has added. */
export async function withCleanup<T>(work: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  const onExit = (): void => cleanup.run();
  const onSignal = (signal: NodeJS.Signals): void => {
    cleanup.run();
    stop();
    // Somebody else may listen and end the process in their own way.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const stop = (): void => {
    process.off('exit', onExit);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(cleanup);
  } finally {
    cleanup.run();
    stop();
  }
}
