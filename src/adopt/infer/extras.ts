import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { type ExtraRole, extraRoles } from '../read/roles.ts';

/** What web is told of each: where its container is. */
const told: Readonly<Record<ExtraRole, readonly string[]>> = {
  whiteboard: ['WHITEBOARD_COLLAB_SERVER_URL_BASE'],
};

/** What meetings have besides, as far as a stack has the same. */
export function inferExtras({ services }: Installation, findings: Findings): void {
  const found = extraRoles.flatMap((role) => {
    const service = services.get(role);
    return service ? [{ role, service }] : [];
  });
  if (found.length === 0) return;
  for (const { role } of found) findings.use('extras', ...told[role]);
  findings.answer(
    'extras',
    found.map(({ role }) => role),
    `it has ${found.map(({ service }) => `a service ${service.name}`).join(' and ')}`,
    ...found.map(({ service }) => service.evidence),
  );
}
