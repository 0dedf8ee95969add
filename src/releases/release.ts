import { type Advice, adviceFor } from './avoid.ts';
import type { MountFacts, ReleaseFacts, ServiceFacts, VariableFacts } from './facts.ts';
import { launcherVariables } from './launchers.ts';
import { compareTags } from './tags.ts';

/** A docker-jitsi-meet release as features ask about it. Nothing else may compare tags. */
export interface Release {
  readonly tag: string;
  /** `YYYY-MM-DD` of the tagged commit; empty when the release is assumed. */
  readonly date: string;
  /** The release whose facts stand in, when the catalogue does not know this one. */
  readonly assumedFrom?: string;
  /** The file in the stack that its facts come from, where the tool does not know them by itself. */
  readonly readFrom?: string;
  /** The newest release that came out after this one, and that the tool does not know yet. */
  readonly notKnownYet?: NotKnownYet;
  /** `ghcr.io/jitsi` or `docker.io/jitsi`: no release is on both. */
  readonly registry: string;
  readonly capabilities: Capabilities;
  readonly services: Readonly<Record<string, ReleaseService>>;
  /** What this release is known to break, for the features that must not use it. */
  readonly avoid: readonly Advice[];
  readonly history: History;
}

/** A release that is out, and of which no more is said than that: none of its files was read. */
export interface NotKnownYet {
  readonly tag: string;
  /** `YYYY-MM-DD`: from this day on others run it. */
  readonly since: string;
  /** The same as people say it, such as `September 2026`. */
  readonly month: string;
}

/** Names that other releases read and this one does not, with the release that dropped or will bring them. */
export interface History {
  readonly removed: ReadonlyMap<string, string>;
  readonly later: ReadonlyMap<string, string>;
}

/** For a release outside the catalogue: nothing is known about what came before or after. */
export const noHistory: History = { removed: new Map(), later: new Map() };

export interface Capabilities {
  /** The images run as user and group 1000 without capabilities, on a read-only root with tmpfs. */
  readonly rootless: boolean;
  /** Owner that the directories written by containers need; undefined where the images chown by themselves. */
  readonly uid: number | undefined;
  readonly webPorts: { readonly http: number; readonly https: number };
  /** The bridge channel can be a WebSocket through web. SCTP works with every release. */
  readonly colibriWebsockets: boolean;
  /** Where prosody keeps accounts: directory in the container, and the mount that makes it last. */
  readonly prosodyData: { readonly path: string; readonly mount: string };
  /** What `prosodyctl --config` must be given; without it prosodyctl reads the package's own configuration. */
  readonly prosodyConfig: string;
  /** The page can be told which STUN server calls between two people use. */
  readonly p2pStunServers: boolean;
  /** The web image includes `/config/nginx-custom/*.conf`. */
  readonly nginxCustom: boolean;
  /** `prosodyctl shell` reaches the running prosody: accounts are made through it, so its module is always loaded. */
  readonly prosodyShell: boolean;
  /** A changed password of jicofo, jvb, jibri or jigasi reaches the existing account at the next start. */
  readonly passwordsFollowEnvironment: boolean;
  /** Page, focus and bridge do transcription together, without a Jigasi; earlier ones have it in parts. */
  readonly transcriptionByBridge: boolean;
}

/** Read in the sources of jicofo, jitsi-videobridge and jitsi-meet at the tags that docker-jitsi-meet built. */
const transcriptionSince = 'stable-11146';

