import type { Environment, ValuesOf } from '../../src/blueprint.ts';
import type { fields } from './fields.ts';
import { ownKey, recogniserOf } from './recognisers.ts';

export const port = 8080;
export const host = 'transcription.meet.jitsi';

/**
 * What Jicofo tells a bridge that is to send voices on: where to, as `jicofo.transcription` has it (reference.conf). Its image
 * has no variables for that, and its file is the owner’s; so they are those by which Typesafe Config overrides any key:
 * one underscore for a dot, two for a hyphen.
 */
export function tellsTheFocus({
  by,
  server = '',
  serverKey,
  language,
}: ValuesOf<typeof fields>): Environment {
  const recogniser = recogniserOf(by);
  const asks = new URLSearchParams({
    sendBack: 'true',
    provider: recogniser?.provider ?? 'openai_custom',
    ...(!recogniser && { openaiCustomUrl: server }),
    ...(language !== undefined && language !== '' && { lang: language }),
  });
  return {
    CONFIG_FORCE_jicofo_transcription_url__template: `ws://${host}:${port}/transcribe?sessionId={{MEETING_ID}}&${asks}`,
    ...(!recogniser && {
      // The proxy wants the header also where the server wants no key.
      CONFIG_FORCE_jicofo_transcription_http__headers_X__Custom__Openai__Api__Key: serverKey
        ? { secret: ownKey }
        : 'none',
    }),
  };
}

/** What the proxy is told: whom it asks. */
export function tellsTheProxy({ by, server = '', model }: ValuesOf<typeof fields>): Environment {
  const recogniser = recogniserOf(by);
  const modelIn = recogniser ? recogniser.model : 'OPENAI_MODEL';
  return {
    // It can also speak other languages with people’s voices; nothing here asks for that.
    ENABLE_TRANSLATE: 'false',
    HOST: '0.0.0.0',
    PORT: port,
    PROVIDERS_PRIORITY: recogniser?.provider ?? 'openai_custom',
    ...(recogniser
      ? { [recogniser.key]: { secret: recogniser.key }, ...recogniser.further }
      : {
          ENABLE_OPENAI_CUSTOM_PROVIDER: 'true',
          OPENAI_CUSTOM_REQUIRE_WSS: String(server.startsWith('wss:')),
        }),
    ...(modelIn !== undefined && model !== undefined && model !== '' && { [modelIn]: model }),
  };
}
