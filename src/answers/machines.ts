import ipaddr from 'ipaddr.js';
import type { Checked } from './field.ts';
import { type MachineAnswer, machineExtra, machineForm, machineWork } from './machine.ts';

const common = ['name', 'runs', 'address', 'reaches'] as const;

/** Machines from the answers file (objects) or from a flag (text in `machineForm`), each by itself right. */
export function parseMachines(list: readonly unknown[]): Checked<'machines'> {
  const machines: MachineAnswer[] = [];
  for (const entry of list) {
    const checked = parseMachine(typeof entry === 'string' ? fromText(entry) : entry);
    if ('problem' in checked) return checked;
    machines.push(checked.value);
  }
  return { value: machines };
}

/** Undefined where it has too few or too many parts. */
function fromText(text: string): unknown {
  const parts = text.trim().split(':');
  if (parts.length < common.length || parts.length > common.length + 1) return undefined;
  const work = machineWork.find((one) => one === parts[1]) ?? 'bridge';
  const keys = [...common, machineExtra[work].key];
  return Object.fromEntries(keys.map((key, index) => [key, parts[index]]).slice(0, parts.length));
}

function parseMachine(entry: unknown): { value: MachineAnswer } | { problem: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return {
      problem: `A machine is written ${machineForm}, such as b1:bridge:203.0.113.8:203.0.113.7.`,
    };
  }
  const given = entry as Readonly<Record<string, unknown>>;
  const { name, runs, address, reaches } = given;
  if (typeof name !== 'string' || !/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name)) {
    return {
      problem: `“${String(name)}” cannot be the name of a machine: it takes lower-case letters, digits and hyphens, 20 at most, with a letter first.`,
    };
  }
  const work = machineWork.find((one) => one === runs);
  if (!work) {
    return { problem: `“${name}” has to say what it runs: ${machineWork.join(' or ')}.` };
  }
  const extra = machineExtra[work];
  const keys: readonly string[] = [...common, extra.key];
  const stray = Object.keys(given).find((key) => !keys.includes(key));
  if (stray !== undefined) {
    return { problem: `A ${work} has no “${stray}”; it has ${keys.join(', ')}.` };
  }
  for (const [key, value] of Object.entries({ address, reaches })) {
    if (typeof value !== 'string' || !ipaddr.IPv4.isValidFourPartDecimal(value)) {
      return {
        problem: `“${name}” needs a literal IPv4 address as its “${key}”, such as 203.0.113.8.`,
      };
    }
  }
  const number = given[extra.key] === undefined ? undefined : Number(given[extra.key]);
  const { min, max } = extra;
  if (number !== undefined && !(Number.isInteger(number) && number >= min && number <= max)) {
    return { problem: `${extra.about} of “${name}” has to be a number from ${min} to ${max}.` };
  }
  return {
    value: {
      name,
      runs: work,
      address: String(address),
      reaches: String(reaches),
      ...(number !== undefined && { [extra.key]: number }),
    },
  };
}

/** The JSON Schema of one entry, for editors. */
export const machineSchema = {
  type: 'object',
  required: ['name', 'runs', 'address', 'reaches'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', description: 'what it is called; unique among the machines' },
    runs: { type: 'string', enum: [...machineWork], description: 'what it is there for' },
    address: {
      type: 'string',
      description:
        'IPv4 address from which it reaches the central machine; people send audio and video of a bridge there',
    },
    reaches: {
      type: 'string',
      description: 'IPv4 address of the central machine, as this machine reaches it',
    },
    port: {
      type: 'integer',
      minimum: machineExtra.bridge.min,
      maximum: machineExtra.bridge.max,
      description:
        'of a bridge: UDP port of audio and video; that of the first bridge when left out',
    },
    days: {
      type: 'integer',
      minimum: machineExtra.recorder.min,
      maximum: machineExtra.recorder.max,
      description:
        'of a recorder: days after which a recording is deleted there, 0 for never; as on the central machine when left out',
    },
  },
} as const;
