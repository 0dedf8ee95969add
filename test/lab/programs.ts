import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory, debianSuite } from './cache.ts';
import { ensureCommands, unpackPackages } from './packages.ts';
import { attempt } from './process.ts';

/** The folders where an engine's programs are. */
export interface Programs {
  /** Goes in front of PATH. */
  readonly path: readonly string[];
  /** Docker's command line looks for Compose and buildx below this configuration folder. */
  readonly configuration?: string;
  readonly init?: string;
}

const packages = [
  'docker.io',
  'docker-cli',
  'docker-compose',
  'docker-buildx',
  'containerd',
  'tini',
];

/** The programs of this machine when they will do, else Debian's, unpacked in the cache. */
export async function findPrograms(): Promise<Programs> {
  await ensureCommands({
    ...{ iptables: 'iptables', ip: 'iproute2', nsenter: 'util-linux' },
    ...{ age: 'age', rsync: 'rsync' },
  });
  const native = await nativePrograms();
  const own = native ?? (await debianPrograms());
  return needsClamp() ? { ...own, path: [clampFolder(own.path), ...own.path] } : own;
}

async function nativePrograms(): Promise<Programs | undefined> {
  for (const command of ['dockerd', 'containerd', 'runc']) {
    if ((await attempt('sh', ['-c', `command -v ${command}`])).code !== 0) return undefined;
  }
  const compose = await attempt('docker', ['compose', 'version', '--short']);
  const [major = 0, minor = 0] = compose.stdout.trim().replace(/^v/, '').split('.').map(Number);
  return compose.code === 0 && (major > 2 || (major === 2 && minor >= 20))
    ? { path: [] }
    : undefined;
}

async function debianPrograms(): Promise<Programs> {
  const home = path.join(cacheDirectory(), 'engine');
  if (!existsSync(path.join(home, 'complete'))) {
    const fresh = `${home}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    await unpackPackages(fresh, debianSuite, packages);
    // runc is linked against the newest libc; the machine's own release has one that fits.
    await unpackPackages(fresh, 'native', ['runc', 'libseccomp2']);
    writeFileSync(path.join(fresh, 'complete'), '');
    rmSync(home, { recursive: true, force: true });
    renameSync(fresh, home);
  }
  return {
    path: [path.join(home, 'usr/sbin'), path.join(home, 'usr/bin')],
    configuration: path.join(home, 'usr/libexec/docker'),
    init: path.join(home, 'usr/bin/tini-static'),
  };
}

/** Some virtual machines keep CAP_SYS_RESOURCE back; there, no limit can be raised. */
function needsClamp(): boolean {
  const bounding =
    /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${bounding}`) & (1n << 24n)) === 0n;
}

/** A runc that leaves out what such a machine refuses: raised limits and protection from the OOM killer. */
function clampFolder(search: readonly string[]): string {
  const folder = cacheDirectory('runc-clamp');
  const places = [...search, ...(process.env.PATH ?? '').split(':'), '/usr/sbin'].filter(
    (place) => place !== folder,
  );
  const real =
    places.map((directory) => path.join(directory, 'runc')).find(existsSync) ?? '/usr/sbin/runc';
  const script = `#!/bin/sh
# What is about to run is described in the config.json below "--bundle", for an exec in the file after "--process".
previous=
for word in "$@"; do
  case $previous in
  --bundle) file=$word/config.json ;;
  --process) file=$word ;;
  *) file= ;;
  esac
  [ -z "$file" ] || sed -i -E 's/,"rlimits":\\[[^]]*\\]//; s/,"oomScoreAdj":-[0-9]+//' "$file"
  previous=$word
done
exec ${real} "$@"
`;
  writeFileSync(path.join(folder, 'runc'), script);
  chmodSync(path.join(folder, 'runc'), 0o755);
  return folder;
}
