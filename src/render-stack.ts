import { createHash } from 'node:crypto';
import { writeAnswers } from './answers/file/write.ts';
import { version } from './manifest.ts';
import type { Plan } from './plan/plan.ts';
import { renderPlan } from './render/render.ts';
import type { RenderedFile } from './render/rendered.ts';
import type { Generated } from './sync/index.ts';
import { templateAt } from './template-files.ts';

/**
 * What tells one build of the package from every other: the bundler names this file by what is in it and in all that it
 * imports, templates included. A checkout changes under one name, so it has none.
 */
const build = /-([A-Z0-9]{8})\.js$/.exec(import.meta.url)?.[1];

/** Every file of the stack, rendered; nothing is written. */
export function renderStack(plan: Plan): readonly RenderedFile[] {
  return renderPlan(plan, templateAt, ({ answers }) => writeAnswers(answers));
}

/** What is generated for a plan; the files are rendered when somebody looks at them first. */
export function renderLater(plan: Plan): Generated {
  let files: readonly RenderedFile[] | undefined;
  return {
    tool: version(),
    release: plan.release.tag,
    ...(build !== undefined && { source: sourceOf(build, plan) }),
    get files() {
      files ??= renderStack(plan);
      return files;
    },
  };
}

/** A plan is plain data, and what is rendered follows from it and the build alone (test/matrix). */
function sourceOf(build: string, plan: Plan): string {
  return createHash('sha256').update(build).update(JSON.stringify(plan)).digest('hex');
}
