import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { base, bindDn, bindPassword, type TestDirectory } from '../../directory/server.ts';
import { comesFrom, meetingOf } from '../../homeserver/element.ts';
import { matrix } from '../../homeserver/server.ts';
import { ensure, same } from '../check.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { enter, tryLogin, xmppDomain } from './people.ts';
import { opensRoom } from './stranger.ts';

/** One way to sign in on a stack that runs. */
export interface Station {
  readonly auth: object;
  /** What the owner does before `./stack up`. */
  readonly before?: (lab: Lab) => Promise<void>;
  /** What has to be true once that is through. */
  readonly holds: (lab: Lab) => Promise<void>;
  /** A file of the owner's that it does not work without. */
  readonly own?: string;
}

/** Somebody who had an account from the beginning. */
export interface Member {
  readonly username: string;
  readonly password: string;
}

export function withAccounts(ada: Member): Station {
  return {
    auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
    holds: async (lab) => same(await tryLogin(lab, ada), 'in', 'the password of before'),
  };
}

const lovelace = { username: 'ada', password: 'lovelace' };

/** Without guests and with jicofo asking nobody: what is between this and guests who wait for a token would be open. */
export function withDirectory(directory: TestDirectory, ada: Member): Station {
  const own = 'jitsi/prosody/ldap-ca.pem';
  return {
    own,
    auth: {
      ...{ mode: 'ldap', servers: new URL(directory.ldaps).host, ownAuthority: true, base, bindDn },
      ...{ guests: 'none', moderators: 'first' },
    },
    async before({ stack }) {
      copyFileSync(directory.authority, path.join(stack.directory, own));
      await stack.script(['secret', 'LDAP_BINDPW'], { input: `${bindPassword}\n` });
    },
    async holds(lab) {
      same(await tryLogin(lab, lovelace), 'in', 'the password of the directory');
      ensure((await tryLogin(lab, ada)) !== 'in', 'the password of the account still works');
      const said = await lab.stack.script(['ldap-test', 'ada'], { input: 'lovelace\n' });
      ensure(/ada can open rooms/.test(said), said);
    },
  };
}

/** A token for the room `staff`, as the owner makes it. */
export async function tokenOf({ stack }: Lab): Promise<string> {
  const link = await stack.script(['token', 'staff', '--moderator']);
  return /\?jwt=(\S+)/.exec(link)?.[1] ?? '';
}

/** What follows the address of the connection for somebody with a token. */
export const tokenQuery = (token: string) => `?token=${token}`;

export const withTokens: Station = {
  auth: { mode: 'jwt', guests: 'wait', moderators: 'token' },
  async holds(lab) {
    ensure((await tryLogin(lab, lovelace)) !== 'in', 'a password still works');
    same(await enters(lab, tokenQuery(await tokenOf(lab)), 'staff'), 'in', 'who has a token');
  },
};

export const openToAll: Station = {
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  async holds(lab) {
    await until('anybody opens a room', 30, () => opensRoom(lab, { domain: xmppDomain }));
  },
};

/** People of a Matrix room at a homeserver there. */
export function withMatrix(serviceUrl: string, ada: Member): Station {
  const staff = meetingOf(matrix.staff).toLowerCase();
  return {
    auth: { mode: 'matrix', serviceUrl },
    async before({ stack }) {
      await stack.script(['secret', 'MATRIX_UVS_AUTH_TOKEN'], { input: `${matrix.secret}\n` });
    },
    async holds(lab) {
      ensure((await tryLogin(lab, ada)) !== 'in', 'the password of the account still works');
      const known = `${lab.stack.plan().url}/.well-known/element/jitsi`;
      const { body } = await lab.internet.does('http').get(known);
      same(body, '{"auth":"openidtoken-jwt"}', 'what Element hears');
      const inside = await enters(lab, comesFrom(matrix.staff, 'bob-proves-it'), staff);
      same(inside, 'in', 'somebody of the Matrix room');
      const stranger = comesFrom(matrix.staff, 'eve-proves-it');
      ensure((await enters(lab, stranger, staff)) !== 'in', 'eve is not in the Matrix room');
      const other = comesFrom(matrix.own, 'eve-proves-it');
      same(await enters(lab, other, staff), 'not-allowed', 'eve, with the proof for another room');
    },
  };
}

/** Somebody on the internet opens a room and enters it: `in`, or why not. */
export async function enters(lab: Lab, query: string, name: string): Promise<string> {
  const xmpp = lab.internet.does('xmpp');
  const room = `${name}@muc.meet.jitsi`;
  try {
    await xmpp.login('enters', { url: `${enter(lab, {}).url}${query}`, domain: xmppDomain });
    const asked = await xmpp.conference('enters', room);
    if (asked !== 'ready') return asked;
    const inside = await xmpp.join('enters', room, 'enters');
    return Array.isArray(inside) ? 'in' : inside;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await xmpp.leave('enters');
  }
}
