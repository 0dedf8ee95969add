import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { executable } from '../../programs/executable.ts';
import { domain, relayName } from '../answers.ts';
import { stopEngine } from '../engine.ts';
import { type Outcome, run } from '../process.ts';
import { engineWithStandIns } from '../ready.ts';
import type { Narrate, Undo } from '../session.ts';
import { openStack, type Stack } from '../stack.ts';
import { createWorld, type World } from '../world/world.ts';
import { account, host, startRegistry } from './registry.ts';

export const registry = `${host}/meet`;

/** A stack whose images are rebuilt, a registry, and an engine on which both the pipeline and the stack run. */
export interface Scene {
  readonly stack: Stack;
  /** Of programs at the server. */
  readonly environment: () => NodeJS.ProcessEnv;
  /** The image of each container, by service. */
  readonly images: () => Promise<Readonly<Record<string, string>>>;
  /** Runs one of the scripts in `rebuild/`, as a pipeline does. */
  readonly does: (script: string, more?: NodeJS.ProcessEnv) => Promise<Outcome>;
  /** Publishes an image anew, as its maker would: what stands in for it, and this on top. */
  readonly publishes: (image: string, instruction: string) => Promise<void>;
  /** Puts an image into the registry as if it had passed: what the server has, and this on top. */
  readonly brings: (image: string, instruction: string) => Promise<void>;
  /** The tags that the registry has of an image. */
  readonly tags: (image: string) => Promise<readonly string[]>;
  /** What a tag means there. */
  readonly digest: (image: string, tag: string) => Promise<string>;
}

const answersFor = ({ outside }: World) => ({
  domain,
  network: { exposure: 'public', publicAddresses: outside, ipv6: true, sshPort: 22 },
  edge: { proxy: 'nginx' },
  certificates: { source: 'self-signed' },
  turn: { mode: 'coturn', domain: relayName },
  auth: { mode: 'open', strangers: true },
  rebuild: {
    by: 'github',
    registry,
    architectures: [process.arch === 'arm64' ? 'arm64' : 'amd64'],
  },
  firewall: [],
  host: { memory: 4096, timezone: 'Europe/Berlin' },
});

export async function openScene(undo: Undo, narrate: Narrate): Promise<Scene> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'lab-'));
  undo.add(() => rmSync(scratch, { recursive: true, force: true }));
  const world = await createWorld('public');
  undo.add(world.remove);
  const directory = path.join(scratch, 'stack');
  const environment = () => ({
    ...engine.environment,
    DOCKER_CONFIG: path.join(scratch, 'docker'),
  });
  const stack = openStack(directory, environment);
  await stack.generate(answersFor(world));
  const bases = [...new Set(stack.plan().services.flatMap(({ build }) => build?.args?.BASE ?? []))];
  const engine = await engineWithStandIns(bases, world, narrate);
  undo.add(() => stopEngine(engine));
  const running = await startRegistry(world.server, scratch);
  undo.add(running.stop);
  undo.add(() => stack.tryCompose(['down', '--volumes', '--timeout', '2']).then(() => {}));
  // Checked every second, so that nobody waits for longer than needed.
  const checked = stack.plan().services.filter(({ healthcheck }) => healthcheck);
  stack.override({
    services: Object.fromEntries(
      checked.map(({ name }) => [name, { healthcheck: { start_interval: '1s' } }]),
    ),
  });
  loginFolder(environment().DOCKER_CONFIG, engine.environment.DOCKER_CONFIG);
  const env = { env: environment() };
  const login = ['login', host, '--username', account.REGISTRY_USER, '--password-stdin'];
  await run('docker', login, { ...env, input: account.REGISTRY_TOKEN });
  const build = (image: string, from: string, instruction: string) =>
    run('docker', ['build', '--quiet', '--tag', image, '-'], {
      ...env,
      input: `FROM ${from}\nUSER root\n${instruction}\n`,
    }).then(() => {});
  // There is no way to the package servers from here: these images have no package manager.
  for (const base of bases) {
    await build(original(base), base, 'RUN rm -f /usr/bin/apt-get');
    await run('docker', ['tag', original(base), base], env);
  }
  const ask = (where: string) =>
    world.server.run([
      ...['curl', '-sS', '--user', Object.values(account).join(':'), '-D', '-'],
      ...['-H', 'Accept: application/vnd.oci.image.index.v1+json'],
      `http://${host}/v2/meet/${where}`,
    ]);
  return {
    ...{ stack, environment },
    images: async () => {
      const ids = (await stack.compose(['ps', '--all', '--quiet'])).trim().split('\n');
      const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Image}}';
      const lines = await stack.docker(['inspect', '--format', format, ...ids]);
      return Object.fromEntries(
        lines
          .trim()
          .split('\n')
          .map((line) => line.split(' ')),
      );
    },
    publishes: (image, instruction) => build(image, original(image), instruction),
    brings: async (image, instruction) => {
      const name = `${registry}/${image}`;
      const running = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', name], env);
      await build(`${name}-brought`, name, instruction);
      await run('docker', ['tag', `${name}-brought`, name], env);
      await run('docker', ['push', '--quiet', name], env);
      // The server knows nothing of it yet.
      await run('docker', ['tag', running.trim(), name], env);
    },
    does: (script, more) =>
      // At the server: Docker’s own program talks to the registry too.
      world.server.attempt([path.join(directory, 'rebuild', script)], {
        cwd: tmpdir(),
        env: {
          ...engine.environment,
          PATH: `${path.join(import.meta.dirname, 'programs')}:${engine.environment.PATH}`,
          LAB_DOCKER: executable('docker', engine.environment.PATH),
          TRIAL_TIMEOUT: '90',
          ...more,
        },
      }),
    tags: async (image) => {
      const { tags } = JSON.parse((await ask(`${image}/tags/list`)).split('\r\n\r\n')[1] ?? '{}');
      return (tags ?? []).toSorted();
    },
    digest: async (image, tag) =>
      /docker-content-digest: (\S+)/i.exec(await ask(`${image}/manifests/${tag}`))?.[1] ?? '',
  };
}

/** What stands in for an image. */
const original = (image: string) => `lab-original/${image}`;

/** Docker’s own folder for whoever logs in here: with the plugins of the other one, and no password of anybody else’s. */
function loginFolder(folder: string, other = path.join(process.env.HOME ?? '/root', '.docker')) {
  mkdirSync(folder);
  const plugins = path.join(other, 'cli-plugins');
  if (existsSync(plugins)) symlinkSync(plugins, path.join(folder, 'cli-plugins'));
}
