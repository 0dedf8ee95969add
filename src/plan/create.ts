import type { Answers } from '../answers/answers.ts';
import { checkNetwork } from '../answers/network.ts';
import { StackError } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import type { AnyBlueprint, ServiceDeclaration } from './blueprint.ts';
import { contradictions, contribute } from './contribute.ts';
import { planEndpoints } from './endpoints.ts';
import { planEnvironment } from './environment.ts';
import { planFiles } from './files.ts';
import { planFront, routeLinks, routesFrom } from './front.ts';
import { imageOf } from './image.ts';
import { planLinks } from './links.ts';
import { type JoinedList, joinLists } from './lists.ts';
import { mountsOfAll } from './mounts-all.ts';
import { planNetwork } from './network.ts';
import { newerNotes } from './newer.ts';
import { Owned } from './owned.ts';
import type {
  Decisions,
  Plan,
  PlannedFile,
  Rebuild,
  Route,
  Secret,
  Service,
  Step,
} from './plan.ts';
import { Refusals } from './refusals.ts';
import { type Selected, selectBlueprints } from './select.ts';

export interface PlanInput {
  readonly release: Release;
  readonly blueprints: readonly AnyBlueprint[];
  /** Paths in the stack of every feature's templates, by blueprint. */
  readonly templates: Readonly<Record<string, readonly string[]>>;
}

/** Files that are made from data, without a template. */
export const dataFiles = ['compose.yaml', 'jitsi-stack.json'] as const;

/**
 * Decides everything: the services and their environment, the port table, files, secrets, and what to tell the owner.
 * A pure function; the same answers give the same plan on every machine.
 *
 * @throws StackError for answers that do not go together, and for features that claim the same thing
 */
export function createPlan(answers: Answers, { release, blueprints, templates }: PlanInput): Plan {
  const refusals = new Refusals();
  const chosen = selectBlueprints(answers, blueprints);
  refusals.add(checkNetwork(answers.network));
  refusals.add(contradictions(answers, chosen, release));
  const claims = chosen.flatMap(({ blueprint: { id, addresses } }) =>
    Object.entries((typeof addresses === 'function' ? addresses(answers) : addresses) ?? {}).map(
      ([service, number]) => ({ service, number, blueprint: id }),
    ),
  );
  const network = planNetwork(answers.network, claims);
  const front = planFront(answers, chosen, network);
  const url = `https://${answers.domain}`;
  const contributions = chosen.map(({ blueprint, own }) => ({
    blueprint,
    contribution: refusals.attempt(
      () => contribute(blueprint, { answers, own, release, url, network, front }),
      {},
    ),
  }));
  const claimed = contributions.map(({ blueprint, contribution }) => ({
    blueprint: blueprint.id,
    environment: contribution.environment,
    defaults: contribution.defaults,
    lists: contribution.lists,
    endpoints: contribution.endpoints ?? [],
  }));
  const joined = refusals.attempt(() => joinLists(answers, claimed), []);
  const environment = refusals.attempt(
    () => planEnvironment(answers, release, claimed, joined),
    new Map(),
  );
  const endpoints = refusals.attempt(() => planEndpoints(answers, claimed), []);
  refusals.raise();

  const labels = new Owned<string>('label');
  for (const { blueprint, contribution } of contributions) {
    for (const [service, own] of Object.entries(contribution.labels ?? {})) {
      for (const [key, value] of Object.entries(own)) {
        labels.add(`${service} ${key}`, value, blueprint.id);
      }
    }
  }
  const anew = contributions.flatMap(({ contribution: { rebuild } }) => rebuild ?? [])[0];
  const services = new Owned<Service>('service');
  const lasting = contributions
    .flatMap(({ contribution }) => contribution.services ?? [])
    .filter(({ lifetime = 'always' }) => lifetime === 'always')
    .map(({ volumes = [] }) => ({ volumes }));
  const routes = new Owned<Route>('route');
  const secrets = new Owned<Secret>('secret');
  const files = new Owned<PlannedFile>('file');
  for (const path of dataFiles) {
    files.add(path, { path, blueprint: 'plan', executable: false, kind: 'managed' }, 'plan');
  }
  for (const { blueprint, contribution } of contributions) {
    for (const declared of contribution.services ?? []) {
      services.add(
        declared.name,
        planService(
          withLists(declared, joined),
          lasting,
          {
            blueprint: blueprint.id,
            environment: environment.get(declared.name) ?? {},
            labels: labelsOf(declared.name, labels),
          },
          anew,
        ),
        blueprint.id,
      );
    }
    for (const route of contribution.routes ?? []) routes.add(route.path, route, blueprint.id);
    for (const secret of contribution.secrets ?? []) secrets.add(secret.name, secret, blueprint.id);
    for (const file of planFiles(blueprint, contribution, templates[blueprint.id] ?? [])) {
      files.add(file.path, file, blueprint.id);
    }
  }
  const parts = contributions.map(({ contribution }) => contribution);
  const named = parts.flatMap(({ certificate }) => certificate?.names ?? []);
  const decisions: Decisions = {
    answers,
    release: {
      tag: release.tag,
      ...(release.assumedFrom !== undefined && { assumedFrom: release.assumedFrom }),
      ...(release.readFrom !== undefined && { readFrom: release.readFrom }),
      date: release.date,
      registry: release.registry,
      rootless: release.capabilities.rootless,
      prosodyConfig: release.capabilities.prosodyConfig,
      prosodyShell: release.capabilities.prosodyShell,
      prosodyData: release.capabilities.prosodyData.path,
    },
    url,
    features: chosen.map(({ blueprint: { id, title, offer } }) => ({
      id,
      title,
      ...(offer && { section: offer.section }),
    })),
    network,
    front,
    services: services.values(),
    endpoints,
    routes: routesFrom(front, routes.values()),
    passthrough: parts.flatMap(({ passthrough }) => passthrough ?? []),
    links: planLinks({ answers, endpoints, services: services.values() }, [
      ...routeLinks(front, routes.values()),
      ...parts.flatMap(({ links }) => links ?? []),
    ]),
    secrets: secrets.values(),
    certificate: {
      // For the page, the owner's own proxy has a certificate of its own.
      names: front.listen || named.length === 0 ? [answers.domain, ...named] : named,
      consumers: parts.flatMap(({ certificate }) => certificate?.consumers ?? []),
    },
    directories: parts.flatMap(({ directories }) => directories ?? []),
    files: files.values().sort((a, b) => (a.path < b.path ? -1 : 1)),
    ownersPlaces: blueprints.flatMap(({ id, ownersPlaces = [] }) =>
      ownersPlaces.map((place) => ({ ...place, blueprint: id })),
    ),
    steps: parts.flatMap(({ steps }) => steps ?? []).sort(byPhase),
    notes: [
      ...newerNotes(release, services.values()),
      ...parts.flatMap(({ notes }) => notes ?? []),
    ],
    troubles: parts.flatMap(({ troubles }) => troubles ?? []),
  };
  checkConsumers(decisions);
  return { ...decisions, views: present(decisions, chosen) };
}

