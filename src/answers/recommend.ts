import { isRecord, type RawAnswers } from './complete.ts';
import { listenerName, type WebListener } from './detect/listeners.ts';
import { smallServer } from './memory.ts';
import type { Question } from './questions.ts';

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
  { section, name }: Question,
  answers: RawAnswers,
  { listener, memory }: ServerFacts,
): Recommendation | undefined {
  if (section.id !== 'edge') return undefined;
  const flavours = section.choice?.fields.external?.flavour?.options ?? [];
  const flavour = flavours.find(({ value }) => value === listener?.program)?.value;
  if (name === 'flavour' && flavour) return { value: flavour, mark: 'found here', hints: {} };
  if (name !== section.choice?.key) return undefined;
  if (listener && flavour) {
    const name = listenerName(listener);
    return {
      value: 'external',
      mark: 'recommended',
      hints: {
        external: `${name} answers there already: it stays, and gets a ready file`,
        nginx: `${name} has to make way first`,
        haproxy: `${name} has to make way first`,
      },
    };
  }
  if (!isRecord(answers.turn) || answers.turn.share443 !== true) return undefined;
  return {
    value: memory < smallServer ? 'nginx' : 'haproxy',
    mark: 'recommended',
    hints: {
      haproxy: 'tells page and relay apart on 443, and cuts off at once what is not TLS',
      nginx: 'tells page and relay apart by itself: one container less, for a small server',
      external: 'keeps 443 for itself: people behind strict firewalls see and hear nobody',
    },
  };
}
