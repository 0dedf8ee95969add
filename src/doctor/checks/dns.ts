import { addressRecord, isIPv6 } from '../../addresses.ts';
import { listed } from '../../listed.ts';
import {
  type Examination,
  isChanging,
  type NameLookup,
  ownNames,
  reached,
} from '../examination.ts';
import type { Finding } from '../finding.ts';
import { isPrivate, isSame } from '../vantage.ts';

/** Every name of the stack leads to it, directly and nowhere else. */
export function checkNames(examination: Examination): readonly Finding[] {
  return [...examination.names].map(([name, lookup]) => ({
    check: 'dns',
    subject: name,
    ...judge(name, lookup, examination),
  }));
}

type Judgement = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

function judge(
  name: string,
  lookup: NameLookup,
  { plan, vantage, proxyOf }: Examination,
): Judgement {
  const wanted = reached(plan);
  const { publicAddresses, lanAddresses } = plan.answers.network;
  const records = listed(wanted.map(addressRecord));
  const fix = `Give ${name} the record ${records}, and no other. It takes effect once the old record’s time to live is over.`;
  const where =
    'If the server has moved, correct network in jitsi-stack.json instead and run npx create-jitsi-stack@latest.';
  if (lookup.outcome === 'unknown') {
    const seen = 'No name server answered in time.';
    return { outcome: 'not checked', seen, fix: 'Run this again, or from another network.' };
  }
  if (name === plan.answers.domain && plan.trustedProxy.tunnel) return judgeTunnel(lookup, wanted);
  if (!ownNames(plan).includes(name)) return judgeForeign(name, lookup);
  if (lookup.outcome === 'none') {
    const why =
      'Nobody can find the server by its name, and no authority will issue it a certificate.';
    return { outcome: 'wrong', seen: 'DNS has no address for it.', why, fix };
  }
  const { addresses } = lookup;
  if (isChanging(plan)) return judgeChanging(addresses, vantage, proxyOf);
  const seen = `It points to ${listed(addresses)}`;
  const proxied = addresses.find((address) => proxyOf(address));
  if (proxied !== undefined) {
    return {
      outcome: 'wrong',
      seen: `It points to ${proxied}, which is ${proxyOf(proxied)}’s proxy.`,
      why: 'Web pages pass through such a proxy. Audio, video and the relay do not, and meetings drop.',
      fix: `Switch the proxy off for ${name} (“DNS only”), so that it points to ${listed(wanted)}.`,
    };
  }
  const own = vantage === 'outside' ? wanted : [...publicAddresses, ...lanAddresses];
  const foreign = addresses.filter((address) => !own.some((one) => isSame(one, address)));
  if (foreign.length > 0) {
    const hidden = foreign.every(isPrivate) && !wanted.every(isPrivate);
    const six = foreign.every(isIPv6) && foreign.length < addresses.length;
    const why = hidden
      ? 'That address is private: only the server’s own network can reach it.'
      : six
        ? 'People with IPv6 reach another machine, or none; nobody else notices.'
        : 'People reach another machine, or none.';
    const seen = `It points to ${listed(foreign)}; this stack is at ${listed(wanted)}.`;
    return { outcome: 'wrong', seen, why, fix: `${fix} ${where}` };
  }
  const [four, six] = [false, true].map((want) => wanted.filter((one) => isIPv6(one) === want));
  if (four?.length && addresses.every(isIPv6)) {
    const why = 'People without IPv6 do not find the server.';
    return { outcome: 'wrong', seen: `${seen} only.`, why, fix };
  }
  const lacks = six?.length && !addresses.some(isIPv6) ? `; no record for ${listed(six)}` : '';
  return { outcome: 'ok', seen: `${seen}, as the answers say${lacks}.` };
}

/** An address that changes is right wherever it is, as long as the internet has a way there. */
function judgeChanging(
  addresses: readonly string[],
  vantage: Examination['vantage'],
  proxyOf: Examination['proxyOf'],
): Judgement {
  const seen = `It points to ${listed(addresses)}`;
  const proxied = addresses.find((address) => proxyOf(address));
  if (proxied === undefined && (vantage !== 'outside' || !addresses.every(isPrivate)))
    return { outcome: 'ok', seen: `${seen}; the address changes, so there is none to compare.` };
  return {
    outcome: 'wrong',
    seen: `${seen}.`,
    why: proxied
      ? `That is ${proxyOf(proxied)}’s proxy, which lets no audio or video through.`
      : 'That address is private: only the server’s own network can reach it.',
    fix: 'Let the DynDNS service give it the router’s public address.',
  };
}

/** Where a tunnel begins is its provider's business; here nothing answers for the page. */
function judgeTunnel(
  lookup: Exclude<NameLookup, { outcome: 'unknown' }>,
  own: readonly string[],
): Judgement {
  const fix = 'Let the tunnel make the record: proxy/cloudflared.md.';
  if (lookup.outcome === 'none')
    return {
      outcome: 'wrong',
      seen: 'DNS has no address for it.',
      why: 'The tunnel has no public hostname of this name.',
      fix,
    };
  const past = lookup.addresses.filter((address) => own.some((one) => isSame(one, address)));
  if (past.length > 0)
    return {
      outcome: 'wrong',
      seen: `It points to ${listed(past)}, past the tunnel.`,
      why: 'Nothing answers there for the page.',
      fix,
    };
  return { outcome: 'ok', seen: `It points to ${listed(lookup.addresses)}, into the tunnel.` };
}

/** A relay that is not of this stack may be anywhere. */
function judgeForeign(
  name: string,
  lookup: Exclude<NameLookup, { outcome: 'unknown' }>,
): Judgement {
  if (lookup.outcome === 'found')
    return { outcome: 'ok', seen: `It points to ${listed(lookup.addresses)}.` };
  return {
    outcome: 'wrong',
    seen: 'DNS has no address for it.',
    why: 'People are told to use it as their relay, and cannot find it.',
    fix: `Give ${name} a record, or correct turn.host in jitsi-stack.json.`,
  };
}
