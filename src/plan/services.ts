import type { Contribution, ServiceDeclaration } from './blueprint.ts';
import type { Contributed } from './contribute.ts';
import { imageOf } from './image.ts';
import type { JoinedList } from './lists.ts';
import { mountsOfAll } from './mounts-all.ts';
import { Owned } from './owned.ts';
import type { Environment, Service } from './plan.ts';

/**
 * Every container of the stack: what its feature declares, with what all have in common and what others add to it.
 *
 * @throws StackError when two features claim one service, or one label of it
 */
export function planServices(
  contributions: readonly Contributed[],
  environment: ReadonlyMap<string, Environment>,
  lists: readonly JoinedList[],
): readonly Service[] {
  const declared = contributions.flatMap(({ blueprint, contribution }) =>
    (contribution.services ?? []).map((service) => ({ blueprint: blueprint.id, service })),
  );
  const lasting = declared
    .filter(({ service: { lifetime = 'always' } }) => lifetime === 'always')
    .map(({ service: { volumes = [] } }) => ({ volumes }));
  const anew = contributions.flatMap(({ contribution: { rebuild } }) => rebuild ?? [])[0];
  const labels = byService('label', contributions, ({ labels }) => labels);
  const announced = byService('announced variable', contributions, ({ announces }) => announces);
  const services = new Owned<Service>('service');
  for (const { blueprint, service } of declared) {
    const { name } = service;
    const more = contributions.flatMap(({ contribution: { mounts } }) => mounts?.[name] ?? []);
    const whole = { ...service, volumes: [...(service.volumes ?? []), ...more] };
    const planned = planService(withLists(whole, lists), lasting, {
      ...imageOf(service, anew),
      blueprint,
      environment: environment.get(name) ?? {},
      announced: announced.get(name) ?? {},
      labels: labels.get(name) ?? {},
    });
    services.add(name, planned, blueprint);
  }
  return services.values();
}

/** What features add to services of others, by service and key. */
function byService<Value>(
  kind: string,
  contributions: readonly Contributed[],
  bring: (
    contribution: Contribution,
  ) => Readonly<Record<string, Readonly<Record<string, Value>>>> | undefined,
): Map<string, Record<string, Value>> {
  const owned = new Owned<Value>(kind);
  const all = new Map<string, Record<string, Value>>();
  for (const { blueprint, contribution } of contributions) {
    for (const [service, own] of Object.entries(bring(contribution) ?? {})) {
      for (const [key, value] of Object.entries(own)) {
        owned.add(`${service} ${key}`, value, blueprint.id);
        all.set(service, { ...all.get(service), [key]: value });
      }
    }
  }
  return all;
}

/** Beside a list that several add to stands who added what. */
function withLists(declared: ServiceDeclaration, lists: readonly JoinedList[]): ServiceDeclaration {
  const own = lists.filter(({ service }) => service === declared.name);
  const comments = own.map(({ name, about }) => [`environment.${name}`, about] as const);
  return { ...declared, comments: { ...declared.comments, ...Object.fromEntries(comments) } };
}

function planService(
  { mountsAll, ...declared }: ServiceDeclaration,
  lasting: readonly Pick<ServiceDeclaration, 'volumes'>[],
  given: Pick<
    Service,
    'blueprint' | 'environment' | 'announced' | 'labels' | 'image' | 'build' | 'line'
  >,
): Service {
  const own = (declared.volumes ?? []).map((mount) => ({
    source: mount.source,
    target: mount.target,
    readOnly: mount.readOnly !== false,
  }));
  const volumes = mountsAll === undefined ? own : [...own, ...mountsOfAll(mountsAll, lasting)];
  return {
    hardened: true,
    readOnly: true,
    tmpfs: [],
    capabilities: [],
    dependsOn: {},
    aliases: [],
    network: 'bridge',
    lifetime: 'always',
    comments: {},
    ...declared,
    ...given,
    volumes,
  };
}
