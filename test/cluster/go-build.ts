import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cacheDirectory } from '../lab/cache.ts';
import { attempt, run } from '../lab/process.ts';
import { stagingVersions } from './versions.ts';

/** Programs out of one Go module, in one folder of the cache. */
export interface GoBuild {
  readonly name: string;
  /** The module, as `path@version`. */
  readonly module: string;
  /** A program of ours on top of it: the folder of its main.go. */
  readonly source?: string;
  /** Else the module's own: their packages. */
  readonly packages?: readonly string[];
  readonly tags?: string;
  /** Values of variables that the linker sets. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Its parts have versions of their own. */
  readonly staged?: boolean;
}

/** Builds run beside whatever else the machine does, two packages at a time at most. */
const go = ['-n', '15', 'go'];
const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false' };

/**
 * The folder with a build's programs, made once for each version.
 *
 * @param seconds how long it may take; what was compiled until then is not compiled again the next time
 * @throws Error when there is no Go, no module, or no time left
 */
export async function built(build: GoBuild, seconds: number): Promise<string> {
  const home = path.join(cacheDirectory('cluster', 'programs'), `${build.name}-${digest(build)}`);
  if (existsSync(home)) return home;
  const workshop = cacheDirectory('cluster', 'build', build.name);
  const made = path.join(workshop, 'made');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made);
  const until = Date.now() + seconds * 1000;
  const call = (...words: string[]) =>
    run('nice', [...go, ...words], {
      cwd: workshop,
      env: environment,
      seconds: Math.max(1, (until - Date.now()) / 1000),
    });
  await prepare(build, workshop, call);
  const flags = Object.entries(build.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const options = ['-p=2', '-trimpath', `-ldflags=${['-s -w', ...flags].join(' ')}`];
  const tags = build.tags ? [`-tags=${build.tags}`] : [];
  for (const one of build.packages ?? ['.'])
    await call('build', ...options, ...tags, '-o', programIn(made, one, build), one);
  renameSync(made, home);
  return home;
}

/** The folder of a module's files, for what it brings besides programs. */
export async function moduleFolder(module: string): Promise<string> {
  return (await downloaded(module)).Dir;
}

async function prepare(
  { module, source, packages = [], staged }: GoBuild,
  workshop: string,
  call: (...words: string[]) => Promise<string>,
): Promise<void> {
  const [name = '', version = ''] = module.split('@');
  const { GoMod } = await downloaded(module);
  const text = readFileSync(GoMod, 'utf8');
  const language = /^go .*$/m.exec(text)?.[0] ?? 'go 1.24';
  const lines = ['module cluster', language, ...(staged ? stagingVersions(text) : [])];
  writeFileSync(
    path.join(workshop, 'go.mod'),
    `${[...lines, `require ${name} ${version}`].join('\n')}\n`,
  );
  if (source === undefined) {
    await call('get', '-tool', ...packages.map((one) => `${one}@${version}`));
    return;
  }
  copyFileSync(path.join(source, 'main.go'), path.join(workshop, 'main.go'));
  await call('mod', 'tidy');
}

function programIn(folder: string, one: string, { name }: GoBuild): string {
  // A last part such as /v5 is a version, and no name.
  const last = one.replace(/\/v\d+$/, '');
  return path.join(folder, one === '.' ? name : path.basename(last));
}

async function downloaded(module: string): Promise<{ Dir: string; GoMod: string }> {
  const said = await attempt('go', ['mod', 'download', '-json', module], { env: environment });
  if (said.code !== 0) throw new Error(`${module} is not to be had: ${said.stdout}${said.stderr}`);
  return JSON.parse(said.stdout) as { Dir: string; GoMod: string };
}

function digest({ source, ...build }: GoBuild): string {
  const own = source === undefined ? '' : readFileSync(path.join(source, 'main.go'), 'utf8');
  return createHash('sha256').update(JSON.stringify(build)).update(own).digest('hex').slice(0, 12);
}
