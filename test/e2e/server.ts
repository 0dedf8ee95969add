import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, pack } from '../package/packed.ts';
import { must } from '../programs/command.ts';
import { nginxPaths, streamByName } from '../programs/nginx.ts';
import { startInSandbox } from '../programs/sandbox.ts';
import { endWithTest, makeServerNetwork, server } from './network.ts';

export const domain = 'meet.example.org';
export const relay = 'turn.example.org';
export const addresses = { web: '172.28.0.11', prosody: '172.28.0.12', bridge: '172.28.0.14' };
/** Neighbours of the server that would answer if the relay let anybody through to them. */
export const neighbours = ['10.0.0.1', '169.254.169.254', '192.168.1.1', '100.64.0.1'];

/** A public address that the server has and its answers do not name. */
export const unnamed = '11.0.0.7';

export interface Server {
  /** The stack's directory. */
  readonly stack: string;
  readonly turnSecret: string;
  /** What a program has printed so far. */
  readonly log: (name: 'nginx' | 'coturn') => string;
  /** The namespace of its network, as nsenter takes it. */
  readonly network: string;
  /** Ends what is behind the edge, or the relay. */
  readonly stop: (what: 'backends' | 'coturn') => Promise<void>;
}

/** What another test wants otherwise. */
export interface Wishes {
  readonly names?: { readonly domain: string; readonly relay: string };
  /** The program of this folder that stands in for what is behind the edge and the relay. */
  readonly backend?: string;
  /** Done to the stack before anything is started. */
  readonly prepare?: (stack: string) => Promise<void>;
}

/** A whole stack as its owner gets it, its edge and relay started by their own scripts as their containers do it. */
export async function startServer({
  backend = 'backend.ts',
  names = { domain, relay },
  prepare,
}: Wishes = {}): Promise<Server> {
  const scratch = mkdtempSync(join(tmpdir(), 'stack-e2e-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const stack = join(scratch, 'stack');
  // The published package makes the stack: packed, installed into an empty directory, run from there.
  const cli = join(await install(await pack(scratch), scratch), 'dist/cli.js');
  await must(process.execPath, [
    ...[cli, stack, '--yes', '--no-git', '--domain', names.domain, '--network-exposure', 'public'],
    ...['--network-public-addresses', `${server.ipv4},${server.ipv6}`, '--network-ipv6'],
    ...['--network-subnet', '172.28.0.0/24', '--network-subnet6', 'fd28:6a69:7473::/64'],
    ...[
      '--certificates-email',
      'ops@example.org',
      '--turn-domain',
      names.relay,
      '--firewall',
      'none',
    ],
  ]);
  await prepare?.(stack);
  // What the container `prepare` does.
  await mkdir(join(stack, 'data/acme-challenge'), { recursive: true });
  for (const name of await readdir(join(stack, 'certs'))) {
    await chown(join(stack, 'certs', name), 1000, 1000);
  }
  const secret = /^TURN_CREDENTIALS=(\S+)$/m.exec(readFileSync(join(stack, '.env'), 'utf8'))?.[1];
  if (!secret) throw new Error('.env has no TURN_CREDENTIALS');

  const network = await makeServerNetwork([...Object.values(addresses), ...neighbours, unnamed]);
  process.on('exit', network.close);
  const behind = [addresses.web, addresses.prosody];
  const echoes = [addresses.bridge, ...neighbours, '127.0.0.1', server.ipv4, unnamed, '::1'];
  const script = fileURLToPath(new URL(backend, import.meta.url));
  const node = [process.execPath, ...process.execArgv, script, ...behind, ...echoes];
  const backends = spawn('nsenter', [`--net=${network.path}`, '--', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithTest(backends);
  await once(backends.stdout, 'data');

  // Not root, as in their containers, and process number one. Another user would otherwise outlive this test.
  const user =
    'exec setpriv --reuid 1000 --regid 1000 --clear-groups --bounding-set -all --pdeathsig SIGKILL';
  const logs = { nginx: join(scratch, 'nginx.log'), coturn: join(scratch, 'coturn.log') };
  const STACK_DEFINITION = /STACK_DEFINITION: (\S+)/.exec(
    readFileSync(join(stack, 'compose.yaml'), 'utf8'),
  )?.[1];
  const nginx = {
    binds: nginxPaths(stack),
    network: network.path,
    env: { ...process.env, STACK_DEFINITION },
  };
  endWithTest(
    await startInSandbox(
      'nginx',
      ['/etc/nginx/stack/start.sh'],
      { ...nginx, through: `${streamByName}\n${user} sh "$@"` },
      logFile(logs.nginx),
    ),
  );
  const coturn = endWithTest(
    await startInSandbox(
      'turnserver',
      ['/etc/coturn/stack/start.sh'],
      {
        binds: { '/etc/coturn/stack': join(stack, 'coturn'), '/certs': join(stack, 'certs') },
        network: network.path,
        env: { ...process.env, TURN_CREDENTIALS: secret },
        through: `mkdir -p /run/coturn && chown 1000:1000 /run/coturn && ${user} sh "$@"`,
      },
      logFile(logs.coturn),
    ),
  );
  const log = (name: keyof typeof logs) => readFileSync(logs[name], 'utf8');
  try {
    await Promise.all([answers(443), answers(3478), answers(5349)]);
  } catch (error) {
    throw new Error(`${error}\nnginx: ${log('nginx')}\ncoturn: ${log('coturn')}`);
  }
  const programs = { backends, coturn };
  const stop = async (what: keyof typeof programs) => {
    const gone = once(programs[what], 'exit');
    programs[what].kill('SIGKILL');
    await gone;
    if (what === 'coturn') await silence(3478);
  };
  return { stack, turnSecret: secret, log, network: network.path, stop };
}

function logFile(path: string): number {
  const file = openSync(path, 'a');
  chmodSync(path, 0o666);
  return file;
}

/** Waits until something listens. */
async function answers(port: number): Promise<void> {
  if (!(await settles(port, true))) throw new Error(`nothing listens on ${port}`);
}

/** Waits until nothing does any more. */
async function silence(port: number): Promise<void> {
  if (!(await settles(port, false))) throw new Error(`something still listens on ${port}`);
}

async function settles(port: number, wanted: boolean): Promise<boolean> {
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, server.ipv4, () => resolve(true)).on('error', () =>
        resolve(false),
      );
      socket.on('connect', () => socket.destroy());
    });
    if (open === wanted) return true;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return false;
}
