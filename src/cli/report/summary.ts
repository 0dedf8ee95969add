import { domainToUnicode } from 'node:url';
import { memoryText } from '../../answers/memory.ts';
import { isInCluster } from '../../answers/whose.ts';
import type { Plan } from '../../plan/plan.ts';
import { wrap } from './wrap.ts';

/** The plan in a few sentences: where people meet, what that means for them, and what is still to do. */
export function summaryText(plan: Plan, steps: Plan['steps'], width: number): string {
  const { access, answers, features } = plan;
  const { domain, network } = answers;
  const from = network.exposure === 'lan' ? ', from the local network only' : '';
  const sentences = [
    `People meet at ${spokenUrl(domain)}${from}.`,
    ...(access?.sentences ?? []),
    ...features.flatMap(({ says }) => (says ? [says] : [])),
    ...memoryOfExtras(plan),
    toDo(steps),
  ];
  return sentences.flatMap((sentence) => wrap(sentence, width)).join('\n');
}

/** The address of the page as people write it: `https://müller.example`. */
export function spokenUrl(domain: string): string {
  return `https://${domainToUnicode(domain) || domain}`;
}

/** What the containers of extras may take of the server, each by itself. */
function memoryOfExtras({ answers, features, services }: Plan): readonly string[] {
  const shares = features
    .filter(({ section }) => section === 'extras')
    .map(({ id, title }) => {
      const own = services.filter(
        ({ blueprint, lifetime }) => blueprint === id && lifetime !== 'once',
      );
      return { title, memory: own.reduce((sum, { memory }) => sum + memory, 0) };
    })
    .filter(({ memory }) => memory > 0)
    .map(({ title, memory }) => `${title} ${memoryText(memory)}`);
  // A cluster's machines are as many as it has.
  if (shares.length === 0 || isInCluster(answers)) return [];
  return [
    `Of the server’s ${memoryText(answers.host.memory)} of memory, extras may take: ${shares.join(', ')}.`,
  ];
}

function toDo(steps: Plan['steps']): string {
  const before = steps.filter(({ phase }) => phase === 'before').map(({ title }) => title);
  if (before.length === 0) return 'Nothing is left to do before the first start.';
  const list = before.map((title) => title.replace(/^./, (letter) => letter.toLowerCase()));
  return `Before the first start: ${list.join('; ')}.`;
}
