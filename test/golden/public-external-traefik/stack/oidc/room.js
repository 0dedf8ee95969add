// Rooms: whatever a visitor names, people are sent to a room of this server and to nowhere else.
import { settings } from './settings.js';

/** Jitsi takes none of the signs that are missing here; `*` would be every room. */
const allowed = /^[\p{L}\p{N}\p{M}_~. -]{1,200}$/u;
/** What somebody chose before he signed in. Fixed words, so nothing of a visitor’s gets into the address. */
const choices = {
  'config.startWithAudioMuted': true,
  'config.startWithVideoMuted': true,
  'config.startAudioOnly': true,
  'config.prejoinConfig.enabled': false,
};

/**
 * Where somebody wants to go, from what Jitsi’s page says: `room`, and `state` as JSON with the tenant.
 *
 * @returns null for what is no room
 */
export function placeOf(parameters) {
  const room = partOf(parameters.get('room'));
  if (room === null) return null;
  const state = stateOf(parameters.get('state'));
  const tenant = state.tenant ? partOf(state.tenant) : '';
  if (tenant === null) return null;
  const kept = Object.keys(choices).filter((name) => state[name] === choices[name]);
  return { room, tenant, kept };
}

/** The address of that room, with the token. */
export function addressOf({ room, tenant, kept }, token) {
  const path = [tenant, room].filter(Boolean).map(encodeURIComponent).join('/');
  const hash = kept
    .filter((name) => Object.hasOwn(choices, name))
    .map((name) => `${name}=${choices[name]}`);
  return `${settings.url}/${path}?jwt=${token}${hash.length > 0 ? `#${hash.join('&')}` : ''}`;
}

/** A room’s name as prosody knows it: in small letters, and then encoded as Jitsi’s page does. */
export function roomName(room) {
  return encodeURIComponent(room.toLowerCase()).toLowerCase();
}

/** One part of a path. Some releases encode it once more than others. */
function partOf(text) {
  if (typeof text !== 'string' || text.length > 1000) return null;
  let plain = text;
  try {
    plain = decodeURIComponent(text);
  } catch {
    return null;
  }
  plain = plain.normalize('NFKC').trim();
  return allowed.test(plain) && !/^\.+$/.test(plain) ? plain : null;
}

function stateOf(text) {
  try {
    const state = JSON.parse(text ?? '');
    return typeof state === 'object' && state !== null ? state : {};
  } catch {
    return {};
  }
}
