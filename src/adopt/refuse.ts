import { join } from 'node:path';
import { flagOf, type Section } from '../answers/sections.ts';
import { type Problem, StackError } from '../errors.ts';
import type { Adoption } from './adoption.ts';
import { placeOf } from './evidence.ts';
import type { Undecided } from './findings.ts';
import { readEnvFile } from './read/env.ts';

/** Refuses a directory whose stack has accounts of its own: passwords of two installations do not mix. */
export function refuseOtherSecrets(
  directory: string,
  named: string,
  { named: old, proposal, inPlace }: Adoption,
): void {
  const here = readEnvFile(join(directory, '.env'), join(named, '.env'));
  const other = [...proposal.secrets]
    .filter(([name, value]) => (here?.get(name)?.value || value) !== value)
    .map(([name]) => name);
  if (other.length === 0) return;
  const names = other.join(', ');
  if (inPlace) {
    throw new StackError({
      where: join(named, '.env'),
      what: `${names} ${other.length === 1 ? 'is' : 'are'} not what the containers are given.`,
      why: 'The compose file says otherwise, and the accounts were made with that.',
      fix: 'Put the value of the compose file into .env, or take the line out of .env, and run this again.',
    });
  }
  throw new StackError({
    where: join(named, '.env'),
    what: `${names} ${other.length === 1 ? 'has another value' : 'have other values'} than in ${old}.`,
    why: 'There is a stack here with accounts of its own, or its secrets were replaced since it was made from that installation.',
    fix: 'Name a new directory. A stack that was adopted before needs this command no more: run npx create-jitsi-stack@latest in it.',
  });
}

/** Without somebody to ask, what the installation does not give safely has to be given. */
export function undecidedProblems(
  open: readonly Undecided[],
  sections: readonly Section[],
): readonly Problem[] {
  return open.map(({ answer, evidence, what, fix }) => {
    const [id = '', name = ''] = answer?.split('.') ?? [];
    const section = sections.find((one) => one.id === id);
    const flag = section && `Decide it with ${flagOf(section, name)}.`;
    const way = fix ?? flag;
    return {
      ...(answer !== undefined ? { answer } : evidence && { where: placeOf(evidence) }),
      what,
      ...(way !== undefined && { fix: way }),
    };
  });
}
