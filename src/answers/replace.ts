import { isOffered, isRecord, layerAnswers, type RawAnswers, sectionValues } from './complete.ts';
import { forgetDerived } from './derived.ts';
import { questionsOf } from './questions.ts';
import type { Section } from './sections.ts';

/**
 * Puts newer answers over older ones, and forgets what only held for an older one: addresses when the way in which the
 * server is reached changes, to be found out or asked anew; the shared port when the new edge leaves no choice about it;
 * what was worked out from an answer that is another one now; a choice that no longer goes with the others.
 */
export function replaceAnswers(
  sections: readonly Section[],
  under: RawAnswers,
  over: RawAnswers,
): RawAnswers {
  const merged = layerAnswers(sections, forgetSharing(forgetAddresses(under, over), over), over);
  return forgetDerived(sections, under, forgetExcluded(sections, merged, over), over);
}

/** An earlier choice that no longer goes with the others; one that was made just now is for the plan to refuse. */
function forgetExcluded(
  sections: readonly Section[],
  answers: RawAnswers,
  over: RawAnswers,
): RawAnswers {
  let kept = answers;
  for (const { section, name, field } of sections.flatMap((one) => questionsOf(one, answers))) {
    const values = sectionValues(kept, section);
    if (values[name] === undefined || isOffered(field, values[name], answers)) continue;
    if (sectionValues(over, section)[name] !== undefined) continue;
    const { [name]: _, ...others } = values;
    kept = { ...kept, [section.id]: others };
  }
  return kept;
}

function forgetAddresses(under: RawAnswers, over: RawAnswers): RawAnswers {
  const { network } = under;
  if (!isRecord(network) || network.exposure === undefined || !isRecord(over.network)) return under;
  const { exposure, fixed } = over.network;
  if (fixed !== undefined && String(fixed) !== String(network.fixed ?? true)) {
    const { publicAddresses: _, addressName: __, ...kept } = network;
    return { ...under, network: kept };
  }
  if (exposure === undefined || exposure === network.exposure) return under;
  const { publicAddresses: _, lanAddresses: __, ...kept } = network;
  return { ...under, network: kept };
}

/** HAProxy always shares 443 with the relay, and the owner's own proxy never does. */
function forgetSharing(under: RawAnswers, over: RawAnswers): RawAnswers {
  const { turn } = under;
  const proxy = isRecord(over.edge) ? over.edge.proxy : undefined;
  if (!isRecord(turn) || (proxy !== 'haproxy' && proxy !== 'external')) return under;
  const { share443: _, ...kept } = turn;
  return { ...under, turn: kept };
}
