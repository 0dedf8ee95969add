import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheDirectory } from '../lab/cache.ts';
import { type Engine, startEngine, stopEngine } from '../lab/engine.ts';
import { buildImages } from '../lab/images.ts';
import { run } from '../lab/process.ts';
import { recipeFor } from '../lab/recipes.ts';
import { pauseImage } from './node-files.ts';

/** Images in one file, as `ctr images import` takes it. */
export interface ImageArchive {
  readonly file: string;
  readonly digest: string;
}

const layer = path.join(import.meta.dirname, 'image');

/**
 * The stand-ins of the lab for images, and busybox where nothing else is to be had, made once for each state of their recipes.
 *
 * @param references as the cluster's objects name them
 * @param busybox the static program
 */
export async function imageArchive(
  references: readonly string[],
  busybox: string,
): Promise<ImageArchive> {
  const all = [...new Set(references)].sort();
  const known = all.filter((one) => !isTiny(one));
  const tiny = [...all.filter(isTiny), pauseImage];
  const digest = digestOf(known, tiny);
  const file = path.join(cacheDirectory('cluster', 'images'), `${digest}.tar`);
  if (existsSync(file)) return { file, digest };
  const engine = await startEngine();
  const { environment: env } = engine;
  try {
    await buildImages(engine, known);
    for (const name of known.filter(isJitsis)) await forKubernetes(engine, name);
    await buildTiny(engine, busybox, tiny);
    await run('docker', ['save', '--output', `${file}.part`, ...known, ...tiny], { env });
    renameSync(`${file}.part`, file);
    // The names belong to the lab's own images again.
    await buildImages(engine, known);
  } finally {
    await stopEngine(engine);
  }
  return { file, digest };
}

function isTiny(reference: string): boolean {
  return reference.startsWith('busybox:');
}

function isJitsis(reference: string): boolean {
  return reference.startsWith('ghcr.io/jitsi/');
}

function digestOf(known: readonly string[], tiny: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of known) hash.update(`${name} ${recipeFor(name).hash}\n`);
  for (const name of tiny) hash.update(`${name}\n`);
  for (const file of ['Dockerfile', 'init']) hash.update(readFileSync(path.join(layer, file)));
  return hash.digest('hex').slice(0, 12);
}

async function forKubernetes({ environment: env }: Engine, name: string): Promise<void> {
  // An image cannot be built on the name that it gets.
  const base = 'create-jitsi-stack-lab/for-kubernetes';
  await run('docker', ['tag', name, base], { env });
  const words = ['build', '--network=none', '--build-arg', `FROM=${base}`];
  await run('docker', [...words, '--tag', name, layer], { env });
}

/** One program, which is a shell, and sleeps when nothing else is said. */
async function buildTiny({ environment: env }: Engine, busybox: string, names: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'busybox-'));
  try {
    copyFileSync(busybox, path.join(folder, 'busybox'));
    const lines = [
      'FROM scratch',
      'COPY busybox /bin/busybox',
      'RUN ["/bin/busybox", "--install", "-s", "/bin"]',
      'CMD ["/bin/sleep", "infinity"]',
    ];
    writeFileSync(path.join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    const tags = names.flatMap((name) => ['--tag', name]);
    await run('docker', ['build', '--network=none', ...tags, folder], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
