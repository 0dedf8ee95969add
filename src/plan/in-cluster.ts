import { isInCluster } from '../answers/whose.ts';
import type { Plan, Step } from './plan.ts';

/** The steps with which a cluster takes files over, the first time as later; undefined for a server of one's own. */
export function clusterSteps({ answers, steps }: Pick<Plan, 'answers' | 'steps'>) {
  if (!isInCluster(answers)) return undefined;
  return steps.filter(({ phase }) => phase === 'start');
}

/** What is typed for them, a line each. */
export function commandsIn(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ command }) => command?.split('\n') ?? []);
}
