import type { RawAnswers } from '../../answers/complete.ts';
import type { Host } from '../../answers/detect/host.ts';
import type { Section } from '../../answers/sections.ts';
import type { Stages } from '../stages.ts';
import type { Asker } from './asker.ts';

/** What every part of the wizard works with. */
export interface Wizard {
  readonly asker: Asker;
  readonly stages: Promise<Stages>;
  /** The computer at hand; whether Jitsi will run on it, the answers say. */
  readonly host: Host;
  readonly sections: readonly Section[];
  /** Keeps the answers so far, for whoever ends the questions early. */
  readonly keep: (answers: RawAnswers) => void;
  /** Passwords that were typed, by their names in `.env`. */
  readonly entered: Map<string, string>;
}
