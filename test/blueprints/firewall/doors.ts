import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/plan/plan.ts';
import { isOpen } from './plan.ts';
import {
  container,
  hostPorts,
  loopbackPort,
  outer,
  type Probe,
  published,
  server,
  type World,
} from './world.ts';

export interface Door extends Probe {
  readonly open: boolean;
}

const numbers = {
  tcp: [...hostPorts.tcp, ...Object.keys(published.tcp).map(Number), loopbackPort],
  udp: [...hostPorts.udp, ...Object.keys(published.udp).map(Number)],
};

/** Every port of the server at one of its addresses, open when the port table says so. */
export function doorsAt(
  host: string,
  plan: Plan,
  isLet = (_from: string, _service: string) => true,
): Door[] {
  const open = plan.endpoints.filter((row) => isOpen(row) && isLet(row.from, row.service));
  return (['tcp', 'udp'] as const).flatMap((protocol) =>
    numbers[protocol].map((port) => ({
      protocol,
      host,
      port,
      open: open.some(
        (row) =>
          row.protocol === protocol && port >= row.port && port <= (row.lastPort ?? row.port),
      ),
    })),
  );
}

/** The server of a local network: open to it, and closed at its public addresses. */
export function doorsInside(plan: Plan): Door[] {
  return [
    ...doorsAt(server.lan, plan),
    ...doorsAt(server.internet, plan, () => false),
    ...doorsAt(server.internet6, plan, () => false),
  ];
}

/** What further machines alone reach, seen from their addresses (at these places) and from others. */
export function machineDoors(...at: readonly string[]): Door[] {
  return [server.internet, server.internet6, server.lan].map((host) => ({
    ...{ protocol: 'tcp', host, port: 5222 },
    open: at.includes(host),
  }));
}

/** The container itself, addressed by a neighbour: never open. */
export const detours: readonly Door[] = [container.ipv4, container.ipv6].flatMap((host) => [
  { protocol: 'tcp', host, port: loopbackPort, open: false },
  { protocol: 'tcp', host, port: published.tcp[443], open: false },
  { protocol: 'tcp', host, port: 9090, open: false },
  { protocol: 'udp', host, port: 10000, open: false },
]);

/** Ways that no firewall may close: what containers start themselves, and their way to the server. */
const inner: readonly Door[] = [
  { protocol: 'tcp', host: outer.internet, port: outer.port, open: true },
  { protocol: 'udp', host: outer.internet6, port: outer.port, open: true },
];
const toServer: readonly Door[] = [
  { protocol: 'udp', host: server.internet, port: 3478, open: true },
  { protocol: 'tcp', host: '172.28.0.1', port: 8888, open: true },
];

/** Tries all doors from outside; says which ones are not as they should be. */
export function assertDoors(world: World, doors: readonly Door[], what: string): void {
  assert.equal(mistakes(world.probe(world.outer, doors)), [], what);
}

/**
 * Containers still get out.
 *
 * @param server whether they reach the server's own programs too
 */
export function assertContainersFree(world: World, { server = true } = {}): void {
  const doors = server ? [...inner, ...toServer] : inner;
  assert.equal(mistakes(world.probe(world.container, doors)), [], 'from containers');
}

function mistakes(doors: readonly (Door & { answers: boolean })[]): string[] {
  return doors
    .filter(({ open, answers }) => open !== answers)
    .map(
      ({ protocol, host, port, open }) =>
        `${host} ${port}/${protocol} should be ${open ? 'open' : 'closed'}`,
    );
}

/** Whether a program said this; shows what it said when it did not. */
export function assertSaid(output: string, expected: string | RegExp): void {
  const said = typeof expected === 'string' ? output.includes(expected) : expected.test(output);
  assert.ok(said, `expected ${expected} in:\n${output}`);
}
