import type { Change } from './change.ts';

const since = 'stable-11146';

/** What 086d047f ("Rootless containers") and its neighbours move, besides ports, registry, user and accounts. */
export const rootlessChanges: readonly Change[] = [
  {
    since,
    topic: 'data',
    services: ['web', 'prosody', 'jicofo', 'jvb', 'jibri', 'jigasi', 'transcriber'],
    names: [],
    what: 'The images only read /config, copy it to /run at each start and render their configuration there.',
    todo: 'Edit hooks such as custom-config.js in the stack; rendered files are no longer on the host. Move recordings and other big files out of /config: /run has 16 MB.',
    own: ['override'],
  },
  {
    since,
    topic: 'behaviour',
    services: ['prosody'],
    names: [],
    what: 'prosodyctl needs --config /run/prosody/config/prosody.cfg.lua instead of /config/prosody.cfg.lua.',
    todo: 'Change own scripts that call prosodyctl.',
    own: ['scripts'],
  },
  {
    since,
    topic: 'data',
    services: ['web'],
    names: ['ENABLE_LETSENCRYPT', 'LETSENCRYPT_DOMAIN'],
    what: 'The web image keeps its ACME account in /storage instead of /config.',
    move: { service: 'web', from: '/config/acme.sh', to: '/storage/acme.sh', byImage: true },
  },
  {
    since,
    topic: 'data',
    services: ['web'],
    names: ['ENABLE_LETSENCRYPT', 'LETSENCRYPT_DOMAIN'],
    what: 'The web image keeps its ACME certificates in /storage instead of /config.',
    move: { service: 'web', from: '/config/acme-certs', to: '/storage/acme-certs', byImage: true },
  },
  {
    since,
    topic: 'data',
    services: ['jibri'],
    names: ['JIBRI_RECORDING_DIR'],
    what: 'Recordings are in /storage/recordings instead of /config/recordings.',
    todo: 'A JIBRI_RECORDING_DIR below /config no longer works: that mount is read-only input.',
    move: {
      service: 'jibri',
      from: '/config/recordings',
      to: '/storage/recordings',
      byImage: false,
    },
  },
  {
    since,
    topic: 'data',
    services: ['jibri'],
    names: [],
    what: "Jibri's logs are in /storage/logs instead of /config/logs.",
    move: { service: 'jibri', from: '/config/logs', to: '/storage/logs', byImage: false },
  },
  {
    since,
    topic: 'data',
    services: ['transcriber'],
    names: [],
    what: 'Transcripts have a directory of their own that web reads and the transcriber writes.',
    todo: 'Move old transcripts to the new directory; the images do not.',
  },
  {
    since,
    topic: 'behaviour',
    services: ['jibri'],
    names: ['CHROMIUM_FLAGS'],
    what: 'Jibri runs Chrome without its sandbox and no longer needs SYS_ADMIN.',
  },
  {
    since,
    topic: 'network',
    services: ['jvb', 'web'],
    names: [],
    what: 'The bridge no longer listens on 9090, and web no longer serves /colibri-ws and /colibri-relay-ws.',
    todo: 'Remove those paths and that port from own proxies and firewalls.',
    own: ['proxy', 'sites', 'override'],
  },
  {
    since,
    topic: 'images',
    services: ['jicofo', 'jvb', 'jigasi', 'transcriber', 'jibri'],
    names: [],
    what: 'The images are built on Debian 13 with Java 21; TZ only reaches programs that read it themselves.',
  },
];
