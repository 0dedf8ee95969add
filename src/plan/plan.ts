import type { PlannedAccess } from '../access/sentences.ts';
import type { FixedAddress } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { OfferSection } from '../answers/table.ts';
import type { NotKnownYet } from '../releases/index.ts';
import type { Copies } from './copies.ts';
import type { Endpoint } from './endpoint.ts';
import type { Format } from './format.ts';
import type { Logs } from './logs.ts';
import type { Machine } from './machines.ts';
import type { Meetings } from './meetings.ts';
import type { Note, Trouble } from './notes.ts';
import type { Outside } from './outside.ts';
import type { OwnFirewall } from './own-firewall.ts';
import type { Probe } from './probe.ts';
import type { Recordings } from './recordings.ts';
import type { Service } from './service.ts';
import type { Standing } from './standing.ts';
import type { AccountStore, Certificate, Directory, OwnersPlace, Secret } from './storage.ts';
import type { View } from './view.ts';

export type { Copies } from './copies.ts';
export type * from './endpoint.ts';
export type { Format } from './format.ts';
export type { Logs } from './logs.ts';
export type { Machine } from './machines.ts';
export type { Meetings } from './meetings.ts';
export type { Note, Trouble } from './notes.ts';
export type { Outside } from './outside.ts';
export type { OwnFirewall } from './own-firewall.ts';
export type { Probe } from './probe.ts';
export type { Recordings } from './recordings.ts';
export type * from './service.ts';
export type { Standing } from './standing.ts';
export type * from './storage.ts';
export type { View } from './view.ts';

/** Everything that is decided, as plain JSON: no clock, randomness, environment or secret value is in it. */
export interface Plan extends Decisions {
  /** By blueprint: what its templates print. */
  readonly views: Readonly<Record<string, View>>;
  /** The further machines, in the order of the answers; absent where the central one is all. */
  readonly machines?: readonly PlannedMachine[];
}

/** A further machine: its folder is `machines/NAME/`, complete in itself, and planned as a stack is. */
export interface PlannedMachine extends Machine {
  readonly plan: Plan;
}

/** What features have decided together, and say again in their files. */
export interface Decisions {
  readonly answers: Answers;
  /** Of a further machine's own plan: which one it is. */
  readonly machine?: Machine;
  readonly release: PlannedRelease;
  /** Where people go, for example `https://meet.example.org`. */
  readonly url: string;
  /** The features in this stack, in the order in which they are presented. */
  readonly features: readonly Feature[];
  /** Who gets in, opens rooms and moderates; only plans of a few features in tests have nobody who says it. */
  readonly access?: PlannedAccess;
  /** Servers elsewhere that the stack asks; left out where it asks none. */
  readonly asks?: readonly Outside[];
  readonly network: PlannedNetwork;
  readonly trustedProxy: TrustedProxy;
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoint[];
  readonly routes: readonly Route[];
  readonly passthrough: readonly Passthrough[];
  readonly probes: readonly Probe[];
  /** Who talks to whom: every arrow of the drawings. */
  readonly links: readonly Link[];
  readonly secrets: readonly Secret[];
  readonly certificate: Certificate;
  /** Absent where no service keeps any. */
  readonly accounts?: AccountStore;
  /** Copies of the backups leave the server; without it, backups are made by hand and stay. */
  readonly copies?: Copies;
  /** Who carries the meetings; absent where that is another machine. */
  readonly meetings?: Meetings;
  /** The service that remembers a browser in which somebody has signed in. */
  readonly remembersBrowsers?: string;
  readonly recordings?: Recordings;
  /** Absent where Docker alone keeps what containers print. */
  readonly logs?: Logs;
  /** Firewalls that work on the server itself. */
  readonly firewalls: readonly OwnFirewall[];
  /** What `./stack check` asks besides. */
  readonly standing: readonly Standing[];
  readonly directories: readonly Directory[];
  readonly files: readonly PlannedFile[];
  /** Where only the owner writes; also the places of features that this stack has left out again. */
  readonly ownersPlaces: readonly (OwnersPlace & { readonly blueprint: string })[];
  /** What the people who meet at once want of the server; absent where nobody said how many they are. */
  readonly capacity?: Capacity;
  /** What the owner has to do himself, in order. */
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  readonly troubles: readonly Trouble[];
}

/** What so many people want of one server, as a rule of thumb. */
export interface Capacity {
  readonly people: number;
  readonly cores: number;
  /** MiB. */
  readonly memory: number;
  /** Mbit/s out of the server, the larger direction. */
  readonly mbits: number;
  /** Bridges that they would fill; each further machine can be one. */
  readonly bridges: number;
}

export interface Feature {
  readonly id: string;
  readonly title: string;
  /** The section of the answers that brings it in; it is part of every stack without one. */
  readonly section?: OfferSection;
  /** What it means for the people who meet, in one sentence. */
  readonly says?: string;
}

