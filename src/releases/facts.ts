/**
 * What one docker-jitsi-meet release is, as read from its compose files, Dockerfiles, templates and start scripts.
 * Plain JSON: the catalogue packs it, and a stack may carry the facts of a release newer than the catalogue.
 */
export interface ReleaseFacts {
  readonly tag: string;
  /** Day of the tagged commit, `YYYY-MM-DD`. */
  readonly date: string;
  readonly commit: string;
  /** Where the Jitsi images of this release are published. */
  readonly registry: string;
  /** User that the processes of the images run as; 0 where the init is root. */
  readonly uid: number;
  /** Ports that nginx listens on inside the web container. */
  readonly webPorts: { readonly http: number; readonly https: number };
  /** Directory inside the prosody container that holds the accounts. */
  readonly prosodyData: string;
  /** The rendered configuration that `prosodyctl --config` must be given. */
  readonly prosodyConfig: string;
  /** What a start does about the accounts of jicofo, jvb and the others: `make` keeps an existing one's password. */
  readonly accounts: 'make' | 'overwrite';
  readonly services: Readonly<Record<string, ServiceFacts>>;
}

export interface ServiceFacts {
  /** Name below the registry for Jitsi's own images, a full reference for all others. */
  readonly image: string;
  readonly file: string;
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly mounts?: readonly MountFacts[];
  readonly tmpfs?: readonly string[];
  readonly readOnly?: true;
  readonly capabilities?: readonly string[];
  readonly shmSize?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly aliases?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** Environment with a value in the compose file. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Script in the image that asks the service for its health. */
  readonly health?: { readonly script: string; readonly url: string };
  /** Variables without which the container stops at start. */
  readonly required?: readonly string[];
  /** Variables that the image reads. */
  readonly variables?: Readonly<Record<string, VariableFacts>>;
  /** Variables that the stock compose file hands on although nothing in the image reads them. */
  readonly unread?: readonly string[];
}

export interface MountFacts {
  /** Below the directory that the stock compose file calls CONFIG, or a path beside it that starts with `./` or `/`. */
  readonly source: string;
  readonly target: string;
  readonly readOnly?: true;
  /** Used by several containers, so SELinux must not give it a private label (`z`, not `Z`). */
  readonly shared?: true;
}

export interface VariableFacts {
  /**
   * `switch`: passed through `toBool`, or compared with 1, somewhere in the image, so only 1 and 0 mean the same everywhere.
   * `word`: printed as it is where `true` or `false` must stand, so 1 and 0 break the file.
   */
  readonly kind?: 'switch' | 'word';
  /** What an empty variable stands for; absent when that is nothing, computed, or differs within the image. */
  readonly default?: string;
}
