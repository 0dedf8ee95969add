import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, type Outcome, type RunOptions, run } from '../process.ts';

/** A network namespace: one machine of the lab's world, with interfaces, routes and a firewall of its own. */
export interface Namespace {
  readonly name: string;
  /** Runs a command that has to succeed, inside. */
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<string>;
  /** Runs a command inside, whatever its exit code. */
  readonly attempt: (words: readonly string[], options?: RunOptions) => Promise<Outcome>;
  /** What this machine takes for the address of each name, as its /etc/hosts says. */
  readonly knows: (names: Readonly<Record<string, readonly string[]>>) => void;
  /** The words in front of a command that runs inside and reads this machine's /etc/hosts. */
  readonly prefix: readonly string[];
  readonly remove: () => Promise<void>;
}

/** Makes a namespace with nothing in it but loopback. The machine's own network is not touched. */
export async function createNamespace(name: string): Promise<Namespace> {
  await run('ip', ['netns', 'add', name]);
  const namespace = named(name);
  await namespace.run(['ip', 'link', 'set', 'lo', 'up']);
  return namespace;
}

function named(name: string): Namespace {
  const [enter = '', ...entering] = ['nsenter', `--net=/run/netns/${name}`];
  const files = path.join('/etc/netns', name);
  return {
    name,
    prefix: ['ip', 'netns', 'exec', name],
    run: (words, options) => run(enter, [...entering, ...words], options),
    attempt: (words, options) => attempt(enter, [...entering, ...words], options),
    knows: (names) => {
      // `ip netns exec` lays the files of this folder over those in /etc, for what it starts only.
      mkdirSync(files, { recursive: true });
      const lines = Object.entries(names).flatMap(([host, addresses]) =>
        addresses.map((address) => `${address} ${host}`),
      );
      const local = ['127.0.0.1 localhost', '::1 localhost'];
      writeFileSync(path.join(files, 'hosts'), `${[...local, ...lines].join('\n')}\n`);
      // No name server, and an answer about that at once: waiting for one takes a browser ten seconds.
      writeFileSync(path.join(files, 'resolv.conf'), 'nameserver 127.0.0.1\n');
    },
    remove: async () => {
      await attempt('ip', ['netns', 'delete', name]);
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** One end of a cable: which machine, the name of its interface there, and its addresses with prefix lengths. */
export interface End {
  readonly at: Namespace;
  readonly device: string;
  readonly addresses?: readonly string[];
  /** Addresses of the default routers. */
  readonly via?: readonly string[];
}

/** Lays a cable between two machines. */
export async function connect(one: End, other: End): Promise<void> {
  const far = ['peer', 'name', other.device, 'netns', other.at.name];
  await run('ip', [...['-n', one.at.name, 'link', 'add', one.device, 'type', 'veth'], ...far]);
  for (const end of [one, other]) await configure(end);
}

/** Gives an interface its addresses and routes. */
export async function configure({ at, device, addresses = [], via = [] }: End): Promise<void> {
  // Addresses are unique here: waiting for duplicates would only cost time.
  for (const address of addresses) {
    const rest = address.includes(':') ? ['nodad'] : [];
    await run('ip', ['-n', at.name, 'address', 'add', address, 'dev', device, ...rest]);
  }
  await run('ip', ['-n', at.name, 'link', 'set', device, 'up']);
  for (const router of via)
    await run('ip', ['-n', at.name, 'route', 'replace', 'default', 'via', router]);
}

/** Lets a machine pass packets on. */
export async function forwards(namespace: Namespace): Promise<void> {
  for (const key of ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'])
    await namespace.run(['sysctl', '-qw', `${key}=1`]);
}

/** A program that goes on running inside; it ends with `stop`, by its own id. */
export function start(
  namespace: Namespace,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): { readonly stop: () => Promise<void>; readonly said: () => string } {
  const [command = '', ...args] = [...namespace.prefix, ...words];
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-200_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const end = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    said: () => text,
    stop: async () => {
      child.kill('SIGKILL');
      await end;
    },
  };
}
