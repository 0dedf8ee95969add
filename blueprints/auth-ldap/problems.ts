import type { Problem } from '../../src/blueprint.ts';
import { type Directory, filterOf, serversOf } from './directory.ts';

/** Answers with which the wrong people get in, or nobody does. */
export function directoryProblems(own: Directory): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (answer: string, what: string, why: string, fix: string) =>
    problems.push({ answer: `auth.${answer}`, what, why, fix });
  const servers = serversOf(own);
  const wrong = servers.find((one) => !/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.test(one));
  if (servers.length === 0 || wrong !== undefined)
    refuse(
      'servers',
      `“${wrong ?? ''}” is not the name of a server.`,
      'Names with or without a port are needed; auth.encryption says how they are spoken to.',
      'Give --auth-servers dc1.example.org, a second one after a blank.',
    );
  if (own.base.trim() === '')
    refuse(
      'base',
      'The entry below which people are searched is missing.',
      'Without it nobody is found.',
      'Give --auth-base.',
    );
  for (const answer of ['bindDn', 'group', 'filter'] as const) {
    const text = own[answer];
    if (text !== undefined && text !== text.trim())
      refuse(
        answer,
        'It begins or ends with a blank.',
        'The directory knows no entry of that name, and nobody could sign in.',
        'Take the blanks away.',
      );
  }
  if (own.people === 'filter' && !own.filter)
    refuse('filter', 'The filter is missing.', 'Nobody would be found.', 'Give --auth-filter.');
  else if (!/%[uU]/.test(filterOf(own)))
    refuse(
      'filter',
      'There is no %u in the filter.',
      'It would find the same person whatever name is typed: every name works with the password of one.',
      'Put %u where the name belongs, such as (mail=%u@example.org).',
    );
  else if (!isBalanced(filterOf(own)))
    refuse(
      'filter',
      'The brackets of the filter do not match.',
      'No directory understands it.',
      'Correct it.',
    );
  if (own.people === 'userPrincipalName' && !own.suffix)
    refuse(
      'suffix',
      'What follows the @ of principal names is missing.',
      'Jitsi cuts off whatever is typed from an @ on.',
      'Give --auth-suffix example.org.',
    );
  return problems;
}

function isBalanced(filter: string): boolean {
  let depth = 0;
  for (const one of filter) {
    if (one === '(') depth++;
    if (one === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
