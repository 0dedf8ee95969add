import { writeAnswers } from './answers/file/write.ts';
import type { Plan } from './plan/plan.ts';
import { renderPlan } from './render/render.ts';
import type { RenderedFile } from './render/rendered.ts';
import { templateAt } from './template-files.ts';

/** Every file of the stack, rendered; nothing is written. */
export function renderStack(plan: Plan): readonly RenderedFile[] {
  return renderPlan(plan, templateAt, ({ answers }) => writeAnswers(answers));
}
