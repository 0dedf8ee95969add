import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../session.ts';
import { enter, guestDomain, xmppDomain } from './people.ts';

/** What somebody without an account has tried meanwhile. */
export interface Tries {
  readonly count: number;
  /** When he was in a room that he had opened. */
  readonly opened: readonly Date[];
}

/**
 * Somebody at the office tries to open a room again and again, as a guest, as one with an invented token, and as one who signs in
 * with nothing, for as long as the work takes.
 */
export async function watched(lab: Lab, work: () => Promise<unknown>): Promise<Tries> {
  const opened: Date[] = [];
  let count = 0;
  let going = true;
  const trying = (async () => {
    for (; going; await sleep(200))
      for (const as of strangers) {
        count += 1;
        if (await opensRoom(lab, as)) opened.push(new Date());
      }
  })();
  try {
    await work();
  } finally {
    going = false;
    await trying;
  }
  return { count, opened };
}

/** How somebody without an account comes. */
export const strangers = [
  { domain: guestDomain },
  { domain: guestDomain, query: '?token=invented' },
  { domain: xmppDomain },
];

/** Opens a room with a new name and is in it: being kept in its lobby is not that. */
export async function opensRoom(
  lab: Lab,
  { domain, query = '' }: (typeof strangers)[number],
): Promise<boolean> {
  const xmpp = lab.office.does('xmpp');
  const room = `stranger${Date.now()}@muc.meet.jitsi`;
  try {
    const { url } = enter(lab, {});
    await xmpp.login('stranger', { url: `${url}${query}`, domain });
    if ((await xmpp.conference('stranger', room)) !== 'ready') return false;
    return Array.isArray(await xmpp.join('stranger', room, 'stranger'));
  } catch {
    // Not let in, or nothing answers just now.
    return false;
  } finally {
    await xmpp.leave('stranger');
  }
}
