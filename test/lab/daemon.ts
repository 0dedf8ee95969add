import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { release } from './leftovers.ts';
import { succeeds, until } from './process.ts';
import type { Programs } from './programs.ts';

/** Where one dockerd keeps its things, and in which network it lives. */
export interface DaemonOptions {
  /** Socket, pid, log and run-time state; removed at the end. Keep the path short: it holds a Unix socket. */
  readonly directory: string;
  /** Images and containers; kept. */
  readonly dataRoot: string;
  /** A network namespace (`ip netns`) for the daemon, its bridges, its published ports and its firewall rules. */
  readonly namespace?: string;
}

/** A dockerd that was started here. */
export interface Daemon {
  readonly options: DaemonOptions;
  readonly host: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: string;
  /** The system's message bus, as far as this daemon knows. */
  readonly bus: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const cgroup = 'create-jitsi-stack-lab';

/**
 * A dockerd under our own socket, data folder and cgroup, so that it meets nothing of an engine that is already there.
 * Without a namespace it only builds: no bridge and no firewall rules, so the machine's own network is left alone.
 */
export function createDaemon(programs: Programs, options: DaemonOptions): Daemon {
  const inside = (name: string) => path.join(options.directory, name);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [...programs.path, process.env.PATH, '/usr/sbin', '/sbin'].join(':'),
    DOCKER_HOST: `unix://${inside('docker.sock')}`,
    // This machine's own firewalld is about another network.
    DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${inside('bus')}`,
    ...(programs.configuration ? { DOCKER_CONFIG: programs.configuration } : {}),
  };
  const network = options.namespace
    ? ['--experimental', '--ip6tables']
    : ['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'];
  const args = [
    ...[
      '--host',
      `unix://${inside('docker.sock')}`,
      '--pidfile',
      path.join(options.dataRoot, 'docker.pid'),
    ],
    ...['--data-root', options.dataRoot, '--exec-root', inside('exec'), '--cgroup-parent', cgroup],
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--config-file', inside('daemon.json')],
    ...(programs.init ? ['--init-path', programs.init] : []),
    ...network,
  ];
  const log = inside('dockerd.log');
  let pid: number | undefined;

  const start = async () => {
    mkdirSync(options.dataRoot, { recursive: true });
    mkdirSync(options.directory, { recursive: true });
    // The machine's own /etc/docker/daemon.json is about another engine.
    writeFileSync(inside('daemon.json'), '{}\n');
    const output = openSync(log, 'a');
    // nsenter, not `ip netns exec`: the latter mounts a fresh /sys over the cgroups.
    const command = options.namespace
      ? ['nsenter', `--net=/run/netns/${options.namespace}`, 'dockerd']
      : ['nice', 'dockerd'];
    const [program = 'dockerd', ...rest] = [...command, ...args];
    const child = spawn(program, rest, {
      env: environment,
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.unref();
    pid = child.pid;
    // A lab that dies of an error takes its daemon along.
    process.once('exit', () => pid === undefined || ended(pid) || process.kill(pid, 'SIGTERM'));
    await until(`dockerd answers, see ${log}`, 60, async () => {
      if (child.exitCode !== null)
        throw new Error(`dockerd ended with ${child.exitCode}:\n${tail(log)}`);
      return succeeds('docker', ['version'], { env: environment });
    });
  };

  const stop = async () => {
    const containerd = readPid(inside('exec/containerd/containerd.pid'));
    for (const victim of [pid, containerd]) {
      if (victim === undefined) continue;
      if (victim === pid && !ended(victim)) process.kill(victim, 'SIGTERM');
      // A new dockerd that finds the old containerd on its way out gives up: wait for both.
      await until(`process ${victim} ends`, 60, () => ended(victim));
    }
    pid = undefined;
    await release([options.directory, options.dataRoot], cgroup);
  };

  return {
    options,
    host: `unix://${inside('docker.sock')}`,
    environment,
    log,
    bus: inside('bus'),
    start,
    stop,
  };
}

/** Removes the daemon's folder; call it when the daemon is not needed again. */
export function discard(daemon: Daemon): void {
  rmSync(daemon.options.directory, { recursive: true, force: true });
}

function readPid(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined;
}

/** True when the process is gone, or only waits to be reaped. */
function ended(pid: number): boolean {
  try {
    return /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
}
