const sctp = 'Remove it: since then the bridge always talks to browsers over SCTP data channels.';
const ignored = 'Remove it: it is ignored.';

/**
 * Names that guides, old `.env` files and Jitsi's own compose file use although nothing reads them any more, or ever
 * did, and what to do instead. Read in the history of docker-jitsi-meet and in the Jitsi handbook.
 */
const advice: Readonly<Record<string, string>> = {
  // Names of 2020 to 2022, still in old `.env` files.
  JICOFO_AUTH_USER: 'Remove it: jicofo’s account is always focus.',
  JVB_TCP_HARVESTER_DISABLED:
    'Remove it: the bridge takes media over UDP, and a relay does the rest.',
  JVB_TCP_MAPPED_PORT: 'Remove it: the bridge takes media over UDP, and a relay does the rest.',
  JVB_TCP_PORT: 'Remove it: the bridge takes media over UDP, and a relay does the rest.',
  // Never read, or not by the service that is meant.
  CODEC_ORDER_P2P: 'Set CODEC_ORDER_JVB: the template uses it for calls between two people too.',
  CODEC_ORDER_P2P_MOBILE:
    'Set CODEC_ORDER_JVB_MOBILE: the template uses it for calls between two people too.',
  ENABLE_S2S: 'Set PROSODY_ENABLE_S2S.',
  ENABLE_STATS_ID: ignored,
  JICOFO_COMPONENT_SECRET: 'Remove it: jicofo logs in with JICOFO_AUTH_PASSWORD.',
  JIGASI_DISABLE_SIP:
    'Remove it: the service decides, jigasi for calls and transcriber for transcripts.',
  TURN_TLL: 'Set TURN_TTL; the Jitsi handbook has the letters swapped.',
  WHITEBOARD_ENABLED:
    'Remove it: WHITEBOARD_COLLAB_SERVER_PUBLIC_URL or WHITEBOARD_COLLAB_SERVER_URL_BASE switches the whiteboard on.',
  // Removed at stable-9909 to stable-10073-1.
  DEPLOYMENTINFO_USERREGION: 'Remove it: the region of a user comes from the server now.',
  JIBRI_RECORDING_VIDEO_ENCODE_PRESET:
    'Set JIBRI_RECORDING_VIDEO_ENCODE_PRESET_RECORDING and JIBRI_RECORDING_VIDEO_ENCODE_PRESET_STREAMING.',
  TESTING_AV1_SUPPORT: 'Remove it: AV1 is on. CODEC_ORDER_JVB chooses the order of codecs.',
  // Removed at stable-11146.
  COLIBRI_WEBSOCKET_JVB_LOOKUP_NAME: sctp,
  COLIBRI_WEBSOCKET_PORT: sctp,
  COLIBRI_WEBSOCKET_REGEX: sctp,
  DISABLE_COLIBRI_WEBSOCKET_JVB_LOOKUP: sctp,
  ENABLE_COLIBRI_WEBSOCKET: sctp,
  ENABLE_COLIBRI_WEBSOCKET_UNSAFE_REGEX: sctp,
  ENABLE_OCTO_SCTP: sctp,
  ENABLE_SCTP: sctp,
  JVB_WS_DOMAIN: sctp,
  JVB_WS_SERVER_ID: sctp,
  JVB_WS_TLS: sctp,
};

/** What to do about a name that no image of the release reads; undefined when nothing is known. */
export function adviceOnName(name: string): string | undefined {
  return Object.hasOwn(advice, name) ? advice[name] : undefined;
}

/** Names that others took the place of, with the same values; a comment names the commit of docker-jitsi-meet. */
const successors: Readonly<Record<string, readonly string[]>> = {
  // b6db039e
  JIBRI_RECORDING_VIDEO_ENCODE_PRESET: [
    'JIBRI_RECORDING_VIDEO_ENCODE_PRESET_RECORDING',
    'JIBRI_RECORDING_VIDEO_ENCODE_PRESET_STREAMING',
  ],
};

/** What a setting is called since it lost its name; empty when nothing does its work any more. */
export function successorsOf(name: string): readonly string[] {
  return Object.hasOwn(successors, name) ? (successors[name] ?? []) : [];
}
