import { isInCluster } from '../../answers/whose.ts';
import type { AccessAudit, Undone } from '../../audit/undone.ts';
import { sentence } from '../../errors.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Terminal } from '../terminal.ts';
import { noteText } from './problems.ts';

/** What in the owner's files decides about access, for a person; empty when nothing does. */
export function accessText(
  { undone, unread }: AccessAudit,
  plan: Plan,
  terminal: Terminal,
): string {
  const ways = undone.length > 0 ? [wayOn(plan)] : [];
  return [...undone.map((one) => undoneSentence(one, plan)), ...unread.map(sentence), ...ways]
    .map((text) => noteText(text, terminal))
    .join('\n');
}

function wayOn({ answers }: Plan): string {
  const then = isInCluster(answers)
    ? 'follow “Install it” in README.md'
    : 'run ./stack up on the server';
  return `What stands there counts, not the answers. Take it out, then ${then}; or choose what you want with --auth.`;
}

function undoneSentence({ path, line, name, why }: Undone, { answers }: Plan): string {
  const where = line === undefined ? path : `${path}, line ${line}`;
  return `${where}: ${name} decides about access, past the answer auth.mode (${answers.auth.mode}). ${why}`;
}
