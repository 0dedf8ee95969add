import type { MachineAnswer } from './machine.ts';

/** What kinds of answers there are. Questions, flags, validation and the JSON Schema all follow from the kind. */
export interface FieldValues {
  /** A host name in ASCII (IDN as `xn--`), lower case. */
  hostname: string;
  email: string;
  /** An `https` address. */
  url: string;
  /** A literal IPv4 or IPv6 address. */
  address: string;
  addresses: readonly string[];
  /** An IPv4 network such as `172.28.0.0/24`. */
  cidr: string;
  /** An IPv6 network such as `fd00:1::/64`. */
  cidr6: string;
  /** Where images are kept: `ghcr.io/owner/name`, without a tag. */
  registry: string;
  /** A name of the time zone database such as `Europe/Berlin`. */
  timezone: string;
  /** The name of a Compose project: lower-case letters, digits, dashes and underscores. */
  project: string;
  /** The name of a network interface on the server: 15 characters at most. */
  interface: string;
  /** Memory in MiB. */
  memory: number;
  boolean: boolean;
  integer: number;
  text: string;
  choice: string;
  choices: readonly string[];
  machines: readonly MachineAnswer[];
}

export type FieldKind = keyof FieldValues;
export type FieldValue = FieldValues[FieldKind];

/** A value as it is kept, or why it cannot be one. */
export type Checked<K extends FieldKind> = { value: FieldValues[K] } | { problem: string };

export interface Option {
  readonly value: string;
  readonly label: string;
  /** What it means for the people who will use the stack. */
  readonly hint?: string;
  /** Where its list is long: the group that it is shown in. */
  readonly group?: string;
}

/** Options of a list that are asked about only where somebody has something of the kind. */
export interface OptionGroup extends Option {
  readonly group?: never;
  /** Which of them. */
  readonly question: string;
}

/** What is known while questions are asked: the answers so far, by section, and facts about the host. */
export interface Known {
  readonly domain?: string;
  readonly name?: string;
  readonly runs?: string;
  readonly network?: {
    readonly exposure?: string;
    readonly fixed?: boolean;
    readonly publicAddresses?: readonly string[];
  };
  readonly edge?: { readonly proxy?: string; readonly flavour?: string; readonly place?: string };
  readonly [section: string]: unknown;
}

export type Field = { readonly [K in FieldKind]: FieldOf<K> }[FieldKind];

export interface FieldOf<K extends FieldKind> {
  readonly kind: K;
  /** The wizard's question. */
  readonly question: string;
  /** One line for `--help` and for editors. */
  readonly description: string;
  /** Used when nothing was answered; `undefined` leaves the field unanswered. */
  readonly default?: FieldValues[K] | ((known: Known) => FieldValues[K] | undefined);
  /** Its default is worked out when the stack is made, and never again. */
  readonly once?: true;
  /** The answer may be missing. */
  readonly optional?: true;
  /** The host may suggest another answer than the default, so what is right here need not be right elsewhere. */
  readonly detected?: true;
  /** The wizard asks only when its reader wants the advanced questions; it may depend on the answers so far. */
  readonly advanced?: true | ((known: Known) => boolean);
  /** Of its options, the values that go with the answers so far; all of them, when left out. */
  readonly offered?: K extends 'choice' ? (known: Known) => readonly string[] : never;
  /** A yes that has to be given: where it is refused, the choice that asks for it is made anew. */
  readonly consent?: K extends 'boolean' ? true : never;
  readonly options?: K extends 'choice' | 'choices' ? readonly Option[] : never;
  /** Of its options, those that are shown behind one entry. */
  readonly groups?: K extends 'choices' ? readonly OptionGroup[] : never;
  /** What stands for yes and no in the wizard. */
  readonly labels?: K extends 'boolean' ? { readonly yes?: string; readonly no?: string } : never;
  readonly min?: K extends 'integer' | 'memory' ? number : never;
  readonly max?: K extends 'integer' | 'memory' ? number : never;
}

export type Fields = Readonly<Record<string, Field>>;

/** The answers that a record of fields asks for. */
export type ValuesOf<F extends Fields> = {
  readonly [N in keyof F]: F[N] extends { optional: true }
    ? ValueOf<F[N]> | undefined
    : ValueOf<F[N]>;
};

/** Of a choice, the values of its options; of any other kind, what the kind says. */
type ValueOf<F extends Field> = F extends {
  kind: 'choice';
  options: readonly { value: infer Value extends string }[];
}
  ? Value
  : FieldValues[F['kind']];
