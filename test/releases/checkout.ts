import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { toolCatalogue } from '../../src/releases/catalogue.ts';
import type { ReleaseFacts, ServiceFacts, VariableFacts } from '../../src/releases/facts.ts';

/** What upstream may bring after the newest known release; only the services that every stack has. */
export async function nextFacts(
  tag: string,
  change: (facts: Mutable<ReleaseFacts>) => void = () => {},
): Promise<ReleaseFacts> {
  const { facts } = await toolCatalogue.read('stable-11146-2');
  const { web, prosody, jicofo, jvb } = facts.services;
  const next = structuredClone({
    ...facts,
    tag,
    services: { jicofo, jvb, prosody, web },
  }) as unknown as Mutable<ReleaseFacts>;
  change(next);
  return next as ReleaseFacts;
}

export type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

/** Files in the form of docker-jitsi-meet that state these facts, and nothing else. */
export function filesOf(facts: ReleaseFacts): Record<string, string> {
  const files: Record<string, string> = {
    'docker-compose.yml': stringify({
      services: Object.fromEntries(
        Object.entries(facts.services).map(([name, service]) => [name, composed(service, facts)]),
      ),
    }),
    'base/Dockerfile': `FROM debian\n${facts.uid === 0 ? '' : 'USER s6\n'}`,
    'web/rootfs/defaults/default': `listen ${facts.webPorts.http} default_server;\nlisten ${facts.webPorts.https} ssl;\n`,
    'prosody/rootfs/defaults/prosody.cfg.lua': `data_path = "${facts.prosodyData}"\n`,
  };
  if (facts.accounts === 'make') files['prosody/rootfs/etc/70-register-setup/run'] = '';
  for (const { image, variables = {}, required = [], health } of Object.values(facts.services)) {
    files[`${image}/rootfs/defaults/all.conf`] = Object.entries(variables)
      .map(([name, variable]) => template(name, variable))
      .join('\n');
    const start = image === 'prosody' ? `PROSODY_CFG="${facts.prosodyConfig}"\n` : '';
    const missing = required.map((name) => `-z "$${name}"`).join(' || ');
    files[`${image}/rootfs/etc/s6-overlay/scripts/config`] =
      `#!/command/with-contenv bash\n${start}${missing && `if [[ ${missing} ]]; then\n  echo 'FATAL ERROR: missing'\n  exit 1\nfi\n`}`;
    if (health) files[`${image}/rootfs${health.script}`] = `curl ${health.url}\n`;
  }
  return files;
}

function composed(service: ServiceFacts, { registry, tag }: ReleaseFacts) {
  const named = Object.entries(service.fixed ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    image: `\${JITSI_IMAGE_REPO:-${registry}}/${service.image}:\${JITSI_IMAGE_VERSION:-${tag}}`,
    ports: service.ports,
    expose: service.expose,
    volumes: service.mounts?.map(({ source, target, readOnly, shared }) => {
      const options = [readOnly && 'ro', shared ? 'z' : 'Z'].filter(Boolean).join(',');
      return `\${CONFIG}/${source}:${target}:${options}`;
    }),
    tmpfs: service.tmpfs,
    read_only: service.readOnly,
    cap_add: service.capabilities,
    depends_on: service.dependsOn,
    networks: { 'meet.jitsi': { aliases: service.aliases } },
    environment: [...(service.unread ?? []), ...named],
  };
}

function template(name: string, { kind, default: value }: VariableFacts): string {
  const fallback = value === undefined ? '' : ` | default ${JSON.stringify(value)}`;
  return `{{ .Env.${name}${fallback}${kind === 'switch' ? ' | toBool' : ''} }}`;
}

/** Puts the files into a directory, in place of what is there. */
export function unpack(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    rmSync(join(directory, path), { force: true });
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** A clone of docker-jitsi-meet with one commit and one tag for each release. */
export function clone(directory: string, releases: readonly ReleaseFacts[]): void {
  mkdirSync(directory, { recursive: true });
  const git = gitIn(directory);
  git('init', '-q');
  for (const facts of releases) {
    unpack(directory, filesOf(facts));
    git('add', '--all');
    git('commit', '-q', '-m', `release: ${facts.tag}`);
    git('tag', facts.tag);
  }
}

/** Git as somebody with a name of his own. */
export function gitIn(directory: string): (...args: string[]) => string {
  const identity = ['-c', 'user.name=Otto', '-c', 'user.email=otto@example.org'];
  return (...args) =>
    execFileSync('git', ['-C', directory, ...identity, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
}
