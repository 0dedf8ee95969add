import { listed } from '../../listed.ts';
import { tryTcp } from '../connect.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

/** Where a bridge takes orders without a password. */
const control = 8080;

/** Further machines: their control port answers nobody. Whether their bridges have signed in, only the server sees. */
export async function checkControlPorts({ plan }: Examination): Promise<readonly Finding[]> {
  const machines = (plan.machines ?? []).filter(({ runs }) => runs === 'bridge');
  if (machines.length === 0) return [];
  const states = await Promise.all(machines.map(({ address }) => tryTcp(address, control)));
  const open = machines.filter((_, index) => states[index] === 'open');
  const shut = machines.filter((_, index) => states[index] !== 'open').map(({ name }) => name);
  return [
    ...(shut.length > 0
      ? [
          {
            check: 'ports' as const,
            subject: 'control ports of bridges',
            outcome: 'ok' as const,
            seen: `${control}/tcp of ${listed(shut)} does not answer.`,
          },
        ]
      : []),
    ...open.map(
      ({ name, address }): Finding => ({
        check: 'ports',
        subject: `${control}/tcp of ${name}`,
        outcome: 'wrong',
        seen: `It accepts connections at ${address}.`,
        why: 'If it is the bridge’s control port, anybody can end the bridge there, without a password.',
        fix: `On ${name}: the line with http-servers.private.host has to stand in jitsi/jvb/stack.conf, and nothing may publish ${control} (docker compose ps). Close it in its firewall too.`,
      }),
    ),
    {
      check: 'media',
      subject: 'bridges',
      outcome: 'not checked',
      seen: `Whether all ${machines.length + 1} bridges have signed in, and run one release, cannot be seen from here.`,
      fix: 'On the server: ./stack bridges, and ./stack check.',
    },
  ];
}
