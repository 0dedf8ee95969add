import { isRecord, layerAnswers, type RawAnswers } from '../answers/complete.ts';
import type { Section } from '../answers/sections.ts';

/**
 * Puts newer answers over older ones. Addresses belong to the way in which the server is reached: when that changes,
 * the old ones are forgotten, to be found out or asked anew.
 */
export function overlay(all: readonly Section[], under: RawAnswers, over: RawAnswers): RawAnswers {
  return layerAnswers(all, forgetAddresses(under, over), over);
}

function forgetAddresses(under: RawAnswers, over: RawAnswers): RawAnswers {
  const { network } = under;
  const exposure = isRecord(over.network) ? over.network.exposure : undefined;
  if (!isRecord(network) || exposure === undefined || exposure === network.exposure) return under;
  const { publicAddresses: _, lanAddresses: __, ...kept } = network;
  return { ...under, network: kept };
}
