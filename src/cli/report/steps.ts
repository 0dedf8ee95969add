import { addressRecord } from '../../addresses.ts';
import type { Plan } from '../../plan/plan.ts';
import { shellWord } from '../../shell-word.ts';
import type { Terminal } from '../terminal.ts';
import { firstOf, type Part } from './fit.ts';
import { columnsOf, wrap } from './wrap.ts';

/**
 * The same in a line each: what to do, and the command where there is one that fits beside it. The first command is
 * preceded by the way into the directory, and stands below where it is too long: nobody can do without it.
 */
function stepLines(
  { steps }: Pick<Plan, 'steps'>,
  directory: string,
  width: number,
  style: Terminal['style'],
): readonly string[] {
  const first = firstCommand(steps);
  const enter = directory === '.' ? '' : `cd ${shellWord(directory)} && `;
  return steps.map(({ title, command, record }, index) => {
    const head = `${index + 1}. ${title}`;
    const call = index === first ? `${enter}${command}` : command;
    const tail = record ? record.addresses.map(addressRecord).join(', ') : call;
    const start = `${index + 1}. ${style('bold', title)}`;
    if (tail === undefined || tail.includes('\n')) return start;
    const shown = record ? tail : style('cyan', tail);
    if (columnsOf(`${head}: ${tail}`) <= width) return `${start}: ${shown}`;
    return index === first && enter !== '' ? `${start}:\n   ${shown}` : start;
  });
}

/** Steps, each in full or in a line. */
export function stepVersions(
  steps: Plan['steps'],
  directory: string,
  width: number,
  { style }: Pick<Terminal, 'style'>,
): Part {
  const short = stepLines({ steps }, directory, width, style);
  const few = firstOf(short, 6, (rest) => `… and ${rest} more`);
  return [nextSteps({ steps }, directory, width, style), short.join('\n'), few.join('\n')];
}

/** Above what other answers leave to do by hand; said before writing and after it. */
export const consequencesTitle = 'What else these answers mean';

/** What is left for the owner to do, numbered; the first command is preceded by the way into the directory. */
export function nextSteps(
  { steps }: Pick<Plan, 'steps'>,
  directory: string,
  width: number,
  style: Terminal['style'],
): string {
  const first = firstCommand(steps);
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

function firstCommand(steps: Plan['steps']): number {
  return steps.findIndex(({ command }) => command !== undefined);
}
