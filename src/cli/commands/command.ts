import type { ExitCode } from '../../errors.ts';
import type { CommandContext } from '../context.ts';
import type { Invocation } from '../invocation.ts';

export type RunCommand = (invocation: Invocation, context: CommandContext) => Promise<ExitCode>;

/** A word after the program's name that does something other than creating or updating. */
export interface Command {
  /** What stands after its name. */
  readonly words: string;
  /** What it does, in a few words. */
  readonly about: string;
  /** What there is to know besides, in whole sentences. */
  readonly more: string;
  /** A call as somebody would type it. */
  readonly example: string;
  /** Its own file, loaded when it is called. */
  readonly load: () => Promise<RunCommand>;
}
