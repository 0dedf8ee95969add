import type { PlannedAccess } from '../access/sentences.ts';
import type { FixedAddress } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { Fields, Known, Option, ValuesOf } from '../answers/field.ts';
import type { OfferSection } from '../answers/table.ts';
import type { Problem } from '../errors.ts';
import type { Advice, Release } from '../releases/index.ts';
import type { Formats } from './format.ts';
import type { Machine, MachineRole } from './machines.ts';
import type { Outside } from './outside.ts';
import type {
  AccountStore,
  Build,
  Copies,
  Decisions,
  Directory,
  Endpoint,
  Environment,
  Image,
  Link,
  Logs,
  Meetings,
  Mount,
  Note,
  OwnersPlace,
  OwnFirewall,
  Passthrough,
  Probe,
  Rebuild,
  Recordings,
  Renewal,
  Route,
  Secret,
  Service,
  Standing,
  Step,
  Trouble,
  TrustedProxy,
  View,
} from './plan.ts';

/** What a feature is given to decide from. Everything in it is a value: contributing is a pure function. */
export interface Context<Own> {
  readonly answers: Answers;
  /** This feature's own answers. */
  readonly own: Own;
  readonly release: Release;
  /** The further machine that is planned; absent for the central one. */
  readonly machine?: Machine;
  /** Where people go, for example `https://meet.example.org`. */
  readonly url: string;
  /** Who is meant by "everybody": the internet, or the LAN when the server is reached from there only. */
  readonly outside: 'internet' | 'lan';
  /** The name that is followed instead of a public address, where that changes. */
  readonly changing?: string;
  /** The addresses under which they reach this server, or that name; its DNS records point there. */
  readonly reached: readonly string[];
  /** The fixed addresses of a service that some feature gave a number in the network. */
  address(service: string): FixedAddress;
  /** Who speaks HTTP to web and prosody. */
  readonly trustedProxy: TrustedProxy;
  /** The containers' networks: IPv4 first. */
  readonly subnets: readonly string[];
  /** The server's own address in them, where containers find what it publishes. */
  readonly gateway: string;
  /**
   * A part of the server's memory in MiB, kept within bounds, for the limit of a container that stays. Where all parts
   * together are more than the server has, each is less, down to its least.
   */
  memory(part: number, least: number, most: number): number;
}

/** A container as a feature declares it; the plan adds what all containers have in common. */
export type ServiceDeclaration = Pick<Service, 'name' | 'about' | 'memory'> & {
  readonly [K in keyof Omit<
    Service,
    | 'name'
    | 'about'
    | 'image'
    | 'build'
    | 'memory'
    | 'blueprint'
    | 'environment'
    | 'announced'
    | 'labels'
    | 'volumes'
  >]?: Service[K];
} & DeclaredImage & {
    /** Read-only unless they say `readOnly: false`. */
    readonly volumes?: readonly (Omit<Mount, 'readOnly'> & { readonly readOnly?: boolean })[];
    /** Where it also sees, writable, every directory of the stack that a service which always runs mounts. */
    readonly mountsAll?: string;
  };

/** An image that somebody publishes, or the name of one that is built from a folder of the stack. */
type DeclaredImage =
  | { readonly image: Image; readonly build?: never }
  | { readonly image: string; readonly build: Build };

/** What a feature adds to the stack. Two features that own the same key are an error that names both. */
export interface Contribution {
  readonly services?: readonly ServiceDeclaration[];
  /** Variables by service; a setting of the same name is refused, because this feature decides it. */
  readonly environment?: Readonly<Record<string, Environment>>;
  /** Variables by service that the owner's settings may replace. */
  readonly defaults?: Readonly<Record<string, Environment>>;
  /**
   * Parts of variables that hold several things, by service: `{ prosody: { XMPP_MODULES: ['one'] } }`. Other features' and the
   * owner's are joined with them.
   */
  readonly lists?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /**
   * Behind a router, all that the internet may reach is forwarded; `forward: false` says that it need not be, and what further
   * machines reach says it itself.
   */
  readonly endpoints?: readonly (Omit<Endpoint, 'forward'> & {
    readonly forward?: boolean;
  })[];
  readonly routes?: readonly Route[];
  readonly passthrough?: readonly Passthrough[];
  readonly probes?: readonly Probe[];
  readonly links?: readonly Link[];
  /** Variables by service that its image does not read, but another program on the server does, such as a proxy. */
  readonly announces?: Readonly<Record<string, Environment>>;
  /** Mounts by service of another feature, which sees them read-only. */
  readonly mounts?: Readonly<Record<string, readonly Pick<Mount, 'source' | 'target'>[]>>;
  /** Labels by service. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly secrets?: readonly Secret[];
  /** Who gets in, opens rooms and moderates: one feature says it. */
  readonly access?: PlannedAccess;
  /** Servers elsewhere that the stack asks. */
  readonly asks?: readonly Outside[];
  /** All images of the stack are built anew, and kept in this registry. */
  readonly rebuild?: Rebuild;
  /** Copies of the backups leave the server; the feature brings `scripts/send.sh`. */
  readonly copies?: Copies;
  /** What `./stack check` asks besides. */
  readonly standing?: Standing;
  /** A firewall that works on the server itself. */
  readonly firewall?: OwnFirewall;
  /** Carries the meetings: one feature does. */
  readonly meetings?: Meetings;
  /** A service that remembers in which browsers people have signed in. */
  readonly remembersBrowsers?: string;
  /** Meetings are recorded, and what has become of them lies on the server. */
  readonly recordings?: Recordings;
  /** Takes what all containers print: one feature does. */
  readonly logs?: Logs;
  readonly certificate?: {
    readonly names?: readonly string[];
    readonly consumers?: readonly string[];
    readonly renewal?: Renewal;
  };
  readonly directories?: readonly Directory[];
  /** Differences from the rule that every template is a managed, plain file: by path in the stack. */
  readonly files?: Readonly<Record<string, FileTraits>>;
  readonly steps?: readonly Step[];
  readonly notes?: readonly Note[];
  readonly troubles?: readonly Trouble[];
}

