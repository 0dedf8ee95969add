import type { Host } from '../answers/detect/host.ts';
import type { Flag } from '../answers/flags.ts';
import type { Section } from '../answers/sections.ts';
import type { Stages } from './stages.ts';
import type { Terminal } from './terminal.ts';
import type { Asker } from './wizard/asker.ts';

/** Everything outside that commands touch, so that a test can stand in for it. What costs time is loaded when called. */
export interface CommandContext {
  /** Paths that people type are relative to this directory. */
  readonly directory: string;
  readonly terminal: Terminal;
  /** The result, for a pipe or a file. */
  readonly print: (text: string) => void;
  /** What goes on meanwhile, for a person. */
  readonly say: (text: string) => void;
  /** What whoever ends this by a signal is told besides; set while somebody is being asked. */
  readonly farewell: { text?: () => string };
  /** The flag of every answer. */
  readonly flags: readonly Flag[];
  /** The questions. */
  readonly sections: () => Promise<readonly Section[]>;
  readonly host: () => Promise<Host>;
  readonly stages: (stacks: readonly string[]) => Promise<Stages>;
  readonly asker: () => Promise<Asker>;
}
