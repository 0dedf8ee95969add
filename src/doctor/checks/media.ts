import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { plannedBridges } from '../planned-bridges.ts';

/** A bridge answers nobody whom no meeting has announced, so a datagram proves nothing: the honest answer is how to find out. */
export function checkMedia({ plan }: Examination): readonly Finding[] {
  const { domain } = plan.answers;
  const bridges = plannedBridges(plan);
  return [
    ...plan.endpoints
      .filter(({ name }) => name === 'media')
      .map(({ port, protocol }) => notChecked(`${port}/${protocol}`, domain, port, 'the server')),
    ...bridges.map(({ name, address, port }) =>
      notChecked(`${port}/udp of ${name}`, address, port, name),
    ),
  ];
}

function notChecked(subject: string, to: string, port: number, where: string): Finding {
  return {
    check: 'media',
    subject,
    outcome: 'not checked',
    seen: 'The bridge does not answer strangers, so this cannot see whether audio and video get through.',
    fix: `Meet with three people, or with two and #config.p2p.enabled=false after the room’s address. When they see black: sudo tcpdump -ni any udp port ${port} on ${where}, and from here echo probe | nc -u -w 1 ${to} ${port}. Nothing seen there: a firewall drops it, firewall/ports.md.`,
  };
}
