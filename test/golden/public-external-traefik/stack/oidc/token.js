// The token with which Jitsi lets somebody in: for one room and a short while, signed with this stack's own secret.
import { SignJWT } from 'jose';
import { roomName } from './room.js';
import { settings } from './settings.js';

const { secret, issuer, audience, minutes } = settings.token;
const key = new TextEncoder().encode(secret);

/** @param person whom `judge` let in */
export function signToken({ id, name, moderator }, { room }) {
  const says = settings.moderators.length > 0 && { moderator };
  return new SignJWT({
    room: roomName(room),
    context: { user: { id, ...(name && { name }), ...says } },
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(new URL(settings.url).hostname)
    .setExpirationTime(`${minutes}m`)
    .sign(key);
}
