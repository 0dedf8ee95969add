import type { Handover } from './handover.ts';
import type { Installation } from './installation.ts';
import type { Proposal } from './propose.ts';

/** The installation that a run adopts, and what it comes to. */
export interface Adoption {
  /** The old directory as its owner typed it. */
  readonly named: string;
  readonly installation: Installation;
  readonly proposal: Proposal;
  /** The stack is written into the old directory itself. */
  readonly inPlace: boolean;
}

/** What the writing stage takes over. */
export function handoverOf({ named, proposal }: Adoption): Handover {
  return { from: named, secrets: proposal.secrets, takes: proposal.takeover.takes };
}
