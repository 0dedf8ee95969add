import type { Plan } from '../../plan/plan.ts';
import { shellWord } from '../../shell-word.ts';
import type { Terminal } from '../terminal.ts';
import { wrap } from './wrap.ts';

/** Above what other answers leave to do by hand; said before writing and after it. */
export const consequencesTitle = 'What else these answers mean';

/** What is left for the owner to do, numbered; the first command is preceded by the way into the directory. */
export function nextSteps(
  { steps }: Pick<Plan, 'steps'>,
  directory: string,
  width: number,
  style: Terminal['style'],
): string {
  const first = steps.findIndex(({ command }) => command !== undefined);
  return steps
    .map(({ title, detail, command }, index) => {
      const number = `${index + 1}. `;
      const indent = ' '.repeat(number.length);
      const commands = [
        ...(index === first && directory !== '.' ? [`cd ${shellWord(directory)}`] : []),
        ...(command?.split('\n') ?? []),
      ];
      return [
        `${number}${style('bold', title)}`,
        ...wrap(detail, width - indent.length).map((line) => indent + line),
        ...commands.map((line) => `${indent}${style('cyan', `$ ${line}`)}`),
      ].join('\n');
    })
    .join('\n');
}
