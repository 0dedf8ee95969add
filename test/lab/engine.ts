import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheDirectory } from './cache.ts';
import { createDaemon, type Daemon, discard } from './daemon.ts';
import { sweep } from './leftovers.ts';
import { findPrograms } from './programs.ts';

/** A Docker engine that one can talk to. */
export interface Engine {
  /** The value for DOCKER_HOST; undefined means docker's own default. */
  readonly host: string | undefined;
  /** The environment for `docker` and for everything that calls it. */
  readonly environment: NodeJS.ProcessEnv;
  /** The words that start Compose: `docker compose`. */
  readonly compose: readonly string[];
  /** False in a namespace of the lab: nothing there leads to the package mirror. */
  readonly canBuild: boolean;
  /** Where the daemon's log is, when we started it. */
  readonly log: string | undefined;
  /** Ends and starts the daemon, with whatever else happens in between. */
  readonly restart: (meanwhile?: () => Promise<unknown>) => Promise<void>;
  /** Where it looks for the system's message bus, and so for firewalld; nobody is there unless a check starts one. */
  readonly bus: string;
  readonly stop: () => Promise<void>;
}

export interface EngineOptions {
  /** A network namespace made by the caller; without one the engine builds images and nothing else. */
  readonly namespace?: string;
  /** Where images are kept between runs. */
  readonly dataRoot?: string;
}

/**
 * Starts an engine of our own. It needs root. Programs that the machine lacks are fetched from Debian without
 * installing them. Only one engine at a time can use a data folder; a second one is refused by dockerd itself.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  if (process.getuid?.() !== 0)
    throw new Error('The lab starts dockerd and makes network namespaces: run it as root.');
  const daemon = createDaemon(await findPrograms(), {
    directory: mkdtempSync(path.join(tmpdir(), 'lab-')),
    dataRoot: options.dataRoot ?? cacheDirectory('docker'),
    ...(options.namespace ? { namespace: options.namespace } : {}),
  });
  const stop = async () => {
    await daemon.stop();
    discard(daemon);
  };
  try {
    await daemon.start();
    await sweep(daemon.environment);
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return engineOf(daemon, stop);
}

function engineOf(daemon: Daemon, stop: () => Promise<void>): Engine {
  return {
    host: daemon.host,
    environment: daemon.environment,
    compose: ['docker', 'compose'],
    canBuild: !daemon.options.namespace,
    log: daemon.log,
    stop,
    bus: daemon.bus,
    restart: async (meanwhile) => {
      await daemon.stop();
      await meanwhile?.();
      await daemon.start();
    },
  };
}

/** Ends an engine that `startEngine` started and removes its run-time files; its images stay in the cache. */
export async function stopEngine(engine: Engine): Promise<void> {
  await engine.stop();
}
