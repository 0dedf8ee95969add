import { randomBytes } from 'node:crypto';
import type { Login } from '../probes/xmpp.ts';
import type { Lab } from '../session.ts';

export const xmppDomain = 'meet.jitsi';
export const guestDomain = 'guest.meet.jitsi';

/** Gives somebody an account with a new password, as the owner would. */
export async function person({ stack }: Lab, name: string): Promise<string> {
  const password = randomBytes(9).toString('base64url');
  const known = (await stack.script(['user', 'list'])).split('\n').includes(name);
  await stack.script(['user', known ? 'passwd' : 'add', name], { input: `${password}\n` });
  return password;
}

/** How one logs in to this stack. */
export function enter({ stack }: Lab, who: Partial<Login>): Login {
  const url = `${stack.plan().url.replace(/^https/, 'wss')}/xmpp-websocket`;
  return { url, domain: xmppDomain, ...who };
}

/** Logs in, and says why not when it fails. */
export async function tryLogin(lab: Lab, who: Partial<Login>): Promise<string> {
  const xmpp = lab.internet.does('xmpp');
  try {
    await xmpp.login('try', enter(lab, who));
    return 'in';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await xmpp.leave('try');
  }
}
