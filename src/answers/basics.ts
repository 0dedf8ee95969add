import { isDynamicName } from './dyn-dns.ts';
import type { Fields, Known } from './field.ts';
import { bridgeNameFor, innerNetworkFor, projectNameFor } from './identity.ts';
import { machineForm } from './machine.ts';
import { leastMemory } from './memory.ts';
import { portFields } from './ports.ts';
import { readSwitch } from './switch.ts';
import { isInCluster, runsElsewhere } from './whose.ts';

/** The answers that every stack has, whatever features it is made of; in the order in which they are asked. */
export const siteFields = {
  domain: {
    kind: 'hostname',
    question: 'Which name will people type to reach the meetings?',
    description: 'name of the meeting site, such as meet.example.org',
  },
  name: {
    kind: 'project',
    question: 'What should the stack be called on its server?',
    description:
      'name of the Compose project; made from the domain once, and kept when that changes',
    default: ({ domain }) => (domain === undefined ? undefined : projectNameFor(domain)),
    advanced: true,
    once: true,
  },
} as const satisfies Fields;

export const networkFields = {
  exposure: {
    kind: 'choice',
    question: 'How will people reach this server?',
    description: 'how people reach the server',
    detected: true,
    default: 'public',
    options: [
      {
        value: 'public',
        label: 'From the internet, directly',
        hint: 'this server has the public address itself',
      },
      {
        value: 'nat',
        label: 'From the internet, through a router or a cloud’s 1:1 NAT',
        hint: 'the router forwards ports to this server’s private address',
      },
      {
        value: 'lan',
        label: 'From the local network only',
        hint: 'nothing is open to the internet',
      },
    ],
  },
  fixed: {
    kind: 'boolean',
    question: 'Does your router’s public address always stay the same?',
    description: 'whether the public address stays the same; at home it often changes (DynDNS)',
    // Who gives an address says that it is one to count on.
    default: ({ domain, network }) =>
      network?.exposure !== 'nat' ||
      (network.publicAddresses ?? []).length > 0 ||
      !isDynamicName(domain ?? ''),
    advanced: ({ network }) => network?.exposure !== 'nat',
  },
  /** Followed instead of an address that changes. */
  addressName: {
    kind: 'hostname',
    question: 'Which name always points to your router’s public address (DynDNS)?',
    description: 'name that follows the changing public address, such as home.example.dyndns.org',
    default: ({ domain, network }) => (isChanging(network) ? domain : undefined),
    optional: true,
    advanced: ({ network }) => !isChanging(network),
  },
  /** Addresses that the internet sees: on the host itself (`public`) or on the router (`nat`). */
  publicAddresses: {
    kind: 'addresses',
    question: 'Which public IP addresses will people connect to?',
    description: 'literal public IP addresses such as 203.0.113.7, separated by commas',
    detected: true,
    default: (known) =>
      known.network?.exposure === 'lan' || isChanging(known.network) || isInCluster(known)
        ? []
        : undefined,
  },
  /** The host's own private addresses, which a router forwards to and a LAN reaches directly. */
  lanAddresses: {
    kind: 'addresses',
    question: 'Which private IP addresses does this server have?',
    description:
      'literal private IP addresses of the server such as 192.168.1.20, separated by commas',
    detected: true,
    default: ({ network }) => (network?.exposure === 'public' ? [] : undefined),
  },
  ipv6: {
    kind: 'boolean',
    question: 'Serve people over IPv6 too?',
    description: 'serve IPv6 as well as IPv4',
    detected: true,
    default: false,
    advanced: true,
  },
  /** Fixed, because trust in client addresses hangs on it. */
  subnet: {
    kind: 'cidr',
    question: 'Which network should the containers use?',
    description: 'IPv4 network of the containers; must not collide with the server’s own networks',
    detected: true,
    default: '172.28.0.0/24',
    advanced: true,
  },
  subnet6: {
    kind: 'cidr6',
    question: 'Which IPv6 network should the containers use?',
    description: 'IPv6 network of the containers, used with ipv6; made from `name` once',
    default: ({ name }) => (name === undefined ? undefined : innerNetworkFor(name)),
    advanced: true,
    once: true,
  },
  bridge: {
    kind: 'interface',
    question: 'What should the containers’ network interface be called?',
    description:
      'interface of the containers’ network, which firewall rules name; made from `name` once',
    default: ({ name }) => (name === undefined ? undefined : bridgeNameFor(name)),
    advanced: true,
    once: true,
  },
  ...portFields,
  sshPort: {
    kind: 'integer',
    question: 'Which port does SSH use on this server?',
    description: 'SSH port; every generated firewall keeps it open',
    detected: true,
    default: 22,
    min: 1,
    max: 65535,
    advanced: true,
  },
} as const satisfies Fields;

export const hostFields = {
  /** Whether the stack is written where it will run. Nobody has said where it is missing, as in older stacks. */
  here: {
    kind: 'boolean',
    question: 'Will Jitsi run on this computer?',
    description:
      'whether Jitsi runs on the computer at which the stack is written; if not, nothing is taken over from there',
    optional: true,
  },
  memory: {
    kind: 'memory',
    question: 'How much memory does the server have?',
    description:
      'memory of the server, such as 4GB, or a number of MiB; limits of the containers follow from it',
    detected: true,
    // In a cluster, of one of its machines.
    default: (known) => (isInCluster(known) ? 8192 : runsElsewhere(known) ? undefined : 4096),
    min: leastMemory,
    max: 4194304,
    advanced: (known) => !runsElsewhere(known),
  },
  /** What the server should have follows from it, and nothing else. */
  people: {
    kind: 'integer',
    question: 'How many people will be in meetings at once, at most?',
    description:
      'most people in meetings at once, all meetings together; says what server they want',
    min: 2,
    max: 100000,
    optional: true,
    advanced: true,
  },
  timezone: {
    kind: 'timezone',
    question: 'Which time zone should logs use?',
    description: 'time zone of the containers, such as Europe/Berlin',
    detected: true,
    default: 'UTC',
    advanced: true,
  },
  cloneFrom: {
    kind: 'url',
    question: 'Which git address will a rented server clone this folder from?',
    description:
      'https address of the git repository that a rented server clones at its first boot; brings cloud-init.yaml',
    optional: true,
    advanced: true,
  },
} as const satisfies Fields;

/** Machines besides the central one; a stack without any has no such answer. */
export const machineFields = {
  machines: {
    kind: 'machines',
    question: 'Which further machines take part?',
    description: `further machines, each ${machineForm}, separated by commas, such as b1:bridge:203.0.113.8:203.0.113.7`,
    optional: true,
    advanced: true,
  },
} as const satisfies Fields;

/** Whether the public address is a router's that changes; an answer may still be text. */
function isChanging(network: Known['network']): boolean {
  return network?.exposure === 'nat' && readSwitch(network.fixed) === false;
}
