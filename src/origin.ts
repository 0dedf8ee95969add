import { version } from './manifest.ts';
import type { Plan } from './plan/plan.ts';
import { sha256 } from './sha256.ts';
import type { Origin } from './sync/index.ts';

/**
 * What tells one build of the package from every other: the bundler names this file by what is in it and in all that it
 * imports, templates included. A checkout changes under one name, so it has none.
 */
const build = /-([A-Z0-9]{8})\.js$/.exec(import.meta.url)?.[1];

/** What is known of a plan's files before they are rendered. */
export function originOf(plan: Plan): Origin {
  return {
    tool: version(),
    release: plan.release.tag,
    ...(build !== undefined && { source: sourceOf(build, plan) }),
  };
}

/** A plan is plain data, and what is rendered follows from it and the build alone (test/matrix). */
function sourceOf(build: string, plan: Plan): string {
  return sha256(build + JSON.stringify(plan));
}
