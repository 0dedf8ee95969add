import { isRecord, type RawAnswers } from './complete.ts';
import { listenerName, type WebListener } from './detect/listeners.ts';
import { smallServer } from './memory.ts';
import { isAdvanced, type Question } from './questions.ts';

/** What speaks for one choice, from the answers so far and from this host. */
export interface Recommendation {
  readonly value: string;
  /** What stands behind its name. */
  readonly mark: 'recommended' | 'found here';
  /** By choice: why, or why not. */
  readonly hints: Readonly<Record<string, string>>;
}

export interface ServerFacts {
  /** Who has port 80 or 443 here already. */
  listener: WebListener | undefined;
  /** Memory of the server in MiB. */
  readonly memory: number;
}

/** The edge that suits: one that is here already stays, and people behind strict firewalls need the relay on 443. */
export function recommend(
  { section, name, field }: Question,
  answers: RawAnswers,
  { listener, memory }: ServerFacts,
): Recommendation | undefined {
  if (section.id !== 'edge') return undefined;
  const flavours = section.choice?.fields.external?.flavour?.options ?? [];
  const flavour = flavours.find(({ value }) => value === listener?.program)?.value;
  if (listener && flavour && name !== section.choice?.key) {
    if (name !== 'flavour' && (flavourIn(answers) !== flavour || isAdvanced(field, answers)))
      return undefined;
    // Without a container, or in the host's network, it is like any program of the server.
    const place = listener.container === undefined ? 'server' : 'container';
    const value = { flavour, place, container: listener.container }[name];
    return value === undefined ? undefined : { value, mark: 'found here', hints: {} };
  }
  if (name !== section.choice?.key) return undefined;
  if (listener && flavour) {
    const who = listenerName(listener);
    const otherwise = listener.ports.length > 0 ? `you would have to stop ${who} first` : undefined;
    return {
      value: 'external',
      mark: 'recommended',
      hints: {
        external:
          listener.ports.length > 0
            ? `${who} is there already: keep it, and get what it needs ready to use`
            : `the page comes through ${who}; audio and video come directly`,
        ...(otherwise && { nginx: otherwise, haproxy: otherwise }),
      },
    };
  }
  if (!isRecord(answers.turn) || answers.turn.share443 !== true) return undefined;
  return {
    value: memory < smallServer ? 'nginx' : 'haproxy',
    mark: 'recommended',
    hints: {
      haproxy: 'lets meetings and the web page share port 443; one container more',
      nginx: 'lets them share it too, with one container less: for a small server',
      external: 'keeps 443 for itself: people behind strict firewalls see and hear nobody',
    },
  };
}

/** The proxy of the owner's that the answers name. */
function flavourIn({ edge }: RawAnswers): unknown {
  return isRecord(edge) ? edge.flavour : undefined;
}
