import { isIPv4, isIPv6, isLocalIPv4 } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { MachineAnswer } from '../answers/machine.ts';
import type { Release } from '../releases/index.ts';

/** What a machine is there for: the central one, or a further one. */
export type MachineRole = 'central' | MachineAnswer['runs'];

/** A further machine, with all that follows from its answer. */
export interface Machine extends MachineAnswer {
  /** Of a bridge: UDP port for media, the same inside and outside. A recorder opens none. */
  readonly port: number;
  /** Its own address from which it reaches the central machine: of the family of `reaches`. */
  readonly comesFrom: string;
  /** The central machine's own address at which it answers; behind a router another one than `reaches`, with IPv4. */
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
    const { address, address6, reaches } = machine;
    const routed = exposure === 'nat' && publicAddresses.includes(reaches);
    // IPv6 is not translated.
    const own = isIPv4(reaches) ? lanAddresses.find(isIPv4) : undefined;
    return {
      ...machine,
      port: machine.port ?? mediaPort,
      comesFrom: isIPv6(reaches) && address6 !== undefined ? address6 : address,
      answeredAt: routed && own !== undefined ? own : reaches,
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
  const { address, address6, runs } = machine;
  const exposure = exposureOf(answers, machine);
  const six = address6 === undefined ? [] : [address6];
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
        public: [address, ...six],
        nat: [...network.publicAddresses.filter(isIPv4), ...six],
        lan: [],
      }[exposure],
      lanAddresses: { public: [], nat: [address], lan: [address, ...six] }[exposure],
      ipv6: address6 !== undefined,
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

/** The name of the central machine inside a further one's containers, where an address will not do. */
const centralName = 'central.meet.jitsi';

/**
 * How a service on a further machine is told where prosody is: the images take what follows a colon for a port, so an IPv6 address
 * stands behind a name. Which certificate is right does not depend on that.
 */
export function wayToProsody({ reaches }: MachineAnswer): {
  readonly server: string;
  readonly extraHosts: Readonly<Record<string, string>>;
} {
  return isIPv6(reaches)
    ? { server: centralName, extraHosts: { [centralName]: reaches } }
    : { server: reaches, extraHosts: {} };
}
