import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pinned } from '../images.ts';
import { domain, relayName } from './answers.ts';
import { acmeAddress, createIssuer, type Issuer, startAcmeServer } from './authority.ts';
import type { Edge } from './edges.ts';
import { type Engine, stopEngine } from './engine.ts';
import { arrange } from './owner.ts';
import { run } from './process.ts';
import { providerHost } from './provider/provider.ts';
import { type OwnProxy, ownProxy } from './proxy.ts';
import { engineWithOfficial, engineWithStandIns } from './ready.ts';
import { isCommon } from './recipes.ts';
import { openStack, type Stack } from './stack.ts';
import type { Namespace } from './world/namespace.ts';
import { type Person, seat } from './world/person.ts';
import { createWorld, type Topology, type World } from './world/world.ts';

/** A running stack in its world, and the people who use it. */
export interface Lab {
  readonly world: World;
  readonly engine: Engine;
  readonly stack: Stack;
  /** What listens on 443 of the stack as it is now. */
  readonly edge: Edge;
  /** Listens there instead when the edge is the owner's own. */
  readonly proxy: OwnProxy;
  /** Somebody on the internet. */
  readonly internet: Person;
  /** Somebody in a company whose firewall lets out TCP 443 and nothing else. */
  readonly office: Person;
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

/** Narrates with the seconds since it was made. */
export function timed(say: (line: string) => void): Narrate {
  const began = Date.now();
  return (what) => say(`${Math.round((Date.now() - began) / 1000)} s  ${what}`);
}

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

/**
 * Builds the world with its people, generates a stack for this edge, and has an engine ready that can start it.
 *
 * @param more images that checks want besides
 */
export async function openLab(
  topology: Topology,
  edge: Edge,
  undo: Undo,
  narrate: Narrate,
  more: readonly string[] = [],
): Promise<Lab> {
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
  const sit = (at: Namespace): Person => {
    const person = seat(at, authorities);
    undo.add(person.leave);
    return person;
  };
  const people = {
    internet: sit(world.internet),
    office: sit(world.office),
    lan: sit(world.lan),
    server: sit(world.server),
  };
  const proxy = ownProxy(world.server, issuer, scratch);
  undo.add(proxy.stop);

  // On a small disk of its own, so that it can be filled.
  const disk = path.join(scratch, 'stack');
  mkdirSync(disk);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]);
  undo.add(async () => {
    await run('umount', ['--lazy', disk]);
  });
  const stack = openStack(disk, () => engine.environment);
  narrate('create-jitsi-stack');
  await arrange({ stack, world, issuer, authorities }, edge);
  // Those of other edges too: once the engine is in its namespace, it gets at no others.
  const wanted = stack.plan().services.map(({ image }) => image);
  const ready = official ? engineWithOfficial : engineWithStandIns;
  const others = Object.values(pinned).filter(isCommon);
  const engine = await ready([...new Set([...wanted, ...others, ...more])], world, narrate);
  undo.add(() => stopEngine(engine));
  const owned = { issuer, authorities, scratch, official };
  return { world, engine, stack, edge, proxy, ...people, ...owned };
}

/** The first start, as the README of the stack says. */
export async function startStack({ stack, edge, proxy }: Lab): Promise<void> {
  await stack.compose(['up', '--detach']);
  await stack.healthy(180);
  if (edge === 'external') await proxy.start(stack.directory);
}

/** Names and addresses, as the DNS and the advice in firewall/ports.md have it. */
function introduce({ internet, office, lan, hub, outside, own, topology }: World): void {
  const known = (list: readonly string[]) => ({
    ...{ [domain]: list, [relayName]: list },
    [providerHost]: [acmeAddress],
  });
  internet.knows(known(outside));
  office.knows(known(outside));
  hub.knows(known(outside));
  lan.knows(known(topology === 'nat' ? own : outside));
}
