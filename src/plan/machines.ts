import { changingName, isIPv4, isLocalIPv4 } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { MachineAnswer } from '../answers/machine.ts';
import type { Problem } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import { channelIsWebSocket } from './bridge-channel.ts';

/** What a machine is there for: the central one, or a further one. */
export type MachineRole = 'central' | MachineAnswer['runs'];

/** A further machine, with all that follows from its answer. */
export interface Machine extends MachineAnswer {
  /** Of a bridge: UDP port for media, the same inside and outside. A recorder opens none. */
  readonly port: number;
  /** The central machine's own address at which it answers; behind a router another one than `reaches`. */
  readonly answeredAt: string;
  /** It comes to the central machine through the router in front of that. */
  readonly routed: boolean;
}

/** More further machines than these are one box in the drawings. */
export const mostDrawn = 6;

/** What the first bridge is called among several; no further machine has that name. */
export const centralBridge = 'central';

/** All machines of a stack register in one place and differ by name; relays between the bridges work from two on. */
export function machinesOf({ machines = [], network }: Answers): readonly Machine[] {
  const { exposure, publicAddresses, lanAddresses, mediaPort } = network;
  return machines.map((machine) => {
    const routed = exposure === 'nat' && publicAddresses.includes(machine.reaches);
    const own = lanAddresses.find(isIPv4);
    return {
      ...machine,
      port: machine.port ?? mediaPort,
      answeredAt: routed && own !== undefined ? own : machine.reaches,
      routed,
    };
  });
}

/** Those that carry audio and video, besides the central one. */
export function furtherBridges(answers: Answers): readonly Machine[] {
  return machinesOf(answers).filter(({ runs }) => runs === 'bridge');
}

/** Those that record. */
export function furtherRecorders(answers: Answers): readonly Machine[] {
  return machinesOf(answers).filter(({ runs }) => runs === 'recorder');
}

/**
 * The answers of one machine, from which its own folder is planned as a stack is: where it is reached, and what of the rest
 * concerns it.
 */
export function answersOn(answers: Answers, machine: Machine, release: Release): Answers {
  const { network, host } = answers;
  const { address, runs } = machine;
  const exposure = exposureOf(answers, machine);
  const { service, memory } = machineRoles[runs];
  const read = (name: string) => release.services[service]?.variables.has(name);
  return {
    ...answers,
    name: `${answers.name}-${machine.name}`,
    network: {
      ...network,
      exposure,
      fixed: true,
      publicAddresses: {
        public: [address],
        nat: network.publicAddresses.filter(isIPv4),
        lan: [],
      }[exposure],
      lanAddresses: exposure === 'public' ? [] : [address],
      ipv6: false,
      // Behind a 1:1 NAT of a cloud, the address is not the machine's own.
      bind: 'all',
      mediaPort: machine.port,
    },
    host: { ...host, memory, people: undefined, cloneFrom: undefined },
    machines: [],
    settings: Object.fromEntries(Object.entries(answers.settings).filter(([name]) => read(name))),
  };
}

/** From where a machine is reached: a bridge by people, a recorder by nobody but who works on it. */
function exposureOf({ network }: Answers, { runs, address }: Machine) {
  if (runs === 'recorder') return isLocalIPv4(address) ? 'lan' : 'public';
  // Elsewhere than behind the central machine's router.
  const apart = network.exposure === 'nat' && !isLocalIPv4(address);
  return apart ? 'public' : network.exposure;
}

/**
 * What each kind of machine runs, and what it has to be told: the secrets of its service, by which prosody knows it. Nobody is
 * asked how much memory one has; docs/scaling.md wants this, in MiB.
 */
export const machineRoles = {
  bridge: { service: 'jvb', secrets: ['JVB_AUTH_PASSWORD'], memory: 4096 },
  recorder: {
    service: 'jibri',
    secrets: ['JIBRI_XMPP_PASSWORD', 'JIBRI_RECORDER_PASSWORD'],
    memory: 8192,
  },
} as const satisfies Record<MachineAnswer['runs'], unknown>;

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
  const { name, address, port, runs } = machine;
  const said: Said[] = [];
  const { network } = answers;
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
  const same = before.find((other) => other.address === address);
  if (same)
    said.push({
      what: `“${same.name}” and “${name}” have the same address, ${address}.`,
      fix: 'Give each machine its own. Behind one router it is the private one.',
    });
  if ([...network.publicAddresses, ...network.lanAddresses].includes(address))
    said.push({
      what: `${address} of “${name}” is an address of the central machine.`,
      fix: 'Give the address of the further machine itself.',
    });
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
function unreachable({ name, address, reaches, runs }: Machine, { network }: Answers): Said[] {
  const { exposure, publicAddresses, lanAddresses } = network;
  const own = [...publicAddresses, ...lanAddresses];
  const said: Said[] = [];
  if (runs === 'bridge' && exposure === 'public' && isLocalIPv4(address))
    said.push({
      what: `${address} of “${name}” is private: people on the internet cannot send to it.`,
      fix: 'Give the public address of that machine.',
    });
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
