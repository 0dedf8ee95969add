/**
 * Stands in for a Matrix homeserver (Synapse) and the user verification service beside it, as a program of its own: what that service
 * asks the homeserver, and what prosody asks that service. What they know stands in the argument, as JSON.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Knowledge } from './server.ts';

const { address, port, secret, proofs, rooms }: Knowledge = JSON.parse(process.argv[2] ?? '');
interface Powers {
  readonly users: Readonly<Record<string, number>>;
  readonly state_default: number;
}

const admin = 'the-administrator';

/** What the homeserver answers: whose proof it is, who is in a room, which powers they have there. */
function homeserver({ url = '', headers }: IncomingMessage): object | undefined {
  const { pathname, searchParams } = new URL(url, 'http://homeserver');
  if (pathname === '/_matrix/federation/v1/openid/userinfo') {
    const sub = proofs[searchParams.get('access_token') ?? ''];
    return sub === undefined ? undefined : { sub };
  }
  const [, id = '', what] =
    /^\/_synapse\/admin\/v1\/rooms\/([^/]+)\/(members|state)$/.exec(pathname) ?? [];
  const room = rooms[decodeURIComponent(id)];
  if (!room || headers.authorization !== `Bearer ${admin}`) return undefined;
  if (what === 'members') return { members: Object.keys(room), total: Object.keys(room).length };
  return {
    state: [{ type: 'm.room.power_levels', content: { users: room, state_default: 50 } }],
  };
}

/** What the service makes of that. */
async function verified(question: { token?: string; room_id?: string }): Promise<object> {
  const ask = async <Answer>(path: string): Promise<Answer | undefined> => {
    const headers = { authorization: `Bearer ${admin}` };
    const answer = await fetch(`http://${address}:${listening.port}${path}`, { headers });
    return answer.ok ? ((await answer.json()) as Answer) : undefined;
  };
  const who = await ask<{ sub: string }>(
    `/_matrix/federation/v1/openid/userinfo?access_token=${encodeURIComponent(question.token ?? '')}`,
  );
  if (!who) return { results: { user: false, room_membership: false } };
  const room = `/_synapse/admin/v1/rooms/${encodeURIComponent(question.room_id ?? '')}`;
  const members = (await ask<{ members: string[] }>(`${room}/members`))?.members ?? [];
  if (!members.includes(who.sub)) return { results: { user: true, room_membership: false } };
  const { state } = (await ask<{ state: { content: Powers }[] }>(`${room}/state`)) ?? { state: [] };
  const powers = state[0]?.content;
  return {
    results: { user: true, room_membership: true },
    user_id: who.sub,
    ...(powers && { power_levels: { user: powers.users[who.sub] ?? 0, room: powers } }),
  };
}

const server = createServer(async (request, response) => {
  if (request.url !== '/verify/user_in_room') {
    const said = homeserver(request);
    response.writeHead(said ? 200 : 404).end(JSON.stringify(said ?? { errcode: 'M_UNKNOWN' }));
  } else if (request.headers.authorization !== `Bearer ${secret}`) response.writeHead(403).end();
  else response.end(JSON.stringify(await verified(Object(await json(request)))));
});
server.listen(port, address, () => console.log(listening.port));
const listening = {
  get port() {
    return (server.address() as AddressInfo).port;
  },
};
