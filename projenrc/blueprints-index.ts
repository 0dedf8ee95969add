import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Project, TextFile } from 'projen';
import type { AnyBlueprint } from '../src/blueprint.ts';

/** Every folder with a `blueprint.ts` is a feature, so adding one is adding its folder. */
function featureIds(root: string): string[] {
  return readdirSync(root)
    .filter((id) => existsSync(join(root, id, 'blueprint.ts')))
    .sort();
}

const exportOf = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** All features from their folders: what is written beside them may be of before the last one was added. */
export async function readFeatures(root: string): Promise<AnyBlueprint[]> {
  const modules = featureIds(root).map(async (id) => {
    const file = pathToFileURL(join(root, id, 'blueprint.ts')).href;
    return (await import(file))[exportOf(id)] as AnyBlueprint;
  });
  return Promise.all(modules);
}

/** Writes `blueprints/index.ts`. */
export class BlueprintsIndex extends TextFile {
  constructor(project: Project) {
    const ids = featureIds(join(project.outdir, 'blueprints'));
    super(project, 'blueprints/index.ts', {
      lines: [
        `// ${project.name}: written by \`npx projen\` from the folders beside it.`,
        "import type { AnyBlueprint } from '../src/blueprint.ts';",
        ...ids.map((id) => `import { ${exportOf(id)} } from './${id}/blueprint.ts';`),
        '',
        '/** Every feature, in the order of their folder names. */',
        'export const blueprints: readonly AnyBlueprint[] = [',
        ...ids.map((id) => `  ${exportOf(id)},`),
        '];',
        '',
      ],
    });
  }
}
