import type { Answers } from '../answers/answers.ts';
import { listed } from '../listed.ts';
import type { Step } from '../plan/plan.ts';
import { shellWord } from '../shell-word.ts';
import type { Adoption } from './adoption.ts';
import { panelProxies } from './infer/front-signs.ts';
import { type Parties, partiesOf } from './neighbours.ts';
import { extraRoles, type Role } from './read/roles.ts';

type Chosen = Pick<Answers, 'edge' | 'turn' | 'extras'>;

/** Proxy, relay and extras of the old installation that the stack takes the place of, by its answers. */
function replacedRoles({ edge, turn, extras }: Chosen): Role[] {
  return [
    ...[...extraRoles, 'transcription' as const].filter((role) => extras.includes(role)),
    ...(edge.proxy === 'external' ? [] : (['nginx', 'haproxy'] as const)),
    ...(turn.mode === 'coturn' ? (['coturn'] as const) : []),
  ];
}

/** The services that the stack replaces, and those that share their compose files and stay. */
function partiesFor({ installation }: Pick<Adoption, 'installation'>, chosen: Chosen): Parties {
  return partiesOf(installation, replacedRoles(chosen));
}

/** Stops what the stack replaces, and nothing else. */
export function stopOld(adoption: Adoption, chosen: Chosen): Step {
  const { replaced, neighbours } = partiesFor(adoption, chosen);
  const isSwarm = replaced.some(({ swarm }) => swarm);
  const why = `It still uses the ports, and its accounts must not change while they are copied.${panelHint(adoption)}`;
  const shared = `${listed(neighbours.map(({ name }) => name))} ${neighbours.length === 1 ? 'stays' : 'stay'} as ${neighbours.length === 1 ? 'it is' : 'they are'}.`;
  const title = neighbours.length > 0 ? 'Stop Jitsi where it was' : 'Stop the old installation';
  if (isSwarm) {
    const names = replaced.map(({ name }) => `STACK_${name}`).join(' ');
    return {
      phase: 'before',
      title,
      detail: `${why} Its compose file is one for Docker Swarm: STACK is the name that docker stack ls shows.${neighbours.length > 0 ? ` ${shared}` : ''}`,
      command: neighbours.length > 0 ? `docker service rm ${names}` : 'docker stack rm STACK',
    };
  }
  const compose = composeIn(adoption);
  const names = replaced.map(({ name }) => shellWord(name)).join(' ');
  return {
    phase: 'before',
    title,
    detail: neighbours.length > 0 ? `${why} ${shared}` : why,
    command: neighbours.length > 0 ? compose(`rm --stop --force ${names}`) : compose('down'),
  };
}

/** What a panel has started it starts again with its next deploy. */
function panelHint({ proposal }: Adoption): string {
  const front = proposal.inferred.find(({ answer }) => answer === 'edge.container')?.value;
  const isPanels = panelProxies.some((container) => container === front);
  return isPanels
    ? ' Stop it in your panel: what that has started, its next deploy brings back.'
    : '';
}

/** A call of Compose that reads the old installation's files, from the stack's directory. */
function composeIn({ installation, inPlace }: Adoption): (words: string) => string {
  const { directory, compose, composeOptions } = installation;
  const env = composeOptions.map((word) => ` ${shellWord(word)}`).join('');
  const files = compose.files.map((file) => ` -f ${shellWord(file)}`).join('');
  return (words) =>
    inPlace
      ? `docker compose -p ${shellWord(compose.project)}${env}${files} ${words}`
      : `(cd ${shellWord(directory)} && docker compose${env} ${words})`;
}

/** In a file that others share, Jitsi's services start again with the next “up” until they are taken out of it. */
export function takeOut(adoption: Adoption, chosen: Chosen): Step[] {
  const { replaced, neighbours } = partiesFor(adoption, chosen);
  if (neighbours.length === 0 || adoption.inPlace) return [];
  const files = [...new Set(replaced.map(({ evidence }) => evidence.file))];
  return [
    {
      phase: 'after',
      title: `Take Jitsi out of ${files.join(', ')}`,
      detail: `When nobody wants back any more, delete ${listed(replaced.map(({ name }) => name))} there. Until then, a docker compose up without names would start them again beside the stack; this one does not:`,
      command: composeIn(adoption)(
        `up -d ${neighbours.map(({ name }) => shellWord(name)).join(' ')}`,
      ),
    },
  ];
}
