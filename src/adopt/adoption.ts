import { statSync } from 'node:fs';
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
export function handoverOf({ named, installation, proposal }: Adoption): Handover {
  const { uid, gid } = statSync(installation.directory);
  const { secrets, takeover } = proposal;
  return { from: named, secrets, takes: takeover.takes, owner: { uid, gid } };
}