export interface FileTraits {
  readonly executable?: true;
  /** Written once, then its owner's. */
  readonly seeded?: true;
  /** Not in this stack. */
  readonly absent?: true;
}

/** The answer that brings a feature into a stack: `turn.mode: coturn`, or one of the list `firewall`. */
export interface Offer extends Option {
  readonly section: OfferSection;
  /** Menus show smaller numbers first; the first one is the default where nothing else is known. */
  readonly order: number;
  /** Whether it can be the default for the answers so far; always, when left out. */
  readonly suits?: (known: Known) => boolean;
  /** What it means for the people who meet, as a sentence of the plan that is shown before anything is written. */
  readonly says?: string;
  /** The same where the owner's own proxy speaks to people. @default says */
  readonly saysBehindProxy?: string;
}

/** What an edge is given to say who speaks HTTP to web and prosody. */
export interface TrustedProxyContext<Own> extends Pick<Context<Own>, 'answers' | 'own'> {
  /** All fixed addresses of a service. */
  addresses(service: string): readonly string[];
  /** The host's own addresses in the containers' network. */
  readonly gateways: readonly string[];
}

/** Another place to run than one server with Compose. All features decide as they do for that, and it makes something else of it. */
export interface Platform<Own> {
  /** The network that containers have there, as a CIDR. */
  network(own: Own): string;
  /** What is left of the plan: before any feature says what its templates print. */
  relocate(plan: Decisions, own: Own): Decisions;
}

/** Last parts of addresses, by service. */
type Numbers = Readonly<Record<string, number>>;

export interface Blueprint<F extends Fields = Fields> {
  /** The name of its folder. */
  readonly id: string;
  readonly title: string;
  /** Where its services stand in compose.yaml and its entries in lists; smaller numbers first. */
  readonly order: number;
  /** Left out: the feature is part of every stack that it applies to. */
  readonly offer?: Offer;
  /** Which machines it is for: the central one when left out, or as the row of its offer says. */
  readonly on?: 'every' | MachineRole;
  /** For a feature without an offer: whether these answers call for it. */
  applies?(answers: Answers): boolean;
  /**
   * The feature's own answers. They live in its offer's section, or where that is a list, in an object that is called
   * like its entry.
   */
  readonly fields?: F;
  /** Numbers of its services in the containers' network (the last part of the address), for those that others must know. */
  readonly addresses?: Numbers | ((answers: Answers) => Numbers);
  /** What it stands on in Jitsi's images: a release that is known to break one of these is refused. */
  readonly uses?: readonly Advice['feature'][];
  /** Where only the owner writes, whether the feature is in the stack or was once. */
  readonly ownersPlaces?: readonly OwnersPlace[];
  /** The languages of its files, as far as their names do not say it themselves. */
  readonly formats?: Formats;
  /** Of an edge: who speaks HTTP to web and prosody behind it. */
  trustedProxy?(context: TrustedProxyContext<ValuesOf<F>>): TrustedProxy;
  /** Answers that do not go together, or with the release, in sentences. */
  check?(context: Pick<Context<ValuesOf<F>>, 'answers' | 'own' | 'release'>): readonly Problem[];
  /** What it brings into the plan; a pure function of answers and release. */
  contribute(context: Context<ValuesOf<F>>): Contribution;
  /** Of a feature that runs the stack elsewhere than on a server of its own. */
  readonly platform?: Platform<ValuesOf<F>>;
  /** Of the service that keeps all accounts: where they are, from what all features have decided. */
  accounts?(plan: Omit<Decisions, 'accounts'>): AccountStore;
  /** What its templates print, made from what all features have decided. They see it as `view`, and nothing else. */
  present?(plan: Decisions, own: ValuesOf<F>): View;
}

/** A blueprint whose own answers are nobody else's business. */
// biome-ignore lint/suspicious/noExplicitAny: each blueprint knows its own fields; the list of all does not.
export type AnyBlueprint = Blueprint<any>;
