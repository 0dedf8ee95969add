import type { Endpoint } from '../../../src/plan/plan.ts';
import { type Check, same } from '../check.ts';
import type { Lab } from '../session.ts';

/** A STUN binding request: the relay answers it, and whatever echoes sends it back. */
const binding = '000100002112a442000000000000000000000000';
/** Ports of programs inside the stack, and of what people mistakenly publish. */
const inner = [
  1935, 2375, 2376, 3478, 3479, 4443, 4444, 5222, 5269, 5280, 5281, 5347, 5349, 5766, 8000, 8080,
  8090, 8289, 8443, 8888, 9090, 9999, 10000,
];
const udp = [53, 80, 123, 443, 3478, 3479, 5349, 5350, 9999, 10000, 10001, 20000];

/** Rows of the port table that somebody outside can reach here: nobody listens on 22 in the lab. */
function rows({ stack }: Lab, protocol: Endpoint['protocol']): number[] {
  return stack
    .plan()
    .endpoints.filter(
      (row) =>
        row.protocol === protocol &&
        row.from === 'internet' &&
        row.service !== 'host' &&
        !row.lastPort,
    )
    .map(({ port }) => port)
    .sort((a, b) => a - b);
}

/** What answers from outside is the port table plus `extra`, at every public address. */
export async function scan(
  lab: Lab,
  extra: { readonly tcp?: readonly number[]; readonly udp?: readonly number[] } = {},
): Promise<void> {
  const probe = lab.internet.does('ports');
  const range = Array.from({ length: 1024 }, (_, index) => index + 1);
  const numbers = [...new Set([...range, ...inner, ...(extra.tcp ?? [])])];
  for (const address of lab.world.outside) {
    const tcp = [...rows(lab, 'tcp'), ...(extra.tcp ?? [])].sort((a, b) => a - b);
    same(await probe.openTcp(address, numbers), tcp, `open TCP ports at ${address}`);
    const open = [...rows(lab, 'udp'), ...(extra.udp ?? [])].sort((a, b) => a - b);
    const asked = [...new Set([...udp, ...(extra.udp ?? [])])].sort((a, b) => a - b);
    same(await probe.openUdp(address, asked, binding), open, `answering UDP ports at ${address}`);
  }
}

/** Only the rows of the port table answer, without any firewall of the server. */
export const ports: Check = {
  name: 'ports: only the port table',
  services: ['nginx', 'jvb', 'coturn'],
  async run(lab) {
    await scan(lab);
    return `TCP ${rows(lab, 'tcp').join(' ')}, UDP ${rows(lab, 'udp').join(' ')}; of 1-1024 and known ones`;
  },
};
