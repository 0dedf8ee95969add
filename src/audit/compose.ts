import { join } from 'node:path';
import type { Stated } from '../adopt/evidence.ts';
import { readCompose } from '../adopt/read/compose.ts';
import { readEnvFile } from '../adopt/read/env.ts';
import { StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { AccessAudit } from './undone.ts';
import { signIn, undoneIn } from './variables.ts';

/** What the containers are given by Compose, with every file that it reads, beside what was decided. */
export function undoneInCompose(directory: string, plan: Plan): AccessAudit {
  try {
    const env = readEnvFile(join(directory, '.env'), '.env') ?? new Map<string, Stated>();
    const { services } = readCompose(directory, env);
    const undone = ['web', 'prosody', 'jicofo', signIn].flatMap((name) => {
      const given = services.get(name)?.environment;
      const decided = plan.services.find((service) => service.name === name)?.environment ?? {};
      return given ? undoneIn(name, { given, decided, env, chosen: plan.answers.auth }) : [];
    });
    return { undone, unread: [] };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return { undone: [], unread: error.problems };
  }
}
