/* What outlives the containers: secrets, certificate, accounts, directories. */

export interface Secret {
  readonly name: string;
  readonly about: string;
  /** Somebody else made it, so the owner has to fill it in; all others are made once, at random. */
  readonly given?: true;
  /**
   * What stops working with a new one, as a sentence. Programs outside the stack may have it too, or what was made with it goes
   * about: so it can be renewed by itself (`./stack rotate NAME`), and people read this sentence before.
   */
  readonly ends?: string;
}

export interface Certificate {
  /** Every name that it must be valid for; the first one is its common name. */
  readonly names: readonly string[];
  /** Services that read it and are told when it changes; each says how (`reload`). */
  readonly consumers: readonly string[];
  /** Who fetches a new one by itself; absent where nobody in the stack does. */
  readonly renewal?: Renewal;
}

export interface Renewal {
  readonly service: string;
  /** What fetches a new one at once; no word of it holds a blank. */
  readonly command: readonly string[];
}

/** Who keeps the accounts of people and of Jitsi's own services, and where. */
export interface AccountStore {
  readonly service: string;
  /** The domain of people's accounts. */
  readonly domain: string;
  /** In the stack: all that the service keeps, and the part of it where an earlier release looked for accounts one further up. */
  readonly data: string;
  readonly gathered: string;
  /** In its container: the program that changes accounts (prosodyctl's commands), and where each is a file. */
  readonly control: readonly string[];
  readonly files: string;
  /** That program can ask the running service, which lists and locks accounts; otherwise their files are all that tells. */
  readonly asked: boolean;
  /** Accounts of Jitsi's services, by the secret that is their password. */
  readonly passwords: Readonly<Record<string, string>>;
}

export interface Directory {
  readonly path: string;
  readonly mode: string;
  /**
   * The number of the user and group that write there, to whom `prepare` gives it and all that is in it; `image` where the
   * container starts as root and gives it to a user of its own.
   */
  readonly owner: number | 'image';
  readonly about: string;
  /** No backup holds it: it is of no use tomorrow, or its owner wants it so. */
  readonly passing?: true;
  /**
   * Of any size, and of no release: it lies directly in `data/`, an upgrade neither copies it nor takes it back, and a backup
   * without it leaves it where it is.
   */
  readonly stays?: true;
}

/** A file or directory in the stack that is its owner's: in every backup, and searched before an upgrade. */
export interface OwnersPlace {
  readonly path: string;
  /** What stands there, as in “further web sites on this server”. */
  readonly about: string;
  /** What to edit there, for the README's list of changes; left out where that list has more to say. */
  readonly edit?: string;
}
