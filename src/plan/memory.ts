import type { Answers } from '../answers/answers.ts';
import type { Problem } from '../errors.ts';
import type { Context } from './blueprint.ts';
import type { Contributed } from './contribute.ts';

type Memory = Context<never>['memory'];

/** What a server's memory comes to for the containers of a stack. */
export interface Fitted {
  readonly contributions: readonly Contributed[];
  /** Present where even the least of each container is more than there is. */
  readonly short?: Problem;
}

/** What the system, Docker and the cache of files keep for themselves of a server's memory, in MiB. */
export function memoryReserve(total: number): number {
  return Math.min(1024, Math.max(192, Math.round(total / 10)));
}

/** What the containers that stay may take at most, all together, in MiB. */
export function memoryOf(contributions: readonly Contributed[]): number {
  return contributions
    .flatMap(({ contribution }) => contribution.services ?? [])
    .filter(({ lifetime }) => lifetime !== 'once')
    .reduce((sum, { memory, scale = 1 }) => sum + memory * scale, 0);
}

/**
 * What the features contribute, with limits that add up to less than the server has: where the parts that they ask for are
 * too much together, all become smaller by one factor, each down to its least.
 */
export function fitMemory(
  answers: Answers,
  contributeWith: (memory: Memory) => readonly Contributed[],
): Fitted {
  const total = answers.host.memory;
  const budget = total - memoryReserve(total);
  const asked: Parameters<Memory>[] = [];
  const share =
    (factor: number): Memory =>
    (part, least, most) =>
      Math.round(Math.min(most, Math.max(least, factor * total * part)) / 16) * 16;
  const whole = contributeWith((...ask) => {
    asked.push(ask);
    return share(1)(...ask);
  });
  const sharesAt = (factor: number) => asked.reduce((sum, ask) => sum + share(factor)(...ask), 0);
  const fixed = memoryOf(whole) - sharesAt(1);
  if (fixed + sharesAt(1) <= budget) return { contributions: whole };
  const least = fixed + sharesAt(0);
  if (least > budget) return { contributions: whole, short: tooLittle(answers, least, whole) };
  let [fits, over] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const middle = (fits + over) / 2;
    if (fixed + sharesAt(middle) <= budget) fits = middle;
    else over = middle;
  }
  return { contributions: contributeWith(share(fits)) };
}

/** What is too much, in a sentence about the server. */
function tooLittle(
  answers: Answers,
  least: number,
  contributions: readonly Contributed[],
): Problem {
  const total = answers.host.memory;
  const plain = { ...answers, extras: [] };
  const optional = contributions
    // What was chosen, and what came along with an extra.
    .filter(({ blueprint: { offer, applies } }) => offer || applies?.(plain) === false)
    .map((one) => ({ title: one.blueprint.title, memory: memoryOf([one]) }))
    .filter(({ memory }) => memory > 0)
    .sort((a, b) => b.memory - a.memory)
    .map(({ title }) => `“${title}”`);
  const needed = least + memoryReserve(total);
  return {
    answer: 'host.memory',
    what: `The server has ${total} MiB of memory, and what was chosen needs ${needed}.`,
    fix: `Take a server with ${Math.max(2, Math.ceil(needed / 1024))} GB${optional.length > 0 ? `, or leave something out: ${optional.join(', ')}` : ''}. When the server has more than that, say so with --host-memory.`,
  };
}
