import { STATUS_CODES } from 'node:http';
import type { Plan } from '../../plan/plan.ts';
import type { Finding } from '../finding.ts';
import type { Silence } from '../http.ts';

type Judgement = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

/** Without a connection there is nothing to say here: ports and certificates have said why. */
export function noAnswer({ connected, reason }: Silence): Judgement {
  if (!connected) return { outcome: 'not checked', seen: `No connection was made: ${reason}.` };
  return {
    outcome: 'wrong',
    seen: `The connection is accepted, but ${reason}.`,
    why: 'Whatever is behind it hangs or is overloaded.',
    fix: 'On the server: ./stack status.',
  };
}

/** Another status than the one that is right: whose fault it is. */
export function serverTrouble(status: number, service: string, plan: Plan): Judgement {
  const seen = `It answers ${status}${STATUS_CODES[status] ? ` (${STATUS_CODES[status]})` : ''}.`;
  const logs = `On the server: ./stack status, then docker compose logs ${service}.`;
  if (status >= 502 && status <= 504) {
    const why = `${plan.trustedProxy.name} works, but ${service} behind it does not answer.`;
    return { outcome: 'wrong', seen, why, fix: logs };
  }
  return {
    outcome: 'wrong',
    seen,
    why: `${plan.trustedProxy.name} does not send this to ${service}, or another site has this name.`,
    fix: plan.trustedProxy.listen
      ? `On the server: ./stack reload, which tests ${plan.trustedProxy.name}’s files, then docker compose logs ${plan.trustedProxy.name} ${service}.`
      : `Compare the configuration of ${plan.trustedProxy.name} with the file in proxy/.`,
  };
}
