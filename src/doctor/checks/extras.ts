import { randomBytes } from 'node:crypto';
import type { Plan, Probe } from '../../plan/plan.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { request } from '../http.ts';
import { noAnswer, serverTrouble } from './no-answer.ts';

/** What stands beside Jitsi answers where the page looks for it. */
export async function checkExtras({ plan, at }: Examination): Promise<readonly Finding[]> {
  const tries = at(plan.answers.domain).flatMap((address) =>
    plan.probes.map(async (probe): Promise<Finding> => {
      const url = `${plan.url}${probe.path}`;
      const about = { check: 'page', subject: url.replace(/\?.*/, ''), at: [address] } as const;
      return { ...about, ...(await judge(address, url, probe, plan)) };
    }),
  );
  return Promise.all(tries);
}

async function judge(
  address: string,
  url: string,
  { answers, service }: Probe,
  plan: Plan,
): Promise<Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>> {
  const socket = answers === 'websocket';
  const reply = await request({ address, url, ...(socket && { headers: upgrade(plan.url) }) });
  if ('reason' in reply) return noAnswer(reply);
  if (reply.status === (socket ? 101 : 200))
    return { outcome: 'ok', seen: `${service} answers${socket ? ' with a WebSocket' : ''}.` };
  if (reply.status >= 500) return serverTrouble(reply.status, service, plan);
  return {
    ...serverTrouble(reply.status, service, plan),
    why: `The question does not reach ${service}: another proxy in front, or one of your edits, leads it elsewhere${socket ? ', or drops its headers Upgrade and Connection' : ''}.`,
  };
}

/** The opening handshake of RFC 6455. */
function upgrade(origin: string) {
  return {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin,
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-version': '13',
  };
}
