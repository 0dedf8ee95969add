/** What a further machine can be there for. */
export const machineWork = ['bridge'] as const;

/** A machine besides the central one, as its owner names it. */
export interface MachineAnswer {
  /** Letters of a host name, unique among the machines. */
  readonly name: string;
  readonly runs: (typeof machineWork)[number];
  /** Its own literal IPv4 address: people send media there, and it reaches the central machine from there. */
  readonly address: string;
  /** The address of the central machine that it uses: IPv4. */
  readonly reaches: string;
  /** UDP port for media; that of the first bridge where it is left out. */
  readonly port?: number;
}

/** How one is written where there is no JSON. */
export const machineForm = 'NAME:bridge:ADDRESS:REACHES[:PORT]';

/** The same as text, for flags and questions. */
export function machineText({ name, runs, address, reaches, port }: MachineAnswer): string {
  return [name, runs, address, reaches, ...(port === undefined ? [] : [port])].join(':');
}

/** An entry of a list as it is written in a command or shown to people. */
export function entryText(entry: unknown): string {
  return typeof entry === 'object' ? machineText(entry as MachineAnswer) : String(entry);
}
