import { isIPv6 } from '../addresses.ts';

/** What a further machine can be there for. */
export const machineWork = ['bridge', 'recorder'] as const;

/** A machine besides the central one, as its owner names it. */
export interface MachineAnswer {
  /** Letters of a host name, unique among the machines. */
  readonly name: string;
  readonly runs: (typeof machineWork)[number];
  /** Its literal IPv4 address; people send media of a bridge there. */
  readonly address: string;
  /** Its literal IPv6 address besides, in lower case and as short as it can be, for the same. */
  readonly address6?: string;
  /** The address of the central machine that it uses; it comes there from its own address of the same family. */
  readonly reaches: string;
  /** Of a bridge: UDP port for media; that of the first bridge where it is left out. */
  readonly port?: number;
  /** Of a recorder: days after which a recording is deleted there, 0 for never; as on the central machine where it is left out. */
  readonly days?: number;
}

/** What only one kind of machine has, and the last part where one is written as text: its name, and its bounds. */
export const machineExtra = {
  bridge: { key: 'port', min: 1, max: 65535, about: 'The port' },
  recorder: { key: 'days', min: 0, max: 3650, about: 'The value “days”' },
} as const satisfies Record<MachineAnswer['runs'], unknown>;

/** How one is written where there is no JSON; an IPv6 address stands in brackets, that of the machine behind a plus. */
export const machineForm =
  'NAME:bridge:ADDRESS:REACHES[:PORT] or NAME:recorder:ADDRESS:REACHES[:DAYS]';

/** The same as text, for flags and questions. */
export function machineText(machine: MachineAnswer): string {
  const { name, runs, address, address6, reaches } = machine;
  const last = machine[machineExtra[runs].key];
  const own = address6 === undefined ? address : `${address}+[${address6}]`;
  const to = isIPv6(reaches) ? `[${reaches}]` : reaches;
  return [name, runs, own, to, ...(last === undefined ? [] : [last])].join(':');
}

/** An entry of a list as it is written in a command or shown to people. */
export function entryText(entry: unknown): string {
  return typeof entry === 'object' ? machineText(entry as MachineAnswer) : String(entry);
}
