import { domainToUnicode } from 'node:url';
import type { Plan } from '../../plan/plan.ts';
import { wrap } from './wrap.ts';

/** The plan in a few sentences: where people meet, what that means for them, and what is still to do. */
export function summaryText(
  { answers, access, features }: Plan,
  steps: Plan['steps'],
  width: number,
): string {
  const { domain, network } = answers;
  const from = network.exposure === 'lan' ? ', from the local network only' : '';
  const sentences = [
    `People meet at ${spokenUrl(domain)}${from}.`,
    ...(access?.sentences ?? []),
    ...features.flatMap(({ says }) => (says ? [says] : [])),
    toDo(steps),
  ];
  return sentences.flatMap((sentence) => wrap(sentence, width)).join('\n');
}

/** The address of the page as people write it: `https://müller.example`. */
export function spokenUrl(domain: string): string {
  return `https://${domainToUnicode(domain) || domain}`;
}

function toDo(steps: Plan['steps']): string {
  const before = steps.filter(({ phase }) => phase === 'before').map(({ title }) => title);
  if (before.length === 0) return 'Nothing is left to do before the first start.';
  const list = before.map((title) => title.replace(/^./, (letter) => letter.toLowerCase()));
  return `Before the first start: ${list.join('; ')}.`;
}
