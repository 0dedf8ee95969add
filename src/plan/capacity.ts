import { memoryText } from '../answers/memory.ts';
import type { Contribution } from './blueprint.ts';
import type { Capacity } from './plan.ts';

/** With most cameras on; twice as many with most of them off. */
const peopleOfBridge = 100;
/** A bridge of four cores carries them. */
const peopleOfCore = 25;
/** In a room of ten everybody gets one picture of 720p and eight small ones. */
const mbitsOfPerson = 4;
/** From here on bursts of packets do not fit into what Linux keeps for a socket. */
const bursts = 50;

/**
 * What people who meet at once want of their server. Where the figures come from, docs/scaling.md says: jicofo's defaults,
 * Jitsi's handbook, and what operators have measured.
 */
export function capacityFor(people: number): Capacity {
  return {
    people,
    // Prosody keeps one core busy by itself.
    cores: Math.max(2, 1 + Math.ceil(people / peopleOfCore)),
    memory: (people <= bursts ? 4 : 8) * 1024,
    mbits: people * mbitsOfPerson,
    bridges: Math.ceil(people / peopleOfBridge),
  };
}

/** What the owner should know and do before so many people come; nothing where nobody said how many. */
export function crowdAdvice(
  capacity: Capacity | undefined,
  memory: number,
  bridges = 1,
): Pick<Contribution, 'notes' | 'steps'> {
  if (!capacity) return {};
  const { people, cores, mbits } = capacity;
  const wanted = `${cores} processor cores, ${memoryText(capacity.memory)} of memory and ${mbits} Mbit/s out of the server`;
  return {
    notes: [
      {
        level: 'info',
        text: `${people} people at once want about ${wanted}, with most cameras on: a rule of thumb, not a promise.`,
      },
      ...warnings(capacity, memory, bridges).map((text) => ({ level: 'warning', text }) as const),
    ],
    ...(people >= bursts && { steps: [buffers] }),
  };
}

function warnings(
  { people, bridges, memory }: Capacity,
  has: number,
  there: number,
): readonly string[] {
  return [
    ...(bridges > there
      ? [
          `${people} people fill ${bridges} bridges, and ${there > 1 ? `this stack has ${there}. Each` : 'a stack has one. It'} is full with about ${peopleOfBridge} who have their cameras on, or ${2 * peopleOfBridge} with most cameras off. Further machines carry more: docs/scaling.md.`,
        ]
      : []),
    // What is sold as 8 GB has a little less.
    ...(has < 0.9 * memory
      ? [
          `${memoryText(has)} of memory are little for ${people} people: take a server with ${memoryText(memory)}.`,
        ]
      : []),
  ];
}

/** As in config/20-jvb-udp-buffers.conf of jitsi/jitsi-videobridge. */
const buffers = {
  phase: 'before',
  title: 'Make room for bursts of media',
  detail:
    'With many people, packets come in bursts that Linux drops with its usual buffers. This makes them larger, now and after each reboot.',
  command: [
    "printf '%s\\n' net.core.rmem_max=10485760 net.core.netdev_max_backlog=100000 | sudo tee /etc/sysctl.d/20-jitsi-udp-buffers.conf",
    'sudo sysctl --system',
  ].join('\n'),
} as const;
