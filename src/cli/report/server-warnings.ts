import type { Host } from '../../answers/detect/host.ts';
import type { Plan } from '../../plan/plan.ts';
import { listeningAddresses, portsOf } from '../../plan/ports.ts';
import { takenPorts } from './taken-ports.ts';

/** What on its server speaks against a stack that is not there yet, in sentences, before anything is written. */
export async function serverWarnings(plan: Plan, server: Host): Promise<readonly string[]> {
  if (!server.isKnown) return [];
  const listening = listeningAddresses(plan.answers.network);
  const [inUse, local, daemon] = await Promise.all([
    server.portsInUse(),
    server.addresses(),
    server.daemon(),
  ]);
  const tunnels = server.tunnels();
  const own = [...local.public, ...local.private, ...tunnels.map(({ address }) => address)];
  const { bind, ipv6 } = plan.answers.network;
  return [
    ...takenPorts(plan, inUse, bind === 'given' ? listening : []),
    ...strangers(plan, listening, own),
    ...unanswered(plan, own),
    ...tunnelled(plan, tunnels),
    ...(daemon.withoutRules ? [withoutRules('iptables', 'Containers reach nothing outside')] : []),
    ...(ipv6 && daemon.withoutRules6
      ? [withoutRules('ip6tables', 'Over IPv6 containers reach nothing outside')]
      : []),
    ...processor(plan, server.architecture()),
    ...crowd(plan, server.cores()),
  ];
}

/** Nobody can listen on an address that the server has not: coTURN ends with errno 99, again and again. */
function strangers(
  { answers: { network, turn } }: Plan,
  listening: readonly string[],
  own: readonly string[],
): readonly string[] {
  const missing = listening.filter((address) => !own.includes(address));
  // Without a relay, and on all addresses, nothing is bound to one.
  if (missing.length === 0 || own.length === 0) return [];
  if (turn.mode !== 'coturn' && network.bind !== 'given') return [];
  const what = `${missing.join(' and ')} ${missing.length > 1 ? 'are no addresses' : 'is no address'} of this server (it has ${own.join(', ')}), so the relay could not listen there and would start over and over.`;
  const fix =
    network.exposure === 'public'
      ? 'When a cloud or a router hands it on, choose --network-exposure nat, and give the server’s own address with --network-lan-addresses.'
      : 'Give the server’s own address with --network-lan-addresses.';
  return [`${what} ${fix}`];
}

/** The same of a row for named machines alone: Docker does not start its container. */
function unanswered(plan: Plan, own: readonly string[]): readonly string[] {
  if (own.length === 0) return [];
  return portsOf(plan).machines.flatMap(({ service, sources = [] }) => {
    const missing = new Set(
      sources.map(({ answeredAt }) => answeredAt).filter((address) => !own.includes(address)),
    );
    return [...missing].map(
      (address) =>
        `${address} is no address of this server (it has ${own.join(', ')}), so the container ${service} would not start. Name one that it has; that of a VPN has to be there before Docker starts.`,
    );
  });
}

/** People may come in by a tunnel, from a rented server that has the public address. */
function tunnelled(
  { answers: { network } }: Plan,
  tunnels: readonly { readonly name: string; readonly address: string }[],
): readonly string[] {
  const others = tunnels.filter(({ address }) => !network.lanAddresses.includes(address));
  const [first] = others;
  if (network.exposure !== 'nat' || !first) return [];
  const list = [first.address, ...network.lanAddresses].join(',');
  return [
    `${first.name} (${first.address}) is a tunnel. If people come in by it, as from a rented server that forwards its ports here, the relay has to listen there too: --network-lan-addresses ${list}. If not, all is well.`,
  ];
}

function withoutRules(name: string, effect: string): string {
  return `/etc/docker/daemon.json says "${name}": false. ${effect}, and all visitors have one address, so that limits for one person count for all. Take that line out and restart Docker: systemctl restart docker.`;
}

function crowd({ capacity }: Plan, cores: number | undefined): readonly string[] {
  if (!capacity || cores === undefined || cores >= capacity.cores) return [];
  return [
    `This server has ${cores} processor ${cores === 1 ? 'core' : 'cores'}, and ${capacity.people} people at once want about ${capacity.cores}: without them, pictures freeze and voices break up.`,
  ];
}

/** Jitsi’s images, and the others of a stack, are published for these: Node's word and Docker's. */
const published: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

function processor(
  { answers: { rebuild } }: Plan,
  architecture: string | undefined,
): readonly string[] {
  if (architecture === undefined) return [];
  const wanted = published[architecture];
  if (wanted === undefined)
    return [
      `This server’s processor (${architecture}) is none that Jitsi publishes images for: those are amd64 and arm64, with a system of 64 bits.`,
    ];
  const built = rebuild.architectures;
  return Array.isArray(built) && !built.includes(wanted)
    ? [
        `This server’s processor is ${wanted}, and CI builds the images for ${built.join(', ')}: they would not start here. Add it: --rebuild-architectures ${[...built, wanted].join(',')}.`,
      ]
    : [];
}
