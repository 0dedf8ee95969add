import { strangersAt } from '../../src/doctor/checks/strangers.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Prosody } from '../prosody/server.ts';

/** What the doctor says of a prosody, tried as a stranger: outcome and what was seen, a line each. */
export async function seenAt(prosody: Prosody, plan: Plan): Promise<string[]> {
  const url = prosody.url.replace('ws:', 'http:').replace('xmpp-websocket', 'http-bind');
  const found = await strangersAt(plan, async (body, query) => {
    const answer = await fetch(`${url}${query}`, { method: 'POST', body });
    return { status: answer.status, headers: {}, body: await answer.text() };
  });
  return found.map(({ outcome, seen }) => `${outcome}: ${seen}`);
}
