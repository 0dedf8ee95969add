import type { FixedAddress } from '../addresses.ts';
import { StackError } from '../errors.ts';
import type { PlannedNetwork } from './plan.ts';

/**
 * The fixed addresses of a service in the containers' network.
 *
 * @param asker the blueprint that wants to know
 * @throws StackError when no feature has claimed a number for it
 */
export function fixedAddress(
  { addresses }: Pick<PlannedNetwork, 'addresses'>,
  service: string,
  asker: string,
): FixedAddress {
  const address = addresses[service];
  if (address) return address;
  throw new StackError({
    what: `Blueprint ${asker} asks for the address of “${service}”, which no feature in this stack has claimed.`,
  });
}