export interface ReleaseService {
  readonly name: string;
  /** Full reference, pinned to the release for Jitsi's own images. */
  readonly image: string;
  /** Published with the release; the others are of third parties and have their own versions. */
  readonly own: boolean;
  /** Environment that the image reads, by its files and its launchers. */
  readonly variables: ReadonlyMap<string, VariableFacts>;
  /** The container stops at start when one of these is empty. */
  readonly required: readonly string[];
  /** Handed on by the stock compose file, read by nothing. */
  readonly unread: readonly string[];
  readonly ports: readonly string[];
  readonly expose: readonly string[];
  readonly mounts: readonly MountFacts[];
  readonly tmpfs: readonly string[];
  readonly readOnly: boolean;
  readonly addedCapabilities: readonly string[];
  readonly shmSize: string | undefined;
  readonly user: string | undefined;
  readonly command: readonly string[];
  readonly aliases: readonly string[];
  readonly dependsOn: readonly string[];
  readonly fixed: Readonly<Record<string, string>>;
  /** Script in the image that fails while the service is not healthy. No stock compose file uses it. */
  readonly health: { readonly script: string; readonly url: string } | undefined;
}

/** A release from its facts, whether they come from the catalogue or from the owner's own reading of a newer tag. */
export function releaseFrom(
  facts: ReleaseFacts,
  history: () => History = () => noHistory,
  origin: Pick<Release, 'assumedFrom' | 'readFrom' | 'notKnownYet'> = {},
): Release {
  const services = Object.fromEntries(
    Object.entries(facts.services).map(([name, service]) => [
      name,
      serviceFrom(name, service, facts),
    ]),
  );
  const rootless = facts.uid !== 0;
  const avoid = adviceFor(facts.tag);
  const works = (feature: Advice['feature']) => !avoid.some((one) => one.feature === feature);
  let known: History | undefined;
  return {
    tag: facts.tag,
    date: facts.date,
    ...origin,
    registry: facts.registry,
    capabilities: {
      rootless,
      uid: rootless ? facts.uid : undefined,
      webPorts: facts.webPorts,
      colibriWebsockets: services.web?.variables.has('ENABLE_COLIBRI_WEBSOCKET') ?? false,
      prosodyData: {
        path: facts.prosodyData,
        mount: mountFor(services.prosody?.mounts ?? [], facts.prosodyData),
      },
      prosodyConfig: facts.prosodyConfig,
      p2pStunServers:
        works('p2p-stun-servers') && services.web?.variables.has('P2P_STUN_SERVERS') === true,
      nginxCustom: works('nginx-custom'),
      prosodyShell: facts.accounts === 'make',
      passwordsFollowEnvironment: facts.accounts === 'overwrite',
      transcriptionByBridge: compareTags(facts.tag, transcriptionSince) >= 0,
    },
    services,
    avoid,
    get history() {
      known ??= history();
      return known;
    },
  };
}

function serviceFrom(name: string, facts: ServiceFacts, release: ReleaseFacts): ReleaseService {
  const own = facts.variables !== undefined;
  const launcher = own ? launcherVariables(facts.image) : [];
  return {
    name,
    own,
    image: own ? `${release.registry}/${facts.image}:${release.tag}` : facts.image,
    variables: new Map([
      ...Object.entries(facts.variables ?? {}),
      ...launcher.map((variable) => [variable, facts.variables?.[variable] ?? {}] as const),
    ]),
    required: facts.required ?? [],
    unread: (facts.unread ?? []).filter((variable) => !launcher.includes(variable)),
    ports: facts.ports ?? [],
    expose: facts.expose ?? [],
    mounts: facts.mounts ?? [],
    tmpfs: facts.tmpfs ?? [],
    readOnly: facts.readOnly ?? false,
    addedCapabilities: facts.capabilities ?? [],
    shmSize: facts.shmSize,
    user: facts.user,
    command: facts.command ?? [],
    aliases: facts.aliases ?? [],
    dependsOn: facts.dependsOn ?? [],
    fixed: facts.fixed ?? {},
    health: facts.health,
  };
}

function mountFor(mounts: readonly MountFacts[], path: string): string {
  const target = mounts
    .map((mount) => mount.target)
    .find((candidate) => path === candidate || path.startsWith(`${candidate}/`));
  if (target === undefined) throw new Error(`no mount of prosody holds ${path}`);
  return target;
}
