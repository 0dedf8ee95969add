import type { ForeignService } from './service.ts';

const jitsi = ['web', 'prosody', 'jicofo', 'jvb', 'jibri', 'jigasi', 'transcriber'] as const;
const around = ['nginx', 'haproxy', 'traefik', 'caddy', 'apache', 'coturn'] as const;

/** What a service is, as far as a stack has an equal for it or knows it. */
export type Role = (typeof jitsi)[number] | (typeof around)[number];

export const jitsiRoles: readonly Role[] = jitsi;

/** By its image; an image of the owner's own by the service's name. */
export function roleOf({ name, image, environment }: ForeignService): Role | undefined {
  const repository = image?.value.replace(/[:@][^/]*$/, '') ?? '';
  const own = /(?:^|\/)jitsi\/(web|prosody|jicofo|jvb|jibri|jigasi)$/.exec(repository)?.[1];
  if (own === 'jigasi' && environment.get('JIGASI_MODE')?.value === 'transcriber') {
    return 'transcriber';
  }
  if (own) return own as Role;
  const last = repository.split('/').at(-1) ?? '';
  if (/nginx/.test(last)) return 'nginx';
  if (/coturn|turnserver/.test(last)) return 'coturn';
  if (/httpd|apache/.test(last)) return 'apache';
  const known = around.find((role) => last.startsWith(role));
  if (known) return known;
  return jitsi.find((role) => role === name.replace(/^jitsi[-_]?/, ''));
}
