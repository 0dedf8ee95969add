import type { Answers } from '../../src/blueprint.ts';
import { flavourOf } from './flavours.ts';

/** The containers' network as Docker knows it: after the Compose project. */
export function networkOf({ name }: Pick<Answers, 'name'>): string {
  return `${name}_meet.jitsi`;
}

/** The name of this stack's own relay; empty where it has none. */
export function relayName({ turn }: Pick<Answers, 'turn'>): string {
  return turn.mode === 'coturn' ? String(turn.domain) : '';
}

/** The answers about a proxy of the owner's. */
export interface Own {
  readonly flavour: string;
  readonly place: string;
  readonly container?: string | undefined;
}

/** What its container is called, if it runs in one. */
export function containerOf({ flavour, container }: Own): string {
  return container ?? flavourOf(flavour).container;
}
