import { join } from 'node:path';
import { decidingHooks, hookFolders } from '../access/hooks.ts';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { undoneInCompose } from './compose.ts';

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

/**
 * Looks in a stack for what makes the answers under `auth` untrue: hooks of prosody and jicofo, and what Compose gives the
 * containers besides the generated file. Values are never in it.
 */
export function auditAccess(directory: string, plan: Plan): AccessAudit {
  const { undone, unread } = undoneInCompose(directory, plan);
  const hooks = hookFolders.flatMap((path) => decidingHooks(join(directory, path), path));
  return { undone: [...undone, ...hooks], unread };
}