export interface PlannedRelease {
  readonly tag: string;
  /** The newest release that this tool knows, when `tag` is newer: its rules stand in. */
  readonly assumedFrom?: string;
  /** The file in the stack with the facts of `tag`, when this tool does not know it and its owner has read them. */
  readonly readFrom?: string;
  /** The newest release that is out after `tag` and not known to this tool. */
  readonly notKnownYet?: NotKnownYet;
  readonly date: string;
  readonly registry: string;
  readonly rootless: boolean;
  /** What `prosodyctl --config` must be given inside the prosody container. */
  readonly prosodyConfig: string;
  /** `prosodyctl shell` works. */
  readonly prosodyShell: boolean;
  /** Where accounts lie inside the prosody container. */
  readonly prosodyData: string;
}

export interface PlannedNetwork {
  readonly name: string;
  /** The bridge's interface name on the host, so that firewall rules can name it. */
  readonly bridge: string;
  readonly subnet: string;
  readonly subnet6?: string;
  /** Docker's dynamic addresses come from here; the fixed ones lie outside. */
  readonly dynamicRange: string;
  /** The host's address in the containers' network. */
  readonly gateway: string;
  /** Fixed addresses by service name. */
  readonly addresses: Readonly<Record<string, FixedAddress>>;
}

/** Who speaks HTTP to web and prosody. The chosen edge declares it. */
export interface TrustedProxy {
  /** A service of this stack, or what the owner's own proxy is called. */
  readonly name: string;
  /** The addresses that it is seen with: they alone are believed about whom they ask for. */
  readonly addresses: readonly string[];
  /** Signalling goes straight to prosody, or with the page through web. */
  readonly signalling: 'direct' | 'web';
  /** A container of the owner's, from outside this stack, that has to be in its network under these addresses. */
  readonly joins?: { readonly container: string; readonly addresses: readonly string[] };
  /** The page comes through somebody else's servers: its name does not lead here, and no port of the web is open. */
  readonly tunnel?: true;
  /** How this stack's NGINX listens for TLS; left out where the owner's own proxy does. */
  readonly listen?: Listen;
}

export interface Listen {
  readonly port: number;
  /** Reached from its own network namespace only. */
  readonly loopback: boolean;
  /** Whose PROXY headers name the client; without one, connections come from the clients themselves. */
  readonly headersFrom?: readonly string[];
  /** Another way in, for as long as what leads to the first one is away. */
  readonly spare?: Omit<Listen, 'spare'>;
}

/** What the edge passes on to whom. */
export interface Route {
  readonly path: string;
  /**
   * `channel`: the WebSocket of the bridge to each browser, with everything below the path. `service`: everything below the
   * path, for a program beside Jitsi; where all goes through web, its feature tells web's NGINX.
   */
  readonly kind: 'page' | 'bosh' | 'websocket' | 'channel' | 'service';
  readonly service: string;
  readonly port: number;
  /** The Host header that the service expects; the visitor's own when left out. */
  readonly host?: string;
}

/** TLS that the edge passes on unopened: told apart on the shared port 443 by its name or its protocol. */
export interface Passthrough {
  readonly name: string;
  /** Application protocols that the client may ask for instead of a name. */
  readonly protocols: readonly string[];
  readonly service: string;
  readonly address: string;
  readonly port: number;
  /** The client's address goes ahead of it in a PROXY header. */
  readonly header: boolean;
  /** Who takes it without that header for as long as nobody answers there; goes with `header`. */
  readonly spare?: { readonly service: string; readonly address: string; readonly port: number };
}

export interface Link {
  /** A service, who stands for one, `outside` for whoever comes from there, or `host` for programs on this server. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface PlannedFile {
  readonly path: string;
  readonly blueprint: string;
  /** The template's path below the blueprint's folder; files made from data have none. */
  readonly template?: string;
  /** The language that the template is written in. */
  readonly format?: Format;
  readonly executable: boolean;
  /** `managed`: kept in sync by merging; `seeded`: its owner's from the first edit on. */
  readonly kind: 'managed' | 'seeded';
}

export interface Step {
  /** Relative to the first start and the first meeting; steps of one phase stand in the order of their features. */
  readonly phase: 'before' | 'start' | 'after' | 'meeting';
  /** On a stack that runs it has to be taken again whenever these change. */
  readonly repeat?: 'ports' | 'names';
  /** Only a stack that begins empty needs it: one that takes over an installation has its accounts, or stays on its server. */
  readonly fresh?: 'accounts' | 'server';
  /** What it is about, for a step of another feature that does that too (`covers`) and takes its place. */
  readonly topic?: 'server' | 'forwards';
  readonly covers?: 'server' | 'forwards';
  /** The record in DNS that it asks for; it is done where the name leads to all of them. */
  readonly record?: { readonly name: string; readonly addresses: readonly string[] };
  /** The secret that it asks for; it is done where that was entered on the server itself. */
  readonly secret?: string;
  readonly title: string;
  readonly detail: string;
  readonly command?: string;
}
