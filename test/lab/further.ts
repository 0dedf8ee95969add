import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory } from './cache.ts';
import { type Engine, startEngine, stopEngine } from './engine.ts';
import { attempt, run } from './process.ts';
import type { Lab } from './session.ts';
import { openStack, type Stack } from './stack.ts';
import { type FurtherMachine, furtherMachine } from './world/further.ts';

/** A further machine of the stack, with an engine of its own and the folder that was brought there. */
export interface Further extends FurtherMachine {
  readonly name: string;
  readonly engine: Engine;
  /** Its folder, as the stack that it is there; it is planned with the central one. */
  readonly stack: Stack;
  /** Brings the folder of this machine, or of another one, as the README says. */
  readonly bring: (name?: string) => Promise<void>;
  /** What `./stack pull` does: the image of the files as they are now, from the central machine, as no registry is reached from there. */
  readonly pull: () => Promise<void>;
  /** Asks its service inside the container, where alone it answers. */
  readonly inside: (words: readonly string[]) => Promise<string>;
  readonly leave: () => Promise<void>;
}

/** A machine with Docker and nothing else, but for the image that it will run: no registry is reached from there. */
export async function openFurther(lab: Lab, name: string, number: 0 | 1): Promise<Further> {
  const planned = () => {
    const machine = lab.stack.plan().machines?.find((one) => one.name === name);
    const [service] = machine?.plan.services ?? [];
    if (!service) throw new Error(`There is no machine ${name} in the plan.`);
    return service;
  };
  const service = planned();
  const machine = await furtherMachine(lab.world, name, number);
  let engine: Engine | undefined;
  try {
    engine = await startEngine({
      namespace: machine.at.name,
      dataRoot: cacheDirectory(`docker-further-${number}`),
    });
    await hand(service.image, lab.engine, engine);
  } catch (error) {
    if (engine) await stopEngine(engine);
    await machine.remove();
    throw error;
  }
  const { environment } = engine;
  const owned = { ...machine, name, engine };
  const home = path.join(lab.scratch, `at-${name}`);
  const stack = openStack(path.join(home, name), () => environment);
  return {
    ...owned,
    stack,
    bring: async (of = name) => {
      mkdirSync(stack.directory, { recursive: true });
      const words = './stack machine pack "$1" | tar -xz -C "$2" --strip-components=1';
      await run('sh', ['-ec', words, 'sh', of, stack.directory], {
        cwd: lab.stack.directory,
        env: lab.engine.environment,
      });
    },
    pull: () => hand(planned().image, lab.engine, owned.engine),
    inside: (words) => stack.compose(['exec', '-T', service.name, ...words]),
    leave: async () => {
      await stack.tryCompose(['down', '--volumes', '--timeout', '2']).catch(() => {});
      await stopEngine(owned.engine);
      await machine.remove();
    },
  };
}

/** Copies an image between engines, unless the same one is there from an earlier run. */
async function hand(image: string, from: Engine, to: Engine): Promise<void> {
  const words = ['image', 'inspect', '--format', '{{.Id}}', image];
  const known = async ({ environment }: Engine) =>
    (await attempt('docker', words, { env: environment })).stdout.trim();
  const wanted = await known(from);
  if (wanted && wanted === (await known(to))) return;
  const copy = 'docker save "$1" | DOCKER_HOST="$2" docker load';
  await run('sh', ['-ec', copy, 'sh', image, to.host ?? ''], { env: from.environment });
}