/** Whoever reads the certificate says how it is told of a new one. */
function checkConsumers({ certificate, services }: Decisions): void {
  const deaf = certificate.consumers.find(
    (name) => !services.some((service) => service.name === name && service.reload),
  );
  if (deaf === undefined) return;
  throw new StackError({
    what: `“${deaf}” reads the certificate, and no service of that name says how it is reloaded.`,
    fix: 'Give the service a “reload” in its blueprint.',
  });
}

/** What the templates of each feature print. */
function present(decisions: Decisions, chosen: readonly Selected[]): Plan['views'] {
  return Object.fromEntries(
    chosen.flatMap(({ blueprint, own }) =>
      blueprint.present ? [[blueprint.id, blueprint.present(decisions, own)]] : [],
    ),
  );
}

function labelsOf(service: string, labels: Owned<string>): Record<string, string> {
  const prefix = `${service} `;
  return Object.fromEntries(
    labels
      .entries()
      .flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
      ),
  );
}

/** Beside a list that several add to stands who added what. */
function withLists(
  declared: ServiceDeclaration,
  joined: readonly JoinedList[],
): ServiceDeclaration {
  const own = joined.filter(({ service }) => service === declared.name);
  const comments = own.map(({ name, about }) => [`environment.${name}`, about] as const);
  return { ...declared, comments: { ...declared.comments, ...Object.fromEntries(comments) } };
}

function planService(
  { mountsAll, ...declared }: ServiceDeclaration,
  lasting: readonly Pick<ServiceDeclaration, 'volumes'>[],
  given: Pick<Service, 'blueprint' | 'environment' | 'labels'>,
  anew: Rebuild | undefined,
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
    ...imageOf(declared, anew),
    ...given,
    volumes,
  };
}

const phases = ['before', 'start', 'after'] as const;

function byPhase(a: Step, b: Step): number {
  return phases.indexOf(a.phase) - phases.indexOf(b.phase);
}
