import { addresses } from './addresses.ts';
import { createNamespace, type Namespace } from './namespace.ts';
import { type World, wire } from './world.ts';

/** A machine elsewhere on the internet, and what can happen to its cable. */
export interface FurtherMachine {
  readonly at: Namespace;
  /** Of IPv4, then of IPv6. */
  readonly addresses: readonly string[];
  /** From now on every packet is lost, without a word to either end. */
  readonly cut: () => Promise<void>;
  readonly heal: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Puts the machine of this number (0 or 1) beside those of the world. */
export async function furtherMachine(
  { hub }: World,
  name: string,
  number: 0 | 1,
): Promise<FurtherMachine> {
  const own = addresses.further[number];
  const at = await createNamespace(`lab${process.pid}${name}`);
  await wire(hub, name, addresses.hub.further[number], at, own);
  const table = `cut_${name}`;
  const heal = async () => {
    await hub.attempt(['nft', 'delete', 'table', 'inet', table]);
  };
  return {
    at,
    addresses: own,
    heal,
    cut: async () => {
      const rules = `
table inet ${table} {
  chain through {
    type filter hook forward priority filter
    iifname "${name}" drop
    oifname "${name}" drop
  }
}
`;
      await hub.run(['nft', '-f', '-'], { input: rules });
    },
    remove: async () => {
      await heal();
      await at.remove();
    },
  };
}
