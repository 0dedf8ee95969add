import { isRecord, type RawAnswers } from './complete.ts';
import { readList } from './list.ts';
import { readSwitch } from './switch.ts';

/**
 * Where the site's name has to lead, as far as somebody has said: addresses, or the name that follows one that changes.
 * Answers may still be text.
 */
export function givenTargets({ network }: RawAnswers): readonly string[] {
  if (!isRecord(network)) return [];
  if (readSwitch(network.fixed) === false && typeof network.addressName === 'string')
    return [network.addressName];
  const inside = network.exposure === 'lan';
  const list = readList(inside ? network.lanAddresses : network.publicAddresses);
  return Array.isArray(list) ? list.map(String) : [];
}
