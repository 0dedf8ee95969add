import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../blueprints/index.ts';
import type { Answers } from './answers/answers.ts';
import { writeAnswers } from './answers/file.ts';
import type { Plan } from './plan/plan.ts';
import type { RenderedFile } from './render/rendered.ts';

/** The blueprints' folders: beside `src/` in a checkout and beside the bundle in the package. */
const blueprintRoot = fileURLToPath(new URL('../blueprints/', import.meta.url));

/**
 * Decides what the stack is.
 *
 * @throws StackError for answers that do not go together
 */
export async function createStackPlan(answers: Answers): Promise<Plan> {
  const [{ loadRelease }, { createPlan }, templates] = await Promise.all([
    import('./releases/index.ts'),
    import('./plan/create.ts'),
    listTemplates(),
  ]);
  const release = await loadRelease(answers.release);
  return createPlan(answers, { release, blueprints, templates });
}

/** Every file of the stack, rendered; nothing is written. */
export async function renderStack(plan: Plan): Promise<readonly RenderedFile[]> {
  const { renderPlan } = await import('./render/render.ts');
  return renderPlan(plan, readTemplate, ({ answers }) => writeAnswers(answers));
}

async function readTemplate(blueprint: string, path: string) {
  const source = join(blueprintRoot, blueprint, path);
  return { source, text: await readFile(source, 'utf8') };
}

/** Paths in the stack of every blueprint's templates. */
async function listTemplates(): Promise<Record<string, string[]>> {
  const lists = blueprints.map(async ({ id }) => {
    const entries = await readdir(join(blueprintRoot, id, 'files'), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    const root = join(blueprintRoot, id, 'files');
    const paths = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1, -4))
      .sort();
    return [id, paths] as const;
  });
  return Object.fromEntries(await Promise.all(lists));
}
