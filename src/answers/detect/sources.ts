import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { readlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import {
  availableParallelism,
  type NetworkInterfaceInfo,
  networkInterfaces,
  totalmem,
} from 'node:os';

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Everything that detection reads from its surroundings; a test gives its own. */
export interface Sources {
  readonly interfaces: () => Interfaces;
  readonly memory: () => number;
  readonly cores: () => number;
  /** The processor, in Node's words: `x64`, `arm64`, … */
  readonly architecture: () => string;
  readonly timezone: () => string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file; undefined when it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** The names in a directory; none when it cannot be read. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** What a program printed, whatever it returned; undefined when there is none or it is too slow. */
  readonly run: (program: string, ...words: string[]) => Promise<string | undefined>;
  /** The addresses of a name. Rejects with DNS's own error codes. */
  readonly resolve: (name: string, type: 'A' | 'AAAA') => Promise<readonly string[]>;
}

/** Milliseconds after which a program or a name server is given up. */
export const limit = 800;

/** This machine. Nothing is read before it is asked for, and nothing needs root. */
export function thisHost(): Sources {
  return {
    interfaces: networkInterfaces,
    memory: totalmem,
    cores: availableParallelism,
    architecture: () => process.arch,
    timezone: () => linkedTimezone() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    platform: process.platform,
    environment: process.env,
    read: (path) => readFile(path, 'utf8').catch(() => undefined),
    list: (path) => readdir(path).catch(() => []),
    run,
    resolve,
  };
}

/** The zone that `/etc/localtime` links to. The formatter goes by it too, but is loaded first, which takes 12 ms and more. */
function linkedTimezone(): string | undefined {
  if (process.env.TZ !== undefined) return undefined;
  try {
    const [, zone = ''] =
      /\/zoneinfo\/(?:Etc\/(?=UTC$))?(.+)$/.exec(readlinkSync('/etc/localtime')) ?? [];
    return zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone) ? zone : undefined;
  } catch {
    return undefined;
  }
}

function run(program: string, ...words: string[]): Promise<string | undefined> {
  return new Promise((done) => {
    const child = execFile(
      program,
      words,
      { timeout: limit, killSignal: 'SIGKILL' },
      (error, out) =>
        done(error && (error.killed || typeof error.code === 'string') ? undefined : out),
    );
    child.stdin?.end();
  });
}

async function resolve(name: string, type: 'A' | 'AAAA'): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: limit, tries: 1 });
  const giveUp = setTimeout(() => resolver.cancel(), limit);
  giveUp.unref();
  try {
    return await (type === 'A' ? resolver.resolve4(name) : resolver.resolve6(name));
  } finally {
    clearTimeout(giveUp);
  }
}
