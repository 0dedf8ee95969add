import type { Endpoint } from '../../../src/plan/plan.ts';
import { type Check, same } from '../check.ts';
import type { Lab } from '../session.ts';
import { offerOf } from './bridge.ts';

/** Ports of programs inside the stack, and of what people mistakenly publish. */
const inner = [
  1935, 2375, 2376, 3478, 3479, 4443, 4444, 5222, 5269, 5280, 5281, 5347, 5349, 5766, 8000, 8080,
  8090, 8289, 8443, 8888, 9090, 9999, 10000,
];
const datagrams = [53, 80, 123, 443, 3478, 3479, 5349, 5350, 9999, 10000, 10001, 20000];

/** Rows of the port table that somebody outside can reach here: nobody listens for SSH in the lab. */
function rows({ stack }: Lab, protocol: Endpoint['protocol']): number[] {
  return stack
    .plan()
    .endpoints.filter(
      (row) =>
        row.protocol === protocol && row.from === 'internet' && row.name !== 'ssh' && !row.lastPort,
    )
    .map(({ port }) => port)
    .sort((a, b) => a - b);
}

/** Besides the rows of the port table: what answers too, and whether somebody in the server's own network asks. */
export interface Expected {
  readonly tcp?: readonly number[];
  readonly udp?: readonly number[];
  readonly near?: boolean;
}

/** What answers at every address, of the port table, the first 1024 ports, known ones and those named besides. */
export async function answering(lab: Lab, { tcp = [], udp = [], near }: Expected = {}) {
  // The bridge answers nobody else, the relay answers everybody.
  const { check } = await offerOf(lab);
  const probe = (near ? lab.lan : lab.internet).does('ports');
  const range = Array.from({ length: 1024 }, (_, index) => index + 1);
  const places = [];
  for (const address of near ? lab.world.own : lab.world.outside) {
    const open = await probe.openTcp(address, sorted([...range, ...inner, ...tcp]));
    const echoing = await probe.openUdp(address, sorted([...datagrams, ...udp]), check());
    places.push({ address, tcp: open, udp: echoing });
  }
  return places;
}

/** What answers is the port table plus what is expected besides, at every address. */
export async function scan(lab: Lab, expected: Expected = {}): Promise<void> {
  const { tcp = [], udp = [] } = expected;
  for (const { address, ...seen } of await answering(lab, expected)) {
    same(seen.tcp, sorted([...rows(lab, 'tcp'), ...tcp]), `open TCP ports at ${address}`);
    same(seen.udp, sorted([...rows(lab, 'udp'), ...udp]), `answering UDP ports at ${address}`);
  }
}

function sorted(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Only the rows of the port table answer, without any firewall of the server. */
export const ports: Check = {
  name: 'ports: only the port table',
  services: ['edge', 'jvb', 'coturn'],
  async run(lab) {
    await scan(lab);
    return `TCP ${rows(lab, 'tcp').join(' ')}, UDP ${rows(lab, 'udp').join(' ')}; of 1-1024 and known ones`;
  },
};
