import { reverseProxyOf } from '../../answers/detect/reverse-proxies.ts';
import type { ForeignService } from './service.ts';

const jitsi = ['web', 'prosody', 'jicofo', 'jvb', 'jibri', 'jigasi', 'transcriber'] as const;
const fronts = [
  'nginx',
  'haproxy',
  'traefik',
  'caddy',
  'apache',
  'nginx-proxy-manager',
  'swag',
  'nginx-proxy',
  'cloudflared',
] as const;

/** A program that may stand between people and Jitsi's web container. */
export type FrontRole = (typeof fronts)[number];

/** What a service is, as far as a stack has an equal for it or knows it. */
export type Role = (typeof jitsi)[number] | FrontRole | 'coturn' | 'transcription' | ExtraRole;

/** A program beside Jitsi that a stack has as an extra of the same name. */
export type ExtraRole = keyof typeof extras;

/** By the repository of its image. */
const extras = {
  whiteboard: /(?:^|\/)excalidraw-backend$/,
  documents: /(?:^|\/)etherpad(?:-lite)?$/,
} as const;

export const extraRoles = Object.keys(extras) as readonly ExtraRole[];
export const jitsiRoles: readonly Role[] = jitsi;
export const frontRoles: readonly FrontRole[] = fronts;

/** What a service is by its image. Jitsi's own say it themselves, whatever the service is called. */
export function roleOfImage({ image, environment }: ForeignService): Role | undefined {
  const repository = image?.value.replace(/[:@][^/]*$/, '') ?? '';
  const own = /(?:^|\/)jitsi\/(web|prosody|jicofo|jvb|jibri|jigasi)$/.exec(repository)?.[1];
  if (own === 'jigasi' && environment.get('JIGASI_MODE')?.value === 'transcriber') {
    return 'transcriber';
  }
  if (own) return own as Role;
  if (/(?:^|\/)[^/]*(?:coturn|turnserver)[^/]*$/.test(repository)) return 'coturn';
  if (/(?:^|\/)opus-transcriber-proxy$/.test(repository)) return 'transcription';
  const extra = extraRoles.find((one) => extras[one].test(repository));
  if (extra) return extra;
  const front = reverseProxyOf(repository);
  return fronts.find((one) => one === front);
}

/**
 * What a service is by its name, for images of the owner's own. `web` is what many others call theirs: it counts where
 * something else says that it is Jitsi's.
 */
export function roleOfName({ name, image, environment }: ForeignService): Role | undefined {
  const role = jitsi.find((one) => one === name.replace(/^jitsi[-_]?/, ''));
  const isJitsi =
    /jitsi/.test(`${name} ${image?.value}`) ||
    image === undefined ||
    [...environment.keys()].some((variable) => /^(?:XMPP|JICOFO|JVB|PROSODY)_/.test(variable));
  return isJitsi ? role : undefined;
}
