import type { Release } from '../releases/index.ts';
import type { Service } from './plan.ts';

/** Something that a release wants for its containers and this tool does not give them. */
export interface UnmetNeed {
  readonly service: string;
  readonly kind: 'variable' | 'mount';
  readonly name: string;
}

/** Mounts that do nothing for these stacks: TLS state and cron without TLS in web, transcripts, a load test. */
const unneeded = /^(?:\/storage|\/var\/spool\/cron|\/usr\/share\/jitsi-meet\/)/;

/** Compares containers with what their release wants: variables without which they stop, and mounts. */
export function unmetNeeds(services: readonly Service[], release: Release): UnmetNeed[] {
  return services.flatMap(({ name, environment, volumes }) => {
    const facts = release.services[name];
    if (!facts?.own) return [];
    const targets = volumes.map(({ target }) => target);
    const variables = facts.required.filter((variable) => !Object.hasOwn(environment, variable));
    const mounts = facts.mounts
      .map(({ target }) => target)
      .filter((target) => !unneeded.test(target) && !targets.includes(target));
    return [
      ...variables.map((one): UnmetNeed => ({ service: name, kind: 'variable', name: one })),
      ...mounts.map((one): UnmetNeed => ({ service: name, kind: 'mount', name: one })),
    ];
  });
}
