/**
 * Names that guides, old `.env` files and Jitsi's own compose file use although nothing reads them any more, or ever
 * did, with what to do instead.
 */
const advice: Readonly<Record<string, string>> = {
  CODEC_ORDER_P2P: 'Set CODEC_ORDER_JVB: the template uses it for calls between two people too.',
  CODEC_ORDER_P2P_MOBILE:
    'Set CODEC_ORDER_JVB_MOBILE: the template uses it for calls between two people too.',
  ENABLE_S2S: 'Set PROSODY_ENABLE_S2S.',
  TURN_TLL: 'Set TURN_TTL; the Jitsi handbook has the letters swapped.',
  TURN_CREDENTIAL: 'The name is TURN_CREDENTIALS, with an S, and it belongs in .env.',
};

export function adviceOnName(name: string): string | undefined {
  return Object.hasOwn(advice, name) ? advice[name] : undefined;
}
