import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { debianSuite } from './cache.ts';
import { type Engine, startEngine, stopEngine } from './engine.ts';
import { attempt, run } from './process.ts';
import { programOf } from './program.ts';
import { type Recipe, recipeFor } from './recipes.ts';
import { rootfsArchive } from './rootfs.ts';

const prefix = 'create-jitsi-stack-lab';
const label = 'org.create-jitsi-stack.lab.stand-in';

/** One image reference that can now be started, and how long it took to have it. */
export interface BuiltImage {
  readonly reference: string;
  readonly recipe: string;
  readonly seconds: number;
}

/**
 * Gives each reference an image from Debian packages. An image is built when its recipe, or one that it is built on,
 * has changed; otherwise the one from an earlier run gets the tag.
 */
export async function buildImages(
  engine: Engine,
  references: readonly string[],
): Promise<BuiltImage[]> {
  const wanted = references.map((reference) => ({ reference, recipe: recipeFor(reference) }));
  const built: BuiltImage[] = [];
  for (const { reference, recipe } of wanted) {
    const begin = Date.now();
    const image = await ensureBuilt(engine, recipe);
    for (const name of [reference, ...builtName(reference, recipe)])
      await run('docker', ['tag', image, name], { env: engine.environment });
    built.push({
      reference,
      recipe: recipe.name,
      seconds: Math.round((Date.now() - begin) / 100) / 10,
    });
  }
  return built;
}

/** The second name of what a stack builds, by which `./stack up` knows that it is built from these files. */
function builtName(reference: string, { directory, from }: Recipe): string[] {
  if (!from) return [];
  const content = createHash('sha256');
  for (const file of readdirSync(directory).sort())
    content.update(readFileSync(path.join(directory, file)));
  return [`${reference.replace(/:[^:]*$/, '')}:files-${content.digest('hex').slice(0, 12)}`];
}

/** A folder of a stack as its owner has it: templates without their ending. */
function writtenOut(directory: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'context-'));
  for (const file of readdirSync(directory))
    copyFileSync(path.join(directory, file), path.join(folder, file.replace(/\.ejs$/, '')));
  return folder;
}

/** The npm of this machine, which `node` copies. */
async function npmFolder(): Promise<string> {
  const command = (await run('sh', ['-c', 'command -v npm'])).trim();
  return path.dirname(path.dirname(realpathSync(command)));
}

/** Builds what is missing with an engine that lives just for that; the lab's engine then finds it in the same cache. */
export async function prepareImages(references: readonly string[]): Promise<BuiltImage[]> {
  const engine = await startEngine();
  try {
    return await buildImages(engine, references);
  } finally {
    await stopEngine(engine);
  }
}

async function ensureBuilt(engine: Engine, recipe: Recipe): Promise<string> {
  const image = `${prefix}/${recipe.name}:${recipe.hash}`;
  if (await exists(engine, image)) return image;
  if (!engine.canBuild) {
    throw new Error(
      `${image} is not built yet, and this engine has no way to the package mirror: call prepareImages first.`,
    );
  }
  const parent = recipe.parent
    ? await ensureBuilt(engine, recipe.parent)
    : await ensureRootfs(engine);
  const env = { ...engine.environment, BUILDKIT_PROGRESS: 'plain' };
  if (recipe.from) await run('docker', ['tag', parent, recipe.from], { env });
  const base = recipe.from ? ['--label', `${label}=true`] : ['--build-arg', `BASE=${parent}`];
  const { program } = recipe;
  const built = [
    ...(program ? [`program=${await programOf(program.project, program.hash)}`] : []),
    ...(recipe.name === 'node' ? [`npm=${await npmFolder()}`, 'authorities=/etc/ssl/certs'] : []),
  ].flatMap((context) => ['--build-context', context]);
  const folder = recipe.from ? writtenOut(recipe.directory) : recipe.directory;
  const file = path.join(folder, 'Dockerfile');
  // The builder's own network is the machine's: an engine without bridges can build too.
  const words = ['build', '--network=host', ...base, ...built];
  await run('docker', [...words, '--file', file, '--tag', image, folder], { env });
  if (recipe.from) rmSync(folder, { recursive: true });
  return image;
}

async function ensureRootfs(engine: Engine): Promise<string> {
  const image = `${prefix}/debian:${debianSuite}`;
  if (!(await exists(engine, image)))
    await run('docker', ['import', await rootfsArchive(), image], { env: engine.environment });
  return image;
}

async function exists(engine: Engine, image: string): Promise<boolean> {
  return (
    (await attempt('docker', ['image', 'inspect', image], { env: engine.environment })).code === 0
  );
}

/** True when the image that a reference names was built by the lab. */
export async function isStandIn(engine: Engine, reference: string): Promise<boolean> {
  const format = `{{index .Config.Labels "${label}"}}`;
  const said = await attempt('docker', ['image', 'inspect', '--format', format, reference], {
    env: engine.environment,
  });
  return said.code === 0 && said.stdout.trim() === 'true';
}
