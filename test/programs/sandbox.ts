import { type ChildProcess, spawn } from 'node:child_process';
import { type CommandOptions, command, type Outcome } from './command.ts';
import { find, type ProgramName } from './find.ts';

export interface SandboxOptions extends CommandOptions {
  /** Directories of this machine by the path at which the program sees them, read-only. */
  readonly binds?: Readonly<Record<string, string>>;
  /** The same, writable. */
  readonly writable?: Readonly<Record<string, string>>;
  /** Addresses of its own network; without them it has the caller's. `[]` is a network with nothing but loopback. */
  readonly addresses?: readonly string[];
  /** A network namespace to run in, as a path below /proc. */
  readonly network?: string;
  /** A shell script that runs the program with its arguments, `"$@"`. */
  readonly through?: string;
}

/**
 * Runs a program with directories at the paths that it expects, on a throw-away copy of its root: whatever it writes is
 * gone with it.
 */
export async function inSandbox(
  name: ProgramName,
  args: readonly string[],
  options: SandboxOptions = {},
): Promise<Outcome> {
  const [file, words] = await sandboxCommand(name, args, options);
  return command(file, words, options);
}

/**
 * The same for a program that keeps running; SIGKILL to the child ends all of it.
 *
 * @param log a file descriptor for all that it prints; pipes to the child when left out
 */
export async function startInSandbox(
  name: ProgramName,
  args: readonly string[],
  options: SandboxOptions = {},
  log?: number,
): Promise<ChildProcess> {
  const [file, words] = await sandboxCommand(name, args, options);
  const output = log ?? 'pipe';
  return spawn(file, words, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', output, output],
  });
}

async function sandboxCommand(
  name: ProgramName,
  args: readonly string[],
  { binds = {}, writable = {}, addresses, network: joined, through }: SandboxOptions,
): Promise<[string, string[]]> {
  const found = await find(name);
  if ('missing' in found) throw new Error(`${name}: ${found.missing}`);
  const mounts = [
    ...Object.entries(binds).map(([target, source]) => ['ro', source, target]),
    ...Object.entries(writable).map(([target, source]) => ['rw', source, target]),
  ];
  const user = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const network = addresses ? ['--net'] : [];
  return [
    joined ? 'nsenter' : 'unshare',
    [
      ...(joined ? [`--net=${joined}`, '--', 'unshare'] : []),
      ...[...user, '--mount', '--pid', '--fork', '--kill-child', ...network],
      ...['--', 'sh', '-euc', enter, 'sandbox', found.root],
      ...[String(mounts.length), ...mounts.flat()],
      ...[String(addresses?.length ?? -1), ...(addresses ?? [])],
      ...(through ? ['sh', '-c', through, name] : [name]),
      ...args,
    ],
  ];
}

/** Arguments: root; number of mounts, each with mode, source, target; number of addresses, each; the command. */
export const enter = `
lower=$1; shift
scratch=/media
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
root=$scratch/root
mkdir -p "$root/dev" "$root/proc" "$root/tmp"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
count=$1; shift
while [ "$count" -gt 0 ]; do
  if [ -d "$2" ]; then mkdir -p "$root$3"; else mkdir -p "$(dirname "$root$3")"; touch "$root$3"; fi
  mount --bind "$2" "$root$3"
  [ "$1" = rw ] || mount -o remount,bind,ro "$root$3"
  shift 3; count=$((count - 1))
done
count=$1; shift
if [ "$count" -ge 0 ]; then ip link set lo up; fi
while [ "$count" -gt 0 ]; do
  case $1 in
    *:*) ip -6 addr add "$1/128" dev lo nodad ;;
    *) ip addr add "$1/32" dev lo ;;
  esac
  shift; count=$((count - 1))
done
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin exec chroot "$root" "$@"
`;
