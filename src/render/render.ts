import type { Plan, PlannedFile } from '../plan/plan.ts';
import { renderCompose } from './compose.ts';
import type { RenderedFile } from './rendered.ts';
import { renderTemplate } from './template.ts';

/** Reads a template: the blueprint's id and the path below its folder. */
export type ReadTemplate = (
  blueprint: string,
  path: string,
) => Promise<{ source: string; text: string }>;

/**
 * Every file of the stack. Nothing is written.
 *
 * @param dataFile makes `jitsi-stack.json` from the plan
 */
export async function renderPlan(
  plan: Plan,
  readTemplate: ReadTemplate,
  answersFile: (plan: Plan) => string,
): Promise<readonly RenderedFile[]> {
  const rendered: RenderedFile[] = [];
  for (const file of plan.files) {
    const { path, blueprint, format } = file;
    if (file.template === undefined || format === undefined) continue;
    const text = renderTemplate(
      { path, format, ...(await readTemplate(blueprint, file.template)) },
      plan.views[blueprint] ?? {},
    );
    rendered.push(withText(file, text));
  }
  for (const file of plan.files) {
    if (file.template !== undefined) continue;
    const text = file.path === 'compose.yaml' ? renderCompose(plan, rendered) : answersFile(plan);
    rendered.push(withText(file, text));
  }
  return rendered.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function withText({ path, executable, kind }: PlannedFile, text: string): RenderedFile {
  return { path, executable, kind, text: text.endsWith('\n') || text === '' ? text : `${text}\n` };
}
