import type { Problem } from '../errors.ts';

/** A place in the owner's own files that decides about access, past the answers. */
export interface Undone {
  /** Path in the stack. */
  readonly path: string;
  readonly line?: number;
  /** The variable, module, option or setting. */
  readonly name: string;
  /** A sentence. */
  readonly why: string;
}

export interface AccessAudit {
  readonly undone: readonly Undone[];
  /** What could not be looked at. */
  readonly unread: readonly Problem[];
}
