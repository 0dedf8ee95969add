import type { Plan } from '../../plan/plan.ts';
import type { Terminal } from '../terminal.ts';
import { wrap } from './wrap.ts';

/** What is left for the owner to do, numbered. */
export function nextSteps(
  { steps }: Pick<Plan, 'steps'>,
  width: number,
  style: Terminal['style'],
): string {
  return steps
    .map(({ title, detail, command }, index) => {
      const number = `${index + 1}. `;
      const indent = ' '.repeat(number.length);
      return [
        `${number}${style('bold', title)}`,
        ...wrap(detail, width - indent.length).map((line) => indent + line),
        ...(command
          ? command.split('\n').map((line) => `${indent}${style('cyan', `$ ${line}`)}`)
          : []),
      ].join('\n');
    })
    .join('\n');
}
