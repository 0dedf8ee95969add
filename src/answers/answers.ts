import type { FieldValue } from './field.ts';

/** Where the published JSON Schema of `jitsi-stack.json` is found by editors. */
export const schemaUrl = 'https://unpkg.com/create-jitsi-stack/dist/jitsi-stack.schema.json';

/** How people reach the server. */
export type Exposure = 'public' | 'nat' | 'lan';

export interface Network {
  readonly exposure: Exposure;
  /** Addresses that the internet sees: on the host itself (`public`) or on the router (`nat`). */
  readonly publicAddresses: readonly string[];
  /** The host's own private addresses, which a router forwards to and a LAN reaches directly. */
  readonly lanAddresses: readonly string[];
  readonly ipv6: boolean;
  /** The containers' network; fixed, because trust in client addresses hangs on it. */
  readonly subnet: string;
  /** The containers' IPv6 network; used when `ipv6` is on. */
  readonly subnet6: string;
  /** The interface of the containers' network on the server; fixed when the stack is made. */
  readonly bridge: string;
  /** Kept open by every generated firewall, so that nobody locks himself out. */
  readonly sshPort: number;
}

export interface Host {
  /** Memory of the server in MiB; limits of the containers follow from it. */
  readonly memory: number;
  readonly timezone: string;
}

export type Setting = string | number | boolean;

/** A section whose first answer chooses a feature; the other fields are that feature's own. */
export type Chosen<Key extends string> = Readonly<Record<Key, string>> & {
  readonly [field: string]: FieldValue | undefined;
};

/** `jitsi-stack.json`, validated and complete. Holds no secret. */
export interface Answers {
  readonly version: 1;
  readonly release: string;
  readonly domain: string;
  /** The Compose project. Fixed when the stack is made: what runs is found by it. */
  readonly name: string;
  readonly network: Network;
  readonly host: Host;
  readonly edge: Chosen<'proxy'>;
  readonly certificates: Chosen<'source'>;
  readonly turn: Chosen<'mode'>;
  readonly auth: Chosen<'mode'>;
  readonly rebuild: Chosen<'by'>;
  readonly firewall: readonly string[];
  /** Variables of the Jitsi images, checked against the release. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** The sections in which a blueprint can be chosen, and the answer that names it. */
export const choiceKeys = {
  edge: 'proxy',
  certificates: 'source',
  turn: 'mode',
  auth: 'mode',
  rebuild: 'by',
} as const;

export type ChoiceSection = keyof typeof choiceKeys;
