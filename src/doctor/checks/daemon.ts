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
      why: 'Containers reach nothing outside, and all visitors have one address, so that limits for one person count for all.',
      fix: 'Take that line out, then: systemctl restart docker, and ./stack up.',
    },
  ];
}
