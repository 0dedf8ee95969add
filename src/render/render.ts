import type { Plan, PlannedFile } from '../plan/plan.ts';
import { renderCompose } from './compose.ts';
import type { RenderedFile } from './rendered.ts';
import { renderTemplate, type Template } from './template.ts';

/**
 * Every file of the stack. Nothing is written.
 *
 * @param read a template by its path from the folder of blueprints on
 * @param dataFile makes `jitsi-stack.json` from the plan
 */
export function renderPlan(
  plan: Plan,
  read: Template['read'],
  answersFile: (plan: Plan) => string,
): readonly RenderedFile[] {
  const rendered: RenderedFile[] = [];
  for (const file of plan.files) {
    const { path, blueprint, format } = file;
    if (file.template === undefined || format === undefined) continue;
    const source = `${blueprint}/${file.template}`;
    const text = renderTemplate({ path, format, source, read }, plan.views[blueprint] ?? {});
    rendered.push(withText(file, text));
  }
  for (const file of plan.files) {
    if (file.template !== undefined) continue;
    const text = file.path === 'compose.yaml' ? renderCompose(plan, rendered) : answersFile(plan);
    rendered.push(withText(file, text));
  }
  for (const machine of plan.machines ?? []) {
    for (const file of renderPlan(machine.plan, read, answersFile))
      rendered.push({ ...file, path: `machines/${machine.name}/${file.path}` });
  }
  return rendered.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function withText({ path, executable, kind }: PlannedFile, text: string): RenderedFile {
  return { path, executable, kind, text: text.endsWith('\n') || text === '' ? text : `${text}\n` };
}
