import { perSource } from '../../src/blueprint.ts';

/**
 * The relay's ports for media, one for each session: what one source may take, at the relay's own ports and again through
 * the shared 443, and some besides for all others.
 */
export const relayPorts = {
  first: 50000,
  number: perSource.flows + perSource.relayed + 200,
} as const;

/** What coTURN itself counts. Prosody names a password after the second in which it ends, not after a person. */
export const limits = {
  /** Sessions under one name. */
  userQuota: 100,
  /** Sessions in all. */
  sessions: relayPorts.number,
  /** For one session, each way; coTURN counts bytes. */
  bytesPerSecond: 2_500_000,
} as const;

/** Mozilla's intermediate list for TLS 1.2, as NGINX has it, and the suites of 1.3, which some builds take from here too. */
export const ciphers = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
].join(':');
