import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildFailure, type BuildOptions, build, type Metafile } from 'esbuild';
import { blueprints } from '../blueprints/index.ts';
import { answersJsonSchema } from '../src/answers/schema.ts';
import { sectionsOf } from '../src/answers/sections.ts';
import { StackError } from '../src/errors.ts';
import {
  knownSettings,
  loadRelease,
  newestRelease,
  settingsSchema,
} from '../src/releases/index.ts';
import { silentDebug } from './bundle-debug.ts';
import { writtenFlags } from './bundle-flags.ts';
import { oneChunkEach, start } from './bundle-layers.ts';
import { onlyUsedProjen } from './bundle-projen.ts';
import { compiledTemplates } from './bundle-templates.ts';
import { yamlAsModules } from './bundle-yaml.ts';
import { root as checkout, maintain } from './maintain.ts';
import { thirdPartyNotices } from './notices.ts';

const root = `${checkout}/`;
const dist = join(root, 'dist');

await maintain(async () => {
  await rm(dist, { recursive: true, force: true });
  const { outputs } = await bundle();
  await chmod(join(dist, 'cli.js'), 0o755);
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(root, outputs));
  const schema = answersJsonSchema(
    sectionsOf(blueprints),
    settingsSchema(knownSettings(await loadRelease(newestRelease))),
  );
  await writeFile(join(dist, 'jitsi-stack.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
  const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
  return `dist: ${Object.keys(outputs).length} chunks, ${Math.round(bytes / 1024)} kB`;
});

/**
 * Everything that runs, flat in `dist/`. What is imported with `import()` is a chunk of its own, loaded when it is needed.
 */
async function bundle(): Promise<Metafile> {
  const options = {
    absWorkingDir: root,
    entryPoints: { cli: start },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // ES modules, of which only what is used is taken; CommonJS comes whole, or asks for its parts in ways that no bundler follows.
    mainFields: ['module', 'main'],
    target: 'node20.12',
    // Names stay, so that the lines of a reported defect say something.
    minifySyntax: true,
    minifyWhitespace: true,
    // They are all in the notices.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    // What is CommonJS inside asks for Node's own modules with require().
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  } as const satisfies BuildOptions;
  const plugins = [
    onlyUsedProjen(),
    yamlAsModules(),
    compiledTemplates(root),
    silentDebug(),
    writtenFlags(),
  ];
  try {
    const { metafile } = await build({ ...options, plugins, write: false });
    const chunks = oneChunkEach(root, metafile);
    return (await build({ ...options, plugins: [...plugins, chunks] })).metafile;
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>;
    if (errors.length === 0) throw error;
    throw new StackError({
      what: 'Nothing was bundled.',
      why: 'esbuild says above what it found.',
    });
  }
}
