import { sign } from '../blueprints/auth-jwt/token.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The name of a Matrix room's meeting, as Element makes it: the room's id in base32 (RFC 4648), without padding. */
export function meetingOf(room: string): string {
  const bits = [...Buffer.from(room)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives.map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What Element puts behind the address of the connection: the meeting's name, and the proof in a token of the form that it makes. */
export function comesFrom(room: string, proof: string, meeting = meetingOf(room)): string {
  const claims = {
    ...{ iss: 'issuer', aud: 'jitsi', sub: 'meet.example.org', room: '*' },
    context: { user: { name: 'somebody' }, matrix: { token: proof, room_id: room } },
  };
  return `?room=${meeting.toLowerCase()}&token=${sign(claims, 'notused')}`;
}
