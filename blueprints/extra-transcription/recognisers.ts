/** Who can turn speech into text, by the answer: what the proxy calls it (`Provider` in its src/config.ts). */
export interface Recogniser {
  readonly provider: string;
  /** Whom voices go to, as people know it. */
  readonly name: string;
  /** The variable with its key, and the one that chooses its model where there are several. */
  readonly key: string;
  readonly model?: string;
  /** What else its part of the proxy is told. */
  readonly further?: Readonly<Record<string, string>>;
}

export const recognisers = {
  openai: {
    provider: 'openai',
    name: 'OpenAI',
    key: 'OPENAI_API_KEY',
    model: 'OPENAI_MODEL',
  },
  deepgram: {
    provider: 'deepgram',
    name: 'Deepgram',
    key: 'DEEPGRAM_API_KEY',
    model: 'DEEPGRAM_MODEL',
    // It trains with what it hears unless it is told not to: https://dpgr.am/deepgram-mip
    further: { DEEPGRAM_MIP_OPT_OUT: 'true', DEEPGRAM_PUNCTUATE: 'true' },
  },
  gemini: {
    provider: 'gemini',
    name: 'Google',
    key: 'GEMINI_API_KEY',
    model: 'GEMINI_MODEL',
  },
  xai: { provider: 'xai', name: 'xAI', key: 'XAI_API_KEY' },
} as const satisfies Readonly<Record<string, Recogniser>>;

/** The key of a server of one's own; Jicofo hands it to the bridge, which hands it to the proxy. */
export const ownKey = 'TRANSCRIPTION_SERVER_KEY';

/** The service that voices go to; undefined for a server of one's own. */
export function recogniserOf(by: string): Recogniser | undefined {
  return Object.hasOwn(recognisers, by) ? recognisers[by as keyof typeof recognisers] : undefined;
}
