import { join } from 'node:path';
import { decidingHooks, hookFolders } from '../access/hooks.ts';
import type { Plan } from '../plan/plan.ts';
import { ownValues, undoneInCluster } from './cluster.ts';
import { undoneInCompose } from './compose.ts';
import type { AccessAudit } from './undone.ts';

/**
 * Looks in a stack for what makes the answers under `auth` untrue: hooks of prosody and jicofo, and what Compose gives the
 * containers besides the generated file - in a cluster, what the chart does. Values are never in it.
 */
export function auditAccess(directory: string, plan: Plan): AccessAudit {
  const isInCluster = plan.files.some(({ path }) => path === ownValues);
  const { undone, unread } = (isInCluster ? undoneInCluster : undoneInCompose)(directory, plan);
  const hooks = hookFolders.flatMap((path) => decidingHooks(join(directory, path), path));
  return { undone: [...undone, ...hooks], unread };
}
