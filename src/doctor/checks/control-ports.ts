import { listed } from '../../listed.ts';
import type { PlannedMachine } from '../../plan/plan.ts';
import { portsOf } from '../../plan/ports.ts';
import { tryTcp } from '../connect.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { plannedBridges } from '../planned-bridges.ts';

/** Where a bridge takes orders without a password. */
const control = 8080;

/** Further machines: their control port answers nobody, and their numbers the central one alone. Whether their bridges have signed in, only the server sees. */
export async function checkControlPorts({
  plan,
  vantage,
}: Examination): Promise<readonly Finding[]> {
  const bridges = plannedBridges(plan);
  const strangers = vantage === 'server' ? [] : await readByStrangers(plan);
  if (bridges.length === 0) return strangers;
  const tried = await Promise.all(
    bridges.flatMap(placesOf).map(async ({ name, address }) => {
      return { name, address, state: await tryTcp(address, control) };
    }),
  );
  const open = tried.filter(({ state }) => state === 'open');
  const shut = bridges
    .map(({ name }) => name)
    .filter((one) => !open.some(({ name }) => name === one));
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
    ...strangers,
    {
      check: 'media',
      subject: 'bridges',
      outcome: 'not checked',
      seen: `Whether all ${bridges.length + 1} bridges have signed in, and run one release, cannot be seen from here.`,
      fix: 'On the server: ./stack bridges, and ./stack check.',
    },
  ];
}

/** A machine has one address of IPv4, and may have one of IPv6. */
function placesOf({ name, address, address6, plan }: PlannedMachine) {
  const all = address6 === undefined ? [address] : [address, address6];
  return all.map((one) => ({ name, address: one, plan }));
}

/** What is for the central machine, and answers here. */
async function readByStrangers({
  machines = [],
}: Examination['plan']): Promise<readonly Finding[]> {
  const rows = machines
    .flatMap(placesOf)
    .flatMap(({ name, address, plan }) =>
      portsOf(plan).machines.map(({ port, purpose }) => ({ name, address, port, purpose })),
    );
  const states = await Promise.all(rows.map(({ address, port }) => tryTcp(address, port)));
  return rows
    .filter((_, index) => states[index] === 'open')
    .map(({ name, address, port, purpose }) => ({
      check: 'ports',
      subject: `${port}/tcp of ${name}`,
      outcome: 'wrong',
      seen: `It accepts connections at ${address} from here, but is for the central machine only.`,
      why: `It is for: ${purpose}. NGINX there refuses others, but a firewall should have done so before.`,
      fix: `On ${name}: sudo ./stack firewall plan, then apply; and close it in the provider’s firewall. From the central machine’s own address this is no finding.`,
    }));
}
