import { domainToUnicode } from 'node:url';
import type { Adoption } from '../../adopt/adoption.ts';
import { partiesOf } from '../../adopt/neighbours.ts';
import { filesOf } from '../../adopt/read/file-names.ts';
import { accountsOf } from '../../adopt/take.ts';
import { listed } from '../../listed.ts';
import { wrap } from './wrap.ts';

/** What was found, as one would tell it: what it is, what comes along, what is left alone. */
export function adoptionSentences(
  { installation, proposal }: Pick<Adoption, 'installation' | 'proposal'>,
  width: number,
): string {
  const { kind, compose, envFiles } = installation;
  const { release, answers, inferred, settings } = proposal;
  const what = kind === 'upstream' ? 'docker-jitsi-meet' : 'Jitsi in a compose project of your own';
  const domain = typeof answers.domain === 'string' ? answers.domain : undefined;
  const where = domain === undefined ? '' : ` at ${domainToUnicode(domain) || domain}`;
  const read = [
    counted(inferred.length, 'answer'),
    ...(settings.size > 0 ? [counted(settings.size, 'setting')] : []),
  ];
  const neighbours = partiesOf(installation).neighbours.map(({ name }) => name);
  const sentences = [
    `This is ${what}${where}.`,
    release.why
      ? `The new stack will run ${release.taken}: ${release.why}.`
      : `The new stack will run the same release, ${release.taken}.`,
    comingAlong(proposal),
    `${listed(read)} were read from ${listed([...envFiles, ...filesOf(compose)])}. Reading them changed nothing.`,
    ...(neighbours.length > 0
      ? [`Beside it: ${neighbours.join(', ')}. They are not part of Jitsi, so they are left alone.`]
      : []),
  ];
  return sentences.flatMap((sentence) => wrap(sentence, width)).join('\n');
}

function comingAlong(proposal: Adoption['proposal']): string {
  const { takeover, secrets } = proposal;
  const people = Object.values(takeover.accounts).reduce((sum, one) => sum + one, 0);
  const passwords = people === 1 ? 'its password' : 'their passwords';
  const things = [
    ...(people > 0 ? [`${counted(people, 'account')} with ${passwords}`] : []),
    ...(secrets.size > 0 ? [counted(secrets.size, 'secret')] : []),
    ...new Set(takeover.takes.filter(({ kind }) => kind !== 'data').map(({ what }) => what)),
  ];
  const why = accountsLeft(proposal);
  return [
    ...(things.length > 0 ? [`It takes over ${listed(things)}.`] : []),
    ...(why ? [`Accounts do not come along by themselves. ${why}`] : []),
    ...(people === 0 && !why ? ['No accounts were found.'] : []),
  ].join(' ');
}

/** Why the accounts stay where they are; undefined where they come along, or where there are none. */
export function accountsLeft({ takeover }: Adoption['proposal']): string | undefined {
  return takeover.left.find(({ what }) => what === accountsOf)?.why;
}

export function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
