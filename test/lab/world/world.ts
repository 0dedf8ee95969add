import { run } from '../process.ts';
import { addresses, withPrefix } from './addresses.ts';
import { configure, connect, createNamespace, forwards, type Namespace } from './namespace.ts';
import { companyRules } from './router.ts';

/** Where the server stands: with a public address of its own, or behind the router. */
export const topologies = ['public', 'nat'] as const;
export type Topology = (typeof topologies)[number];

/** Six machines and the cables between them. */
export interface World {
  readonly topology: Topology;
  readonly hub: Namespace;
  readonly internet: Namespace;
  readonly office: Namespace;
  readonly router: Namespace;
  readonly lan: Namespace;
  readonly server: Namespace;
  /** Where people outside reach the server. */
  readonly outside: readonly string[];
  /** The server's own addresses. */
  readonly own: readonly string[];
  readonly remove: () => Promise<void>;
}

/** Builds the world; the router has no rules yet, as they follow from the stack's port table. */
export async function createWorld(topology: Topology): Promise<World> {
  const made: Namespace[] = [];
  const remove = async () => {
    for (const namespace of made.reverse()) await namespace.remove();
  };
  const machine = async (name: string) => {
    const namespace = await createNamespace(`lab${process.pid}${name}`);
    made.push(namespace);
    return namespace;
  };
  try {
    const hub = await machine('hub');
    const router = await machine('router');
    const internet = await machine('internet');
    const office = await machine('office');
    const lan = await machine('lan');
    const server = await machine('server');
    await forwards(hub);
    await forwards(router);
    await wire(hub, 'client', addresses.hub.client, internet, addresses.client);
    await wire(hub, 'office', addresses.hub.office, office, addresses.office);
    await hub.run(['nft', '-f', '-'], { input: companyRules('office') });
    await wire(hub, 'router', addresses.hub.router, router, addresses.router, 'wan');
    await run('ip', [
      '-n',
      hub.name,
      'route',
      'add',
      addresses.lan.net6,
      'via',
      addresses.router[1],
    ]);
    // The router's inside is a switch.
    await run('ip', ['-n', router.name, 'link', 'add', 'lan', 'type', 'bridge']);
    await configure({ at: router, device: 'lan', addresses: withPrefix(addresses.lan.router) });
    await behind(router, 'port1', lan, addresses.lan.client);
    if (topology === 'nat') await behind(router, 'port2', server, addresses.lan.server);
    else await wire(hub, 'server', addresses.hub.server, server, addresses.server);
    const own = topology === 'nat' ? addresses.lan.server : addresses.server;
    const outside = topology === 'nat' ? [addresses.router[0], own[1]] : own;
    return { topology, hub, internet, office, router, lan, server, own, outside, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Lays a cable from the middle of the internet to another machine. */
export async function wire(
  hub: Namespace,
  port: string,
  near: readonly string[],
  at: Namespace,
  far: readonly string[],
  device = 'eth0',
): Promise<void> {
  await connect(
    { at: hub, device: port, addresses: withPrefix(near) },
    { at, device, addresses: withPrefix(far), via: near },
  );
}

async function behind(
  router: Namespace,
  port: string,
  at: Namespace,
  far: readonly string[],
): Promise<void> {
  await connect(
    { at: router, device: port },
    { at, device: 'eth0', addresses: withPrefix(far), via: addresses.lan.router },
  );
  await run('ip', ['-n', router.name, 'link', 'set', port, 'master', 'lan']);
}
