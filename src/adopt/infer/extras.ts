import type { Release } from '../../releases/index.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { type ExtraRole, extraRoles } from '../read/roles.ts';
import type { Variables } from '../variables.ts';
import { recorderExtras } from './recorder.ts';
import { telephoneExtras } from './telephone.ts';
import { transcriptionExtras } from './transcription.ts';

/** What web is told of each: where its container is. */
const told: Readonly<Record<ExtraRole, readonly string[]>> = {
  whiteboard: ['WHITEBOARD_COLLAB_SERVER_URL_BASE'],
  documents: ['ETHERPAD_URL_BASE'],
};

/** What meetings have besides, as far as a stack has the same. */
export function inferExtras(
  installation: Installation,
  variables: Variables,
  release: Pick<Release, 'tag' | 'capabilities'>,
  findings: Findings,
): void {
  const { services } = installation;
  const beside = extraRoles.filter((role) => services.has(role));
  for (const role of beside) {
    findings.use('extras', ...told[role]);
    for (const { source, target, evidence } of services.get(role)?.mounts ?? [])
      findings.unplaced.push({
        name: `mount of ${services.get(role)?.name}`,
        evidence,
        value: `${source} → ${target}`,
        what: 'What is in it is not taken over: export what you still need before you stop the old one.',
      });
  }
  const recorded = recorderExtras(installation, variables, release, findings);
  const called = telephoneExtras(installation, variables, findings);
  const written = transcriptionExtras(installation, variables, release, findings);
  const extras = [...beside, ...recorded, ...called, ...written];
  if (extras.length === 0) return;
  const roles = [
    ...beside,
    ...(recorded.length > 0 ? (['jibri'] as const) : []),
    ...(called.length > 0 ? (['jigasi'] as const) : []),
    ...(written.length > 0 ? (['transcription'] as const) : []),
  ];
  const found = roles.flatMap((role) => services.get(role) ?? []);
  findings.answer(
    'extras',
    extras,
    `it has ${found.map(({ name }) => `a service ${name}`).join(' and ')}`,
    ...found.map(({ evidence }) => evidence),
  );
}
