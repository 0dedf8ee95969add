import { StackError } from '../../errors.ts';
import type { ReleaseFacts, ServiceFacts } from '../facts.ts';
import { type ComposeService, readComposeServices } from './compose.ts';
import { filesBelow, type SourceTree } from './tree.ts';
import { readVariables } from './variables.ts';

/** Reads the facts of a release from docker-jitsi-meet's own files. Nothing of the tree is executed. */
export function readRelease(
  given: SourceTree,
  { tag, date, commit }: { tag: string; date: string; commit: string },
): ReleaseFacts {
  const tree = limited(given);
  const compose = readComposeServices(tree);
  const web = compose.get('web');
  if (web === undefined) throw new Error(`${tag}: docker-compose.yml has no service "web"`);
  const services: Record<string, ServiceFacts> = {};
  for (const name of [...compose.keys()].sort())
    services[name] = readService(tree, compose.get(name) as ComposeService);
  return {
    tag,
    date,
    commit: commit.slice(0, 10),
    registry: registryOf(web.image),
    uid: /^USER s6$/m.test(tree.read('base/Dockerfile')) ? 1000 : 0,
    webPorts: webPorts(tree),
    prosodyData: must(tree, 'prosody/rootfs/defaults/prosody.cfg.lua', /^data_path = "(.*)"/m),
    prosodyConfig: must(tree, scriptOf(tree, 'prosody'), /^PROSODY_CFG="(.*)"/m),
    accounts: tree.paths.some((path) => path.includes('/70-register-setup')) ? 'make' : 'overwrite',
    services,
  };
}

/** The files are somebody else's: none of docker-jitsi-meet's has a tenth of this. */
function limited({ paths, read }: SourceTree): SourceTree {
  return {
    paths,
    read(path) {
      const text = read(path);
      if (text.length > most)
        throw new StackError({
          where: path,
          what: 'It is larger than 1 MiB, so this is not docker-jitsi-meet’s.',
        });
      return text;
    },
  };
}

const most = 1024 * 1024;

function readService(tree: SourceTree, service: ComposeService): ServiceFacts {
  const own = /(?:^jitsi|\$\{JITSI_IMAGE_REPO[^}]*\})\/([\w-]+):\$\{JITSI_IMAGE_VERSION/.exec(
    service.image,
  )?.[1];
  const { passed, fixed, readOnly, shmSize, user, ...rest } = service;
  const kept = Object.entries({ ...rest, fixed, shmSize, user, ...(readOnly && { readOnly }) });
  const base = Object.fromEntries(kept.filter(([, value]) => !isEmpty(value)));
  if (own === undefined) return base as unknown as ServiceFacts;

  const files = ['base', 'base-java', own].flatMap((folder) =>
    filesBelow(tree, `${folder}/rootfs`),
  );
  const { variables, required } = readVariables(files);
  const unread = passed.filter((name) => variables[name] === undefined).sort();
  const health = healthOf(tree, own);
  return {
    ...(base as unknown as ServiceFacts),
    image: own,
    ...(required.length > 0 && { required }),
    variables,
    ...(unread.length > 0 && { unread }),
    ...(health !== undefined && { health }),
  };
}

function healthOf(tree: SourceTree, image: string): ServiceFacts['health'] {
  const script = '/usr/local/bin/healthcheck.sh';
  const path = `${image}/rootfs${script}`;
  if (!tree.paths.includes(path)) return undefined;
  return { script, url: must(tree, path, /(https?:\/\/\S+)/) };
}

function registryOf(image: string): string {
  const name = /^\$\{JITSI_IMAGE_REPO:-([^}]+)\}/.exec(image)?.[1] ?? image.split('/')[0] ?? '';
  return name.includes('/') ? name : `docker.io/${name}`;
}

function webPorts(tree: SourceTree): ReleaseFacts['webPorts'] {
  const file = 'web/rootfs/defaults/default';
  return {
    http: Number(must(tree, file, /listen (\d+) default_server/)),
    https: Number(must(tree, file, /listen (\d+) ssl/)),
  };
}

function scriptOf(tree: SourceTree, image: string): string {
  const path = tree.paths.find((candidate) =>
    [
      `${image}/rootfs/etc/s6-overlay/scripts/config`,
      `${image}/rootfs/etc/cont-init.d/10-config`,
    ].includes(candidate),
  );
  if (path === undefined) throw new Error(`${image} has no start script in a known place`);
  return path;
}

/** A fact that every release states. When it is not found, upstream moved it and this reader must learn where. */
function must(tree: SourceTree, path: string, pattern: RegExp): string {
  const value = pattern.exec(tree.read(path))?.[1];
  if (value === undefined) throw new Error(`${path} does not state what ${pattern} looks for`);
  return value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
