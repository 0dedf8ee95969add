import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory, debianMirror, debianSuite } from './cache.ts';
import { run, succeeds } from './process.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** Installs the packages whose command is missing, from the release that this machine runs. */
export async function ensureCommands(commands: Readonly<Record<string, string>>): Promise<void> {
  const missing = [];
  for (const [command, pkg] of Object.entries(commands)) {
    if (!(await succeeds('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin"; command -v ${command}`])))
      missing.push(pkg);
  }
  if (missing.length === 0) return;
  await run('apt-get', ['update', '-q'], { env: environment });
  await run('apt-get', ['install', '-qy', '--no-install-recommends', ...missing], {
    env: environment,
  });
}

/**
 * Downloads packages and unpacks them below `directory` without installing them: the machine's own packages stay as
 * they are. `suite` comes from a private apt configuration, so /etc/apt is not touched either; `native` means the
 * release that this machine runs.
 */
export async function unpackPackages(
  directory: string,
  suite: typeof debianSuite | 'native',
  names: readonly string[],
): Promise<void> {
  const options = suite === 'native' ? ['-o', 'APT::Sandbox::User=root'] : await privateApt();
  const archives = path.join(directory, 'archives');
  rmSync(archives, { recursive: true, force: true });
  mkdirSync(archives, { recursive: true });
  await run('apt-get', [...options, 'download', '-q', ...names], {
    cwd: archives,
    env: environment,
  });
  for (const file of readdirSync(archives))
    await run('dpkg', ['-x', path.join(archives, file), directory]);
  rmSync(archives, { recursive: true, force: true });
}

/** A package of Debian, unpacked in the cache: the folder of its programs. */
export async function unpackedProgram(name: string): Promise<string> {
  const home = path.join(cacheDirectory(), name);
  if (!existsSync(home)) {
    const fresh = `${home}.${process.pid}`;
    await unpackPackages(fresh, debianSuite, [name]);
    renameSync(fresh, home);
  }
  return path.join(home, 'usr/bin');
}

let privateOptions: Promise<string[]> | undefined;

/** The options that point apt at its own sources, lists and cache. */
function privateApt(): Promise<string[]> {
  privateOptions ??= createPrivateApt();
  return privateOptions;
}

async function createPrivateApt(): Promise<string[]> {
  if (!existsSync(keyring))
    await ensureCommands({ 'debian-archive-keyring': 'debian-archive-keyring' });
  const home = cacheDirectory('apt');
  const sources = path.join(home, 'sources.list');
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(home, folder), { recursive: true });
  writeFileSync(sources, `deb [signed-by=${keyring}] ${debianMirror} ${debianSuite} main\n`);
  const settings = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': path.join(home, 'lists'),
    'Dir::Cache': path.join(home, 'cache'),
    'Acquire::Languages': 'none',
    // Without a network, apt 3.0 with its default of three retries eats all memory within a minute.
    'Acquire::Retries': '0',
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', [...options, 'update', '-q'], { env: environment });
  return options;
}
