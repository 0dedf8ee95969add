import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

/** On the server itself: Docker writes the rules that published ports and containers' ways out hang on. */
export function checkDaemon({ vantage, daemon }: Examination): readonly Finding[] {
  if (vantage !== 'server' || !daemon?.withoutRules) return [];
  return [
    {
      check: 'ports',
      subject: 'Docker',
      outcome: 'wrong',
      seen: '/etc/docker/daemon.json says "iptables": false.',
      why: 'Containers cannot reach anything outside, and all visitors share one address, so limits for one person apply to all.',
      fix: 'Take that line out, then: systemctl restart docker, and ./stack up.',
    },
  ];
}
