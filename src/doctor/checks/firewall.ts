import type { Examination } from '../examination.ts';
import { type Finding, findingOf } from '../finding.ts';

/** On the server itself: whether what the answers close and open was put in force. */
export function checkFirewall({ vantage, firewall }: Examination): readonly Finding[] {
  if (vantage !== 'server') return [];
  return (firewall ?? []).map((problem) => findingOf(problem, 'ports', 'firewall'));
}
