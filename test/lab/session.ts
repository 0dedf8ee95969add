import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plan } from '../../src/plan/plan.ts';
import { answersFor, domain, relayName } from './answers.ts';
import { acmeAddress, acmeHost, createIssuer, type Issuer, startAcmeServer } from './authority.ts';
import { type Engine, startEngine, stopEngine } from './engine.ts';
import { buildImages, prepareImages } from './images.ts';
import { run } from './process.ts';
import { openStack, type Stack } from './stack.ts';
import { type Person, seat } from './world/person.ts';
import { routerRules } from './world/router.ts';
import { createWorld, type Topology, type World } from './world/world.ts';

/** A running stack in its world, and the people who use it. */
export interface Lab {
  readonly world: World;
  readonly engine: Engine;
  readonly stack: Stack;
  /** Somebody on the internet. */
  readonly internet: Person;
  /** Somebody in a network behind a router; in the `nat` world it is the server's network. */
  readonly lan: Person;
  /** Programs at the server itself. */
  readonly server: Person;
  /** Signs certificates that the owner brings; everybody here trusts it. */
  readonly issuer: Issuer;
  /** A file with the roots that everybody here trusts. */
  readonly authorities: string;
  /** For whatever a check writes; thrown away at the end. */
  readonly scratch: string;
  /** The official images run, not those that stand in. */
  readonly official: boolean;
}

/** Tells how far the preparations are. */
export type Narrate = (what: string) => void;

/** Things to undo, last first, each whatever the others do. */
export class Undo {
  readonly #steps: (() => Promise<void> | void)[] = [];
  #running: Promise<void> | undefined;
  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }
  /** Does it once, whoever asks and however often. */
  all(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }
  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error('while tidying up:', error instanceof Error ? error.message : error);
      }
    }
  }
}

/** Builds the world, generates a stack, starts it unchanged, and waits until it is healthy. */
export async function openLab(topology: Topology, undo: Undo, narrate: Narrate): Promise<Lab> {
  const official = process.env.LAB_IMAGES === 'official';
  const scratch = mkdtempSync(path.join(tmpdir(), 'lab-'));
  undo.add(() => rmSync(scratch, { recursive: true, force: true }));
  narrate(`the world: ${topology}`);
  const world = await createWorld(topology);
  undo.add(world.remove);
  introduce(world);
  const issuer = await createIssuer(scratch);
  const acme = await startAcmeServer(world.hub, issuer, scratch, world.outside);
  undo.add(acme.stop);
  const authorities = path.join(scratch, 'authorities.pem');
  cpSync(issuer.certificate, authorities);
  appendFileSync(authorities, acme.root);
  const people = [world.internet, world.lan, world.server].map((at) => seat(at, authorities));
  for (const person of people) undo.add(person.leave);
  const [internet, lan, server] = people as [Person, Person, Person];

  // On a small disk of its own, so that it can be filled.
  const disk = path.join(scratch, 'stack');
  mkdirSync(disk);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]);
  undo.add(async () => {
    await run('umount', ['--lazy', disk]);
  });
  const stack = openStack(disk, () => engine.environment);
  narrate('create-jitsi-stack');
  await stack.generate(answersFor(world));
  stack.override(additions(issuer, stack.plan()));
  await world.router.run(['nft', '-f', '-'], { input: routerRules(stack.plan().endpoints) });
  const images = [...new Set(stack.plan().services.map(({ image }) => image))];
  const engine = await engineWith(images, world, official, narrate);
  undo.add(() => stopEngine(engine));
  return { world, engine, stack, internet, lan, server, issuer, authorities, scratch, official };
}

/** An engine at the server that has these images. It cannot fetch any itself: nothing there leads to a mirror. */
async function engineWith(
  images: readonly string[],
  { server }: World,
  official: boolean,
  narrate: Narrate,
): Promise<Engine> {
  if (official) {
    narrate('pulling the official images');
    const puller = await startEngine();
    try {
      for (const image of images)
        await run('docker', ['pull', '-q', image], { env: puller.environment });
    } finally {
      await stopEngine(puller);
    }
    return startEngine({ namespace: server.name });
  }
  narrate('the engine');
  const engine = await startEngine({ namespace: server.name });
  try {
    await buildImages(engine, images);
    return engine;
  } catch {
    await stopEngine(engine);
  }
  narrate('building images; this takes minutes, once');
  await prepareImages(images);
  return startEngine({ namespace: server.name });
}

/** The first start, as the README of the stack says. */
export async function startStack({ stack }: Lab): Promise<void> {
  await stack.compose(['up', '--detach']);
  await stack.healthy(180);
}

/** Names and addresses, as the DNS and the advice in firewall/ports.md have it. */
function introduce({ internet, lan, hub, outside, own, topology }: World): void {
  const known = (list: readonly string[]) => ({ [domain]: list, [relayName]: list });
  internet.knows(known(outside));
  hub.knows(known(outside));
  lan.knows(known(topology === 'nat' ? own : outside));
}

/**
 * All that the lab adds to a stack, in the file that is the owner's: where its ACME server is and that it may be trusted;
 * and that health is asked for every second while a container starts, which Docker can do since version 25.
 */
function additions({ certificate }: Issuer, plan: Plan): object {
  const checked = plan.services.filter(({ healthcheck }) => healthcheck);
  const impatient = checked.map(({ name }) => [name, { healthcheck: { start_interval: '1s' } }]);
  const services = Object.fromEntries(impatient);
  services.acme = {
    ...services.acme,
    extra_hosts: [`${acmeHost}:${acmeAddress}`],
    environment: { LEGO_CA_CERTIFICATES: '/lab-ca.pem' },
    volumes: [`${certificate}:/lab-ca.pem:ro`],
  };
  return { services };
}

/** What is said by a command at the server, in its network. */
export function atServer(lab: Lab, words: readonly string[]): Promise<string> {
  return lab.world.server.run(words, { cwd: lab.stack.directory, env: lab.engine.environment });
}
