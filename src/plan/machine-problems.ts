import { changingName, isIPv4, isIPv6, isLocalIPv4 } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { Problem } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import { channelIsWebSocket } from './bridge-channel.ts';
import { centralBridge, furtherBridges, type Machine, machinesOf } from './machines.ts';

/** Machines that do not go together, with one another or with the rest. */
export function checkMachines(answers: Answers, release: Release): readonly Problem[] {
  const machines = machinesOf(answers);
  const bridges = furtherBridges(answers);
  const problems: Problem[] = [];
  const say = (what: string, fix: string, why?: string) =>
    problems.push({ answer: 'machines', what, ...(why !== undefined && { why }), fix });
  if (machines.length === 0) return [];
  const { network } = answers;
  if (bridges.length > 0 && channelIsWebSocket(answers, release)) {
    say(
      `With ${release.tag} and ENABLE_COLIBRI_WEBSOCKET there can be no further bridge.`,
      'Take ENABLE_COLIBRI_WEBSOCKET out of the settings: the bridges then talk to browsers over SCTP.',
      'The page would have to lead each browser to its own bridge, and it knows one.',
    );
  }
  if (changingName(network) !== undefined && bridges.some(({ address }) => isLocalIPv4(address))) {
    say(
      'Behind a router whose public address changes there can be one bridge only.',
      'Choose --network-fixed true with that address, or machines that have a public address of their own.',
      'Each bridge tells people where it is reached, and would not hear of the change.',
    );
  }
  for (const [index, machine] of machines.entries()) {
    const before = machines.slice(0, index);
    for (const problem of [...unlike(machine, before, answers), ...unreachable(machine, answers)])
      say(problem.what, problem.fix, problem.why);
  }
  return problems;
}

interface Said {
  readonly what: string;
  readonly fix: string;
  readonly why?: string;
}

/** What two machines must not have in common. */
function unlike(machine: Machine, before: readonly Machine[], answers: Answers): Said[] {
  const { name, address, address6, port, runs } = machine;
  const said: Said[] = [];
  const { network } = answers;
  const own = [address, ...(address6 === undefined ? [] : [address6])];
  if (name === centralBridge)
    said.push({
      what: `“${centralBridge}” is what the first bridge is called.`,
      fix: 'Give the machine another name.',
    });
  if (before.some((other) => other.name === name))
    said.push({
      what: `Two machines are called “${name}”.`,
      why: 'Of two of one name Jitsi sees only one.',
      fix: 'Give one of them another name.',
    });
  for (const one of own) {
    const same = before.find((other) => other.address === one || other.address6 === one);
    if (same)
      said.push({
        what: `“${same.name}” and “${name}” have the same address, ${one}.`,
        fix: 'Give each machine its own. Behind one router it is the private one.',
      });
    if ([...network.publicAddresses, ...network.lanAddresses].includes(one))
      said.push({
        what: `${one} of “${name}” is an address of the central machine.`,
        fix: 'Give the address of the further machine itself.',
      });
  }
  const routed = runs === 'bridge' && network.exposure === 'nat' && isLocalIPv4(address);
  const holder =
    port === network.mediaPort
      ? 'the first bridge'
      : before.find(
          (other) => other.runs === 'bridge' && isLocalIPv4(other.address) && other.port === port,
        )?.name;
  if (routed && holder !== undefined)
    said.push({
      what: `UDP port ${port} of “${name}” is that of ${holder === 'the first bridge' ? holder : `“${holder}”`}.`,
      why: 'Behind one router each bridge needs a port of its own.',
      fix: 'Give it a port, such as 10001, 10002 and so on.',
    });
  return said;
}

/** Ways that lead nowhere. */
function unreachable(machine: Machine, { network }: Answers): Said[] {
  const { name, address, reaches, runs } = machine;
  const { exposure, publicAddresses, lanAddresses } = network;
  const own = [...publicAddresses, ...lanAddresses];
  const said: Said[] = [];
  if (runs === 'bridge' && exposure === 'public' && isLocalIPv4(address))
    said.push({
      what: `${address} of “${name}” is private: people on the internet cannot send to it.`,
      fix: 'Give the public address of that machine.',
    });
  if (isIPv6(reaches)) return [...said, ...unreachableBySix(machine, network)];
  if (!own.includes(reaches) && !isLocalIPv4(reaches))
    said.push({
      what: `“${name}” would look for the central machine at ${reaches}, which is none of its addresses.`,
      fix: `Use ${own.filter(isIPv4).join(' or ') || 'an IPv4 address of it'}, given under network.`,
    });
  else if (isLocalIPv4(reaches) !== isLocalIPv4(address) && exposure !== 'lan')
    said.push({
      what: `“${name}” is reached at ${address} and would reach the central machine at ${reaches}, so nobody knows from which address it comes.`,
      why: 'Only the addresses of the machines are let in.',
      fix: isLocalIPv4(address)
        ? `Give the private address of the central machine as “reaches”.`
        : `Give the public address of the central machine as “reaches”: what they say is encrypted, and both sides are checked.`,
    });
  return said;
}

/** Over IPv6 each address is the machine's own, so it has to be known which they are. */
function unreachableBySix({ name, address6, reaches }: Machine, network: Answers['network']) {
  const own = [...network.publicAddresses, ...network.lanAddresses].filter(isIPv6);
  const said: Said[] = [];
  if (!own.includes(reaches))
    said.push({
      what: `“${name}” would look for the central machine at ${reaches}, which is none of its addresses.`,
      fix:
        own.length > 0
          ? `Use ${own.join(' or ')}, given under network.`
          : 'Give the central machine its IPv6 address under network first, or an IPv4 address of it here.',
    });
  else if (!network.ipv6)
    said.push({
      what: `“${name}” would reach the central machine over IPv6, and its containers have none.`,
      fix: 'Choose --network-ipv6 true, or an IPv4 address as “reaches”.',
    });
  if (address6 === undefined)
    said.push({
      what: `“${name}” would reach the central machine over IPv6, and it is not known from which address.`,
      why: 'Only the addresses of the machines are let in.',
      fix: 'Give its IPv6 address as “address6”, or an IPv4 address of the central machine as “reaches”.',
    });
  return said;
}
