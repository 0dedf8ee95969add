import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, TextFile } from 'projen';

/** Writes `blueprints/index.ts`: every folder with a `blueprint.ts` is a feature, so adding one is adding its folder. */
export class BlueprintsIndex extends TextFile {
  constructor(project: Project) {
    const root = join(project.outdir, 'blueprints');
    const ids = existsSync(root)
      ? readdirSync(root)
          .filter((id) => existsSync(join(root, id, 'blueprint.ts')))
          .sort()
      : [];
    const name = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    super(project, 'blueprints/index.ts', {
      lines: [
        `// ${project.name}: written by \`npx projen\` from the folders beside it.`,
        "import type { AnyBlueprint } from '../src/blueprint.ts';",
        ...ids.map((id) => `import { ${name(id)} } from './${id}/blueprint.ts';`),
        '',
        '/** Every feature, in the order of their folder names. */',
        'export const blueprints: readonly AnyBlueprint[] = [',
        ...ids.map((id) => `  ${name(id)},`),
        '];',
        '',
      ],
    });
  }
}
