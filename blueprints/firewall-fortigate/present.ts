import { type Decisions, routerFirewall, type ValuesOf } from '../../src/blueprint.ts';
import type { fields } from './fields.ts';

/**
 * The port table in the words of a FortiGate, which translates IPv4 where the server has a private address. Who has central NAT
 * names the server itself in a policy: the virtual IPs are asked before all policies then.
 */
export function present(plan: Decisions, { wan, inside, nat }: ValuesOf<typeof fields>) {
  const view = routerFirewall(plan);
  const tag = shortTag(view.tag, plan.network.bridge);
  const services = view.visited.map(({ name, protocol, port, share }) => ({
    ...{ name, protocol, port, share },
    object: `${tag}-${name}`,
  }));
  const changing = view.server !== '' && view.translated.length === 0;
  // An address that changes is the interface's own, whatever it is.
  const outer = changing ? ['0.0.0.0'] : view.translated;
  const forwardsOf = (rows: typeof services) =>
    (view.server === '' ? [] : outer).flatMap((address, index) =>
      rows.map((row) => ({
        ...row,
        object: numbered(row.object, index),
        address,
        server: view.server,
      })),
    );
  const forwards = forwardsOf(services);
  const central = nat === 'central' && forwards.length > 0;
  const reached = central ? [view.server] : view.reached4;
  const addresses = reached.map((address, index) => ({
    object: numbered(`${tag}-server`, index),
    network: `${address}/32`,
  }));
  const addresses6 = view.reached6.map((address, index) => ({
    object: numbered(`${tag}-server6`, index),
    network: `${address}/128`,
  }));
  // DoS policies come before translation, so they name the public addresses.
  const outside = view.translated.map((address, index) => ({
    object: numbered(`${tag}-public`, index),
    network: `${address}/32`,
  }));
  const before = view.server === '' ? addresses : outside;
  const local = sources(`${tag}-local`, view.lan ? view.local4 : []);
  const local6 = sources(`${tag}-local6`, view.lan ? view.local6 : []);
  const translated = forwards.map(({ object }) => object);
  const reachedBy = (names: readonly string[]) =>
    forwards.length > 0 && !central ? names : addresses.map(({ object }) => object);
  const destinations = reachedBy(translated);
  // Further machines come from their own addresses, and have a policy of their own; each needs a way to the server.
  const objectsOf = (rows: typeof view.machines, bits: number) =>
    rows.map(({ name, source }) => ({ object: `${tag}-${name}`, network: `${source}/${bits}` }));
  const few = destinations.length > 0 ? view.machines : [];
  const few6 = addresses6.length > 0 ? view.machines6 : [];
  const machines = objectsOf(few, 32);
  const machines6 = objectsOf(few6, 128);
  const [answered] = [...few, ...few6];
  const ownServices = answered ? [{ ...answered, object: `${tag}-${answered.endpoint}` }] : [];
  const ownForwards = few.length > 0 ? forwardsOf(ownServices) : [];
  // From the server's own network by the public address; where that changes, DNS leads there.
  const hairpin = forwards.length > 0 && !changing && inside !== 'any';
  // By the table that counts it; a DoS policy needs an interface.
  const counting = (wan === 'any' || view.lan ? [] : ['DoS-policy', 'DoS-policy6'])
    .map((table) => ({
      table,
      policies: policiesFor(services, table === 'DoS-policy' ? before : addresses6),
    }))
    .filter(({ policies }) => policies.length > 0);
  return {
    /** What everything of this stack is called, policies first of all. */
    tag,
    domain: view.domain,
    mediaPort: view.mediaPort,
    wan: view.lan ? 'any' : wan,
    inside,
    outside: changing ? wan : 'any',
    services: [...services, ...ownServices],
    visited: services.map(({ object }) => object),
    forwards: [...forwards, ...ownForwards],
    machines: machines.map(({ object }) => object),
    machines6: machines6.map(({ object }) => object),
    ownServices: ownServices.map(({ object }) => object),
    ownDestinations: reachedBy(ownForwards.map(({ object }) => object)),
    addresses: [
      ...addresses,
      ...machines,
      ...(wan === 'any' ? [] : outside),
      ...(destinations.length > 0 ? local.objects : []),
    ],
    counting,
    uncounted: counting.length === 0,
    addresses6: [...addresses6, ...machines6, ...(addresses6.length > 0 ? local6.objects : [])],
    sources: local.names,
    sources6: local6.names,
    destinations,
    destinations6: addresses6.map(({ object }) => object),
    hairpin,
    central,
    hairpinCentral: central && hairpin,
    natByPolicy: !central,
  };
}

interface Counted {
  readonly object: string;
  readonly protocol: string;
  readonly share: number;
}

/** DoS policies: services of one protocol and share together. A public address that changes has no object, and is any. */
function policiesFor(
  services: readonly Counted[],
  reached: readonly { readonly object: string }[],
) {
  const kinds = new Map<string, { anomaly: string; share: number; services: string[] }>();
  for (const { object, protocol, share } of services) {
    if (share === 0) continue;
    const anomaly = `${protocol}_src_session`;
    const kind = kinds.get(`${anomaly} ${share}`) ?? { anomaly, share, services: [] };
    kinds.set(`${anomaly} ${share}`, { ...kind, services: [...kind.services, object] });
  }
  const destinations = reached.map(({ object }) => object);
  return destinations.length === 0
    ? []
    : [...kinds.values()].map((one) => ({ ...one, destinations }));
}

/**
 * The name of a policy has 35 characters at most and has to be unique (https://docs.fortinet.com/document/fortigate/7.4.4/cli-reference),
 * “-hairpin” may stand behind it, and two stacks behind one FortiGate may begin alike: what makes their bridges differ ends it then.
 */
function shortTag(tag: string, bridge: string): string {
  const room = 35 - '-hairpin'.length;
  if (tag.length <= room) return tag;
  const end = bridge.slice(-8);
  return `${tag.slice(0, room - 1 - end.length)}-${end}`;
}

/** Objects of networks, and what a policy names as its sources. */
function sources(name: string, networks: readonly string[]) {
  const objects = networks.map((network, index) => ({ object: numbered(name, index), network }));
  return { objects, names: networks.length > 0 ? objects.map(({ object }) => object) : ['all'] };
}

/** The name of an object; the second and further of one kind have their number behind it. */
function numbered(name: string, index: number): string {
  return index > 0 ? `${name}-${index + 1}` : name;
}
