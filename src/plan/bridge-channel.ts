import type { Answers } from '../answers/answers.ts';
import type { Release } from '../releases/index.ts';

/** Up to stable-11031 the bridge’s channel to browsers can be a WebSocket through web instead of SCTP. */
export function channelIsWebSocket(
  { settings }: Pick<Answers, 'settings'>,
  { capabilities }: Pick<Release, 'capabilities'>,
): boolean {
  const value = settings.ENABLE_COLIBRI_WEBSOCKET;
  return capabilities.colibriWebsockets && (value === true || value === 1 || value === '1');
}
