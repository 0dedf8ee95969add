import type { Change } from './change.ts';
import { rootlessChanges } from './rootless.ts';

/**
 * Changes that no list of variables shows, read in the commits of docker-jitsi-meet; a comment names the commit.
 * Sorted by release. Names that came or went, ports, registries and users are derived from the facts instead.
 */
export const notableChanges: readonly Change[] = [
  {
    // 4ff28768, 7c410f56
    since: 'stable-10314',
    topic: 'behaviour',
    services: ['prosody'],
    names: ['XMPP_MODULES'],
    what: 'Modules of XMPP_MODULES are loaded for guests too.',
  },
  {
    // ed30d0d4
    since: 'stable-10314',
    topic: 'behaviour',
    services: ['web'],
    names: ['ENABLE_TRANSCRIPTIONS'],
    what: 'Closed captions are hidden unless ENABLE_TRANSCRIPTIONS is on.',
  },
  {
    // 9016f15a
    since: 'stable-10073-1',
    topic: 'settings',
    services: ['jibri'],
    names: ['JIBRI_RECORDING_STREAMING_MAX_BITRATE'],
    what: 'JIBRI_RECORDING_STREAMING_MAX_BITRATE needs a unit.',
    todo: 'Write 2976k where it said 2976.',
  },
  {
    // 7c2b8b55, 3016b33e
    since: 'stable-10431',
    topic: 'behaviour',
    services: ['prosody'],
    names: [],
    what: 'Prosody no longer loads the duration component and some modules of the virtual host by name.',
    todo: 'Own prosody configuration that refers to conferenceduration or speakerstats must be checked.',
    own: ['prosody'],
  },
  {
    // 30b387ae
    since: 'stable-10431',
    topic: 'network',
    services: ['jigasi', 'transcriber'],
    names: [],
    what: 'Jigasi asks no STUN server for its address any more.',
  },
  {
    // d3a1e637, 7eae61d4
    since: 'stable-10532',
    topic: 'behaviour',
    services: ['jvb'],
    names: ['BWE_ESTIMATOR_ENGINE'],
    what: 'The bridge estimates bandwidth with GoogleCc2.',
  },
  {
    // a5b307b9
    since: 'stable-10532',
    topic: 'behaviour',
    services: ['prosody'],
    names: ['XMPP_CONFIGURATION'],
    what: 'Polls are a component of their own, and XMPP_CONFIGURATION also applies to guests.',
  },
  {
    // a8f64b6e
    since: 'stable-10655',
    topic: 'behaviour',
    services: ['prosody'],
    names: [],
    what: "Own prosody modules come before the image's: one of the same name replaces it.",
    todo: 'Look for modules of your own that have the name of one in the image.',
    own: ['prosody'],
  },
  {
    // eab4bff7, 2c31c4c2
    since: 'stable-10741',
    topic: 'accounts',
    services: ['prosody'],
    names: [],
    what: 'Accounts of jicofo, jvb, jibri and jigasi are made once; a changed password in .env no longer reaches them.',
    todo: 'To change one, change it in prosody too.',
  },
  {
    // 5af6b1c8
    since: 'stable-10888',
    topic: 'accounts',
    services: ['jibri'],
    names: ['ENABLE_RECORDING'],
    what: "The recorder's account is only made when ENABLE_RECORDING is on in prosody.",
  },
  {
    // 43ec99cb
    since: 'stable-10978',
    topic: 'behaviour',
    services: ['prosody'],
    names: ['PROSODY_ENABLE_MUC_RESOURCE_VALIDATE'],
    what: 'Prosody checks the names under which participants join; unusual XMPP clients may be refused.',
    todo: 'Set PROSODY_ENABLE_MUC_RESOURCE_VALIDATE to false if own clients are refused.',
    own: ['override'],
  },
  ...rootlessChanges,
  {
    // 5f1e2d7f
    since: 'stable-11146-2',
    topic: 'behaviour',
    services: ['web'],
    names: ['ENABLE_LETSENCRYPT'],
    what: 'The web image renews its own certificate without cron; /var/spool/cron/crontabs needs no mount.',
  },
];
