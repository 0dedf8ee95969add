import type { Answers } from '../answers/answers.ts';

/** Whether what has numbers tells them inside the stack, for a Prometheus that is in it. */
export function isMeasured({ extras }: Pick<Answers, 'extras'>): boolean {
  return extras?.includes('monitoring') ?? false;
}
