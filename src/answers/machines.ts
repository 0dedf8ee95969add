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
  // Not at the colons of an IPv6 address.
  const parts = text.trim().split(/:(?![^[]*\])/);
  if (parts.length < common.length || parts.length > common.length + 1) return undefined;
  const work = machineWork.find((one) => one === parts[1]) ?? 'bridge';
  const keys = [...common, machineExtra[work].key];
  const given = keys.map((key, index) => [key, bare(parts[index])]).slice(0, parts.length);
  const both = parts[2]?.split('+') ?? [];
  const own = both.length === 2 ? { address: both[0], address6: bare(both[1]) } : {};
  return { ...Object.fromEntries(given), ...own };
}

/** Without the brackets of an IPv6 address. */
function bare(text: string | undefined): string | undefined {
  return text?.replace(/^\[(.*)\]$/, '$1');
}

function parseMachine(entry: unknown): { value: MachineAnswer } | { problem: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return {
      problem: `A machine is written ${machineForm}, such as b1:bridge:203.0.113.8:203.0.113.7.`,
    };
  }
  const given = entry as Readonly<Record<string, unknown>>;
  const { name, runs, address, address6, reaches } = given;
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
  const keys: readonly string[] = [...common, 'address6', extra.key];
  const stray = Object.keys(given).find((key) => !keys.includes(key));
  if (stray !== undefined) {
    return { problem: `A ${work} has no “${stray}”; it has ${keys.join(', ')}.` };
  }
  if (!isFour(address)) return { problem: lacking(name, 'address', 'IPv4', '203.0.113.8') };
  if (address6 !== undefined && !isSix(address6))
    return { problem: lacking(name, 'address6', 'IPv6', '2001:db8::8') };
  if (!isFour(reaches) && !isSix(reaches))
    return { problem: lacking(name, 'reaches', 'IPv4 or IPv6', '203.0.113.7') };
  const number = given[extra.key] === undefined ? undefined : Number(given[extra.key]);
  const { min, max } = extra;
  if (number !== undefined && !(Number.isInteger(number) && number >= min && number <= max)) {
    return { problem: `${extra.about} of “${name}” has to be a number from ${min} to ${max}.` };
  }
  return {
    value: {
      name,
      runs: work,
      address,
      ...(address6 !== undefined && { address6: shortest(address6) }),
      reaches: shortest(reaches),
      ...(number !== undefined && { [extra.key]: number }),
    },
  };
}

function lacking(name: string, key: string, kind: string, example: string): string {
  return `“${name}” needs a literal ${kind} address as its “${key}”, such as ${example}.`;
}

function isFour(value: unknown): value is string {
  return typeof value === 'string' && ipaddr.IPv4.isValidFourPartDecimal(value);
}

/** Without a zone: that means something on one machine only. */
function isSix(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('%') && ipaddr.IPv6.isValid(value);
}

/** The one spelling of an address, by which two of them are compared. */
function shortest(address: string): string {
  return isFour(address) ? address : ipaddr.IPv6.parse(address).toRFC5952String();
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
        'IPv4 address of that machine; people send audio and video of a bridge there, and it reaches the central machine from it',
    },
    address6: {
      type: 'string',
      description: 'IPv6 address besides, for the same',
    },
    reaches: {
      type: 'string',
      description:
        'address of the central machine, as this machine reaches it; an IPv6 address only from a machine with address6',
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
