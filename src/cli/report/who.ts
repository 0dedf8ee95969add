import type { Plan } from '../../plan/plan.ts';
import { wrap } from './wrap.ts';

/** Who opens rooms, who else joins and who moderates: a sentence each. */
export function whoGetsIn({ sentences }: NonNullable<Plan['access']>, width: number): string {
  return sentences.flatMap((sentence) => wrap(sentence, width)).join('\n');
}
