export type Scalar = string | number | boolean;
/** A value in a container's environment. Booleans become `1` and `0`, the only spelling that all images read alike. */
export type EnvironmentValue = Scalar | { readonly secret: string };
export type Environment = Readonly<Record<string, EnvironmentValue>>;

/** A container, in Compose's own words where they exist. */
export interface Service {
  readonly name: string;
  readonly blueprint: string;
  /** The comment above the service. */
  readonly about: string;
  readonly image: string;
  /** What the image is built from; without it, it is only pulled. */
  readonly build?: Build;
  /** The line of versions that the pinned tag may follow by itself: `1.30`. Left out of what belongs to Jitsi's release. */
  readonly line?: string;
  readonly environment: Environment;
  /** Variables that another program on the server reads from outside, such as a proxy; the image does not know them. */
  readonly announced: Environment;
  readonly volumes: readonly Mount[];
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly user?: string;
  /** Every capability dropped but `capabilities`, and no new privileges; `false` leaves what Docker gives by default. */
  readonly hardened: boolean;
  readonly readOnly: boolean;
  readonly tmpfs: readonly string[];
  readonly capabilities: readonly string[];
  readonly healthcheck?: Healthcheck;
  /** Left out where it has to start anew to see what has changed. */
  readonly reload?: Reload;
  readonly dependsOn: Readonly<Record<string, 'healthy' | 'completed' | 'started'>>;
  /** Memory limit of one container in MiB. */
  readonly memory: number;
  /** How many containers of it run, for a service of which each does one thing at a time; one when left out. */
  readonly scale?: number;
  /** What programs in it share with one another (`/dev/shm`), such as `2gb`; Docker's default is 64 MB. */
  readonly shmSize?: string;
  /** Settings of the kernel for its own network, such as `net.ipv4.tcp_retries2`. */
  readonly sysctls?: Readonly<Record<string, number>>;
  /** Addresses of names, where its container must not ask DNS for them. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
  /** `bridge`: the stack's network; `host`: the host's own; `none`: no network at all; or another service's. */
  readonly network: 'bridge' | 'host' | 'none' | `service:${string}`;
  /** `once`: runs to completion at every start. */
  readonly lifetime: 'always' | 'once';
  readonly stopGrace?: string;
  /** How many files and connections it may have open; Docker's default differs by its version. */
  readonly openFiles?: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Comments by key of this service (`tmpfs`, `environment.TZ`): why the line is there. */
  readonly comments: Readonly<Record<string, string>>;
}

/** Where the images that are built anew are kept, and what builds them. */
export interface Rebuild {
  /** For example `ghcr.io/owner/name`; below `localhost/` where they never leave the server. */
  readonly registry: string;
  /** Folder in the stack whose Dockerfile takes an image as `BASE` and its user as `BASE_USER`. */
  readonly context: string;
}

/** An image as its maker publishes it. */
export interface Image {
  /** With its tag, which is pinned. */
  readonly name: string;
  /**
   * The tag that its maker moves to each newer version that is used alike: what a rebuild starts from. Left out where the
   * pinned tag is all that may be taken, as of Jitsi’s release.
   */
  readonly line?: string;
  /** Whom it runs as when nothing else is said, as `user` or `user:group`: what is built on it as root has to say it again. */
  readonly user: string;
  /** There is no shell in it, so nothing of it can be brought up to date here: it is taken as it is published. */
  readonly bare?: true;
}

export interface Build {
  /** Folder in the stack with the Dockerfile, for example `./images/go-mmproxy`. */
  readonly context: string;
  readonly args?: Readonly<Record<string, string>>;
}

export interface Mount {
  /** Path in the stack, for example `./nginx`. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** How a container that runs takes over what has changed, without disconnecting anybody. */
export interface Reload {
  /** Asks inside it whether the configuration is right, by its exit code. */
  readonly test?: readonly string[];
  /** What its first process is sent then: `HUP`. */
  readonly signal: string;
  /** What it reads anew: all of its configuration, the certificate among it, or the certificate alone. */
  readonly rereads: 'configuration' | 'certificate';
}

export interface Healthcheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly startPeriod: string;
}
