import type { Findings } from './findings.ts';
import { hookTargets } from './hook-places.ts';
import type { Installation } from './installation.ts';
import { partiesOf } from './neighbours.ts';
import { inferPublished } from './published.ts';
import { extraRoles, type Role } from './read/roles.ts';
import { insteadOfSignIn } from './sign-in-services.ts';

/** Services that a stack has an equal for, as its answers say. */
const equalled: readonly Role[] = [
  ...(['web', 'prosody', 'jicofo', 'jvb', 'jibri', 'jigasi'] as const),
  ...(['nginx', 'haproxy', 'coturn', 'transcription'] as const),
  ...extraRoles,
];

/** Mounts of docker-jitsi-meet's own compose files; what is of use in them is taken over. */
const understood = [
  /^\/(?:config|storage|var\/lib\/prosody|prosody-plugins-custom)$/,
  /^\/(?:config\/(?:data|keys|acme-certs|acme\.sh)|var\/lib\/prosody\/data|storage\/keys)$/,
  /transcripts$|^\/var\/spool\/cron|load-test$/,
];

/** Services and mounts that have no equal in a stack. */
export function inferUnsupported(installation: Installation, findings: Findings): void {
  const { services, compose } = installation;
  const { replaced, companions } = partiesOf(installation);
  const equals = equalled.map((role) => services.get(role));
  for (const service of [...replaced, ...companions]) {
    if (equals.includes(service)) continue;
    findings.noPlaceForService(
      service,
      insteadOfSignIn(service) ??
        'No part of the stack. To keep it, put it into compose.override.yaml, on the network meet.jitsi.',
    );
  }
  for (const role of ['web', 'prosody', 'jicofo', 'jvb'] as const) {
    for (const { source, target, evidence } of services.get(role)?.mounts ?? []) {
      if (hookTargets.includes(target) || understood.some((one) => one.test(target))) continue;
      findings.unplaced.push({
        name: `mount of ${role}`,
        evidence,
        value: `${source} → ${target}`,
        what: `Add it to the service ${role} in compose.override.yaml.`,
      });
    }
  }
  inferPublished(services, findings);
  for (const { where, what } of compose.skipped) {
    findings.unplaced.push({ name: 'include', evidence: { file: where }, what });
  }
}
