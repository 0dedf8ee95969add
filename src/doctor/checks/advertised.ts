import { listed } from '../../listed.ts';
import { type Examination, isChanging } from '../examination.ts';
import { type Finding, findingOf } from '../finding.ts';
import { isSame } from '../vantage.ts';

/** The bridge tells browsers where to send audio and video: to the place that the name leads to, and to itself. */
export function checkAdvertised(examination: Examination): readonly Finding[] {
  const kept = (examination.bridge ?? []).map((one) => findingOf(one, 'addresses', 'jvb'));
  return [...leadsThere(examination), ...kept];
}

function leadsThere({ plan, names, proxyOf }: Examination): readonly Finding[] {
  const { domain, network } = plan.answers;
  const addresses = [...network.publicAddresses, ...network.lanAddresses];
  const about = { check: 'addresses', subject: 'jvb' } as const;
  if (isChanging(plan)) {
    const seen = `The bridge follows ${network.addressName}, because the public address changes.`;
    return [{ ...about, outcome: 'ok', seen }];
  }
  const seen = `The bridge tells browsers to send to ${listed(addresses)}`;
  const lookup = names.get(domain);
  if (lookup?.outcome !== 'found' || plan.trustedProxy.tunnel || lookup.addresses.some(proxyOf)) {
    const compared = `${seen}; there is no record of ${domain} to compare that with.`;
    return [{ ...about, outcome: 'not checked', seen: compared }];
  }
  const agreed = lookup.addresses.some((one) => addresses.some((other) => isSame(one, other)));
  if (agreed) return [{ ...about, outcome: 'ok', seen: `${seen}, and ${domain} leads there.` }];
  return [
    {
      ...about,
      outcome: 'wrong',
      seen: `${seen}, but ${domain} leads to ${listed(lookup.addresses)}.`,
      why: 'Two people talk to each other directly; from three on they send to the bridge’s addresses, and see black when those are wrong.',
      fix: `When DNS is right: correct network.publicAddresses in jitsi-stack.json, run npx create-jitsi-stack@latest, then ./stack up on the server.`,
    },
  ];
}
