import { dirname, resolve } from 'node:path';
import type { RawAnswers } from '../answers/complete.ts';
import { answersFile, gather } from '../answers/gather.ts';
import { fillFromHost, missingAnswers } from '../answers/suggest.ts';
import type { Plan } from '../plan/plan.ts';
import type { CommandContext } from './context.ts';
import type { Invocation } from './invocation.ts';

/** A stack as its answers describe it, for commands that only look at it. */
export interface StackHere {
  readonly directory: string;
  readonly answers: RawAnswers;
  readonly plan: Plan;
}

/** The stack in a directory; undefined when there is none. */
export async function stackIn(
  directory: string,
  invocation: Invocation,
  context: CommandContext,
): Promise<StackHere | undefined> {
  const sections = context.sections;
  const gathered = await gather(invocation, sections, context.directory, directory);
  if (!gathered.existing) return undefined;
  const [stages, host] = await Promise.all([context.stages(), context.host()]);
  const { answers, missing } = await fillFromHost(sections, gathered.existing, host);
  if (missing.length > 0) throw missingAnswers(missing, answers);
  const complete = { ...answers, release: answers.release ?? stages.newestRelease };
  const checked = stages.checkAnswers(sections, complete, gathered.sourceOf);
  return { directory, answers, plan: await stages.createPlan(checked, gathered.stacks) };
}

/** The directory, or the nearest one above it, that holds a stack. */
export function stackAbove(start: string, exists: (path: string) => boolean): string | undefined {
  for (let here = resolve(start); ; here = dirname(here)) {
    if (exists(resolve(here, answersFile))) return here;
    if (dirname(here) === here) return undefined;
  }
}
