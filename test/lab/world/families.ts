import { isIPv6 } from 'node:net';
import { run } from '../process.ts';
import { withPrefix } from './addresses.ts';
import { configure, type Namespace } from './namespace.ts';

/** A machine with one cable: its addresses and those of its routers, of both families. */
export interface Attached {
  readonly at: Namespace;
  readonly own: readonly string[];
  readonly via: readonly string[];
}

/** Leaves a machine the addresses of these families only (4, 6); what it returns gives the others back. */
export async function leaveOnly(
  { at, own, via }: Attached,
  families: readonly number[],
): Promise<() => Promise<void>> {
  const others = (list: readonly string[]) =>
    list.filter((address) => !families.includes(isIPv6(address) ? 6 : 4));
  const gone = withPrefix(others(own));
  for (const address of gone)
    await run('ip', ['-n', at.name, 'address', 'delete', address, 'dev', 'eth0']);
  return () => configure({ at, device: 'eth0', addresses: gone, via: others(via) });
}
