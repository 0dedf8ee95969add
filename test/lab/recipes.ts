import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'images');
const blueprints = path.join(import.meta.dirname, '../../blueprints');

/** The repositories that the lab can stand in for, and the recipe of each. A tag has no influence on the recipe. */
const repositories: Readonly<Record<string, string>> = {
  'ghcr.io/jitsi/web': 'web',
  'ghcr.io/jitsi/prosody': 'prosody',
  'ghcr.io/jitsi/jicofo': 'jicofo',
  'ghcr.io/jitsi/jvb': 'jvb',
  'ghcr.io/jitsi/jibri': 'jibri',
  'ghcr.io/jitsi/jigasi': 'jigasi',
  'jitsi/web': 'web-as-root',
  'jitsi/prosody': 'prosody-as-root',
  'jitsi/jicofo': 'jicofo-as-root',
  'jitsi/jvb': 'jvb-as-root',
  nginx: 'nginx',
  haproxy: 'haproxy',
  'coturn/coturn': 'coturn',
  'goacme/lego': 'lego',
  'localhost/go-mmproxy': 'go-mmproxy',
  'localhost/oidc': 'oidc',
  'jitsi/excalidraw-backend': 'whiteboard',
  'jitsi/opus-transcriber-proxy': 'transcription',
  'etherpad/etherpad': 'etherpad',
  'prom/node-exporter': 'node-exporter',
  'prom/prometheus': 'prometheus',
  'grafana/grafana': 'grafana',
  'grafana/loki': 'loki',
  'grafana/alloy': 'alloy',
};

/** What a stack builds itself: its own Dockerfile is the recipe, on the lab's Debian. */
const ofTheStack: Readonly<Record<string, string>> = {
  'go-mmproxy': path.join(blueprints, 'go-mmproxy/files/images/go-mmproxy'),
  oidc: path.join(blueprints, 'auth-oidc/files/images/oidc'),
};

/** What each recipe is built on; the others are built on `base`, and `base` on the bare Debian. */
const parents: Readonly<Record<string, string>> = {
  alloy: 'node',
  etherpad: 'node',
  grafana: 'node',
  jibri: 'xmpp-client',
  jicofo: 'xmpp-client',
  jigasi: 'xmpp-client',
  loki: 'node',
  oidc: 'node',
  transcription: 'node',
  whiteboard: 'node',
};

/** What a recipe's image runs besides its files: a Maven project, built on this machine. */
const programs: Readonly<Record<string, string>> = {
  jvb: path.join(import.meta.dirname, 'bridge'),
};

/** The images of the releases before stable-11146 are those of today with other paths, ports and users. */
const older = '-as-root';

/** A folder with a Dockerfile, and the hash of everything that the image depends on. */
export interface Recipe {
  readonly name: string;
  readonly directory: string;
  readonly dockerfile: string;
  /** The image that the Dockerfile of a stack starts from; ours are told. */
  readonly from?: string;
  readonly parent: Recipe | undefined;
  /** The folder of a Maven project and its hash; its Dockerfile copies from `program` what was built of it. */
  readonly program?: { readonly project: string; readonly hash: string };
  readonly hash: string;
}

function repositoryOf(reference: string): string {
  return reference.replace(/^docker\.io\/(library\/)?/, '').replace(/:[^:/]*$/, '');
}

/** Those that one check alone wants, which names them: no other run waits for them to be built. */
const seldom = ['prometheus', 'grafana', 'loki', 'alloy'];

/** Whether any run may come upon the image, by an answer that changes. */
export function isCommon(reference: string): boolean {
  const recipe = repositories[repositoryOf(reference)];
  return recipe !== undefined && !seldom.includes(recipe);
}

/** The recipe for an image reference, whatever its tag. */
export function recipeFor(reference: string): Recipe {
  if (reference.includes('@')) {
    throw new Error(
      `${reference}: a digest names one exact image, and no stand-in can have it; use the tag alone.`,
    );
  }
  const repository = repositoryOf(reference);
  const name = repositories[repository];
  if (!name) {
    const known = Object.keys(repositories).join(', ');
    throw new Error(`${reference}: the lab has no recipe for ${repository}. It has: ${known}.`);
  }
  return recipe(name);
}

function recipe(name: string): Recipe {
  const newer = name.endsWith(older) ? name.slice(0, -older.length) : undefined;
  const parent = name === 'base' ? undefined : recipe(newer ?? parents[name] ?? 'base');
  const own = ofTheStack[name];
  const directory = own ?? path.join(folder, newer ? 'as-root' : name);
  const dockerfile = path.join(directory, own ? 'Dockerfile.ejs' : 'Dockerfile');
  const from = own && /^FROM (\S+)/m.exec(readFileSync(dockerfile, 'utf8'))?.[1];
  const project = programs[name];
  const program = project ? { project, hash: digestOf(project) } : undefined;
  const hash = digestOf(directory, `${parent?.hash ?? ''}${program?.hash ?? ''}`);
  const more = { ...(from && { from }), ...(program && { program }) };
  return { name, directory, dockerfile, parent, hash, ...more };
}

/** Changes with whatever is in the folder, and with what it starts from. */
function digestOf(directory: string, start = ''): string {
  const hash = createHash('sha256').update(start);
  for (const file of filesBelow(directory)) {
    const mode = statSync(path.join(directory, file)).mode & 0o100 ? 'x' : '-';
    hash
      .update(`${file}\0${mode}\0`)
      .update(readFileSync(path.join(directory, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();
}
