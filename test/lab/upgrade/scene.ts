import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Answers } from '../../../src/answers/answers.ts';
import { createStackPlan } from '../../../src/stack-plan.ts';
import { domain, relayName } from '../answers.ts';
import { type Engine, stopEngine } from '../engine.ts';
import { attempt, type Outcome, run } from '../process.ts';
import { engineWithStandIns } from '../ready.ts';
import type { Narrate, Undo } from '../session.ts';
import { identity, openStack, program, type Stack } from '../stack.ts';
import { type Person, seat } from '../world/person.ts';
import { createWorld, type World } from '../world/world.ts';

export const older = 'stable-11031';
export const newer = 'stable-11146-2';

/** A git repository with a stack of the older release, an engine at its server, and somebody on the internet. */
export interface Scene {
  readonly stack: Stack;
  readonly engine: Engine;
  readonly internet: Person;
  /** Runs create-jitsi-stack in the stack's folder. */
  readonly update: (words: readonly string[]) => Promise<Outcome>;
  readonly git: (words: readonly string[]) => Promise<string>;
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  /** The image of each service that runs. */
  readonly images: () => Promise<Record<string, string>>;
}

function answersFor({ outside }: World): object {
  return {
    release: older,
    domain,
    network: { exposure: 'public', publicAddresses: outside, ipv6: true, sshPort: 22 },
    edge: { proxy: 'nginx' },
    certificates: { source: 'self-signed' },
    turn: { mode: 'coturn', domain: relayName },
    auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
    firewall: [],
    host: { memory: 4096, timezone: 'Europe/Berlin' },
  };
}

/** Builds the world and the stack; nothing is started yet. */
export async function openScene(undo: Undo, narrate: Narrate): Promise<Scene> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'lab-'));
  undo.add(() => rmSync(scratch, { recursive: true, force: true }));
  const world = await createWorld('public');
  undo.add(world.remove);
  world.internet.knows({ [domain]: world.outside });
  const directory = path.join(scratch, 'stack');
  const stack = openStack(directory, () => engine.environment);
  narrate(`create-jitsi-stack, ${older}`);
  await stack.generate(answersFor(world));
  // The images of both releases are here, as after docker pull.
  const later = await createStackPlan({ ...stack.plan().answers, release: newer } as Answers);
  const images = [...stack.plan().services, ...later.services].map(({ image }) => image);
  const engine = await engineWithStandIns([...new Set(images)], world, narrate);
  undo.add(() => stopEngine(engine));
  undo.add(() => stack.tryCompose(['down', '--volumes', '--timeout', '2']).then(() => {}));
  const internet = seat(world.internet, path.join(directory, 'certs/fullchain.pem'));
  undo.add(internet.leave);
  const git = (words: readonly string[]) => run('git', words, { cwd: directory, env: identity });
  const [node = '', ...words] = program;
  return {
    ...{ stack, engine, internet, git },
    update: (more) =>
      attempt(node, [...words, directory, '--yes', ...more], {
        cwd: import.meta.dirname,
        env: identity,
      }),
    read: (file) => readFileSync(path.join(directory, file), 'utf8'),
    write: (file, text) => {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    },
    images: async () => {
      const format = '{{.Label "com.docker.compose.service"}} {{.Image}}';
      const lines = (await stack.docker(['ps', '--format', format])).trim().split('\n');
      return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
    },
  };
}
