import type { Inherited } from '../../adopt/inherited.ts';
import type { Installation } from '../../adopt/installation.ts';
import type { Proposal } from '../../adopt/propose.ts';

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
export function inheritedFrom({ named, proposal }: Adoption): Inherited {
  return { from: named, secrets: proposal.secrets, takes: proposal.takeover.takes };
}
