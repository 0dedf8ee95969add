import { isIPv6 } from '../../addresses.ts';
import { listed } from '../../listed.ts';
import type { Plan } from '../../plan/plan.ts';
import { type Examination, reached } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';
import { type RelayAddress, type RelayWay, relayOf } from '../relay-address.ts';
import { allocate, credentialFor, mappedAddress, silent } from '../turn.ts';
import { isSame } from '../vantage.ts';
import { openWire, patience, type Wire } from '../wire.ts';
import {
  cutOff,
  type Judgement,
  judgeMapped,
  leaky,
  misplaced,
  quiet,
  refused,
} from './relay-troubles.ts';

/** The relay answers on every way that people are told, carries to the bridge, and to nobody behind it. */
export async function checkRelay(examination: Examination): Promise<readonly Finding[]> {
  const relay = relayOf(examination.plan);
  if (!relay) return [];
  const mapped = new Set<string>();
  const tries = relay.ways.flatMap((way) =>
    examination.at(relay.host).map(async (address): Promise<Finding> => {
      const subject = `${relay.host}:${way.port} over ${way.transport.toUpperCase()}`;
      // TLS on the shared port comes from the edge.
      const learnt = way.transport === 'tls' ? undefined : mapped;
      const said = await tryWay(relay, way, address, examination, learnt);
      return { check: 'relay', subject, ...said, at: [address] };
    }),
  );
  const findings = await Promise.all(tries);
  const seen = mapped.size > 0 ? judgeMapped([...mapped].sort(), examination) : [];
  return [...findings, ...seen];
}

async function tryWay(
  relay: RelayAddress,
  way: RelayWay,
  address: string,
  examination: Examination,
  learnt: Set<string> | undefined,
): Promise<Judgement> {
  let wire: Wire;
  try {
    wire = await openWire(way, address, relay.host);
  } catch (error) {
    const seen = `No connection is made: ${reasonOf(error as Error, patience)}.`;
    return quiet(relay, way, seen, examination);
  }
  try {
    const mapped = await mappedAddress(wire);
    if (mapped === undefined) return quiet(relay, way, 'It does not answer.', examination);
    learnt?.add(mapped);
    return await relays(wire, way, relay, examination);
  } finally {
    wire.close();
  }
}

async function relays(
  wire: Wire,
  { transport }: RelayWay,
  { own }: RelayAddress,
  { plan, turnSecret, vantage }: Examination,
): Promise<Judgement> {
  if (turnSecret === undefined) {
    return {
      outcome: 'not checked',
      seen: 'It answers. Whether it relays is not known: there is no TURN_CREDENTIALS here.',
      fix: 'Run this where the stack’s .env is, or with a copy of it.',
    };
  }
  const { bridge, strangers, six } = peersOf(plan, own);
  const made = await allocate(wire, credentialFor(turnSecret), six);
  if (typeof made === 'number') return refused(made, own);
  try {
    const [toBridge, ...toOthers] = await Promise.all([bridge, ...strangers].map(made.permit));
    const open = strangers.filter((_, index) => toOthers[index] === 0);
    if (open.length > 0) return leaky(open, own, plan);
    if (toBridge !== 0) return cutOff(bridge, toBridge ?? silent, own);
    const outer = plan.answers.network.publicAddresses;
    const { relayed } = made;
    // Inside, and behind the shared port, what is lent out may be an inner address: from there all go to the bridge.
    const counts = own && vantage === 'outside' && transport !== 'tls' && outer.length > 0;
    if (counts && relayed && !outer.some((one) => isSame(one, relayed)))
      return misplaced(relayed, outer);
  } finally {
    await made.end();
  }
  return {
    outcome: 'ok',
    seen: `It relays to the bridge at ${bridge}, and refuses ${listed(strangers)}.`,
  };
}

/** Whom the relay has to reach, and who stands for all that it must not: a neighbour, a cloud's metadata, the server itself. */
function peersOf(plan: Plan, own: boolean) {
  const six = own && reached(plan).every(isIPv6);
  const bridge = plan.network.addresses.jvb;
  const outer = reached(plan).find((address) => !isIPv6(address)) ?? reached(plan)[0] ?? '';
  const itself = plan.answers.network.publicAddresses.filter((address) => isIPv6(address) === six);
  if (six && bridge?.ipv6) return { bridge: bridge.ipv6, strangers: ['fd00::1', ...itself], six };
  const metadata = '169.254.169.254';
  // Another server's own networks are its owner's affair.
  return own
    ? { bridge: bridge?.ipv4 ?? outer, strangers: ['10.0.0.1', metadata, ...itself], six: false }
    : { bridge: outer, strangers: [metadata], six: false };
}
