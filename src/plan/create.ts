import type { Answers } from '../answers/answers.ts';
import type { AnyBlueprint, Context, Contribution, ServiceDeclaration } from '../blueprint.ts';
import { type Problem, StackError } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import { planEndpoints } from './endpoints.ts';
import { planEnvironment } from './environment.ts';
import { planNetwork } from './network.ts';
import { Owned } from './owned.ts';
import type {
  Environment,
  Note,
  Plan,
  PlannedFile,
  PlannedNetwork,
  Route,
  Secret,
  Service,
  Step,
} from './plan.ts';
import { selectBlueprints } from './select.ts';

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
  const chosen = selectBlueprints(answers, blueprints);
  const claims = chosen.flatMap(({ blueprint: { id, addresses } }) =>
    Object.entries(addresses ?? {}).map(([service, number]) => ({
      service,
      number,
      blueprint: id,
    })),
  );
  const network = planNetwork(answers.network, claims);
  const url = `https://${answers.domain}`;
  const contributions = chosen.map(({ blueprint, own }) => ({
    blueprint,
    contribution: contribute(blueprint, { answers, own, release, url, network }),
  }));
  const environment = planEnvironment(
    answers,
    release,
    contributions.map(({ blueprint, contribution }) => ({
      blueprint: blueprint.id,
      environment: contribution.environment,
      defaults: contribution.defaults,
    })),
  );

  const services = new Owned<Service>('service');
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
        planService(declared, blueprint.id, environment.get(declared.name) ?? {}),
        blueprint.id,
      );
    }
    for (const route of contribution.routes ?? []) routes.add(route.path, route, blueprint.id);
    for (const secret of contribution.secrets ?? []) secrets.add(secret.name, secret, blueprint.id);
    for (const file of planFiles(blueprint.id, contribution, templates[blueprint.id] ?? [])) {
      files.add(file.path, file, blueprint.id);
    }
  }
  const parts = contributions.map(({ contribution }) => contribution);
  return {
    answers,
    release: {
      tag: release.tag,
      ...(release.assumedFrom !== undefined && { assumedFrom: release.assumedFrom }),
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
    services: services.values(),
    endpoints: planEndpoints(
      answers,
      contributions.map(({ blueprint, contribution }) => ({
        blueprint: blueprint.id,
        endpoints: contribution.endpoints ?? [],
      })),
    ),
    routes: routes.values(),
    secrets: secrets.values(),
    certificate: {
      names: [answers.domain, ...parts.flatMap(({ certificate }) => certificate?.names ?? [])],
      consumers: parts.flatMap(({ certificate }) => certificate?.consumers ?? []),
    },
    directories: parts.flatMap(({ directories }) => directories ?? []),
    files: files.values().sort((a, b) => (a.path < b.path ? -1 : 1)),
    views: Object.fromEntries(
      contributions.flatMap(({ blueprint, contribution: { view } }) =>
        view ? [[blueprint.id, view]] : [],
      ),
    ),
    steps: parts.flatMap(({ steps }) => steps ?? []).sort(byPhase),
    notes: [...assumed(release), ...parts.flatMap(({ notes }) => notes ?? [])],
    troubles: parts.flatMap(({ troubles }) => troubles ?? []),
  };
}

function contribute(
  blueprint: AnyBlueprint,
  input: {
    answers: Answers;
    // biome-ignore lint/suspicious/noExplicitAny: typed by the blueprint's own fields, checked by their schema.
    own: any;
    release: Release;
    url: string;
    network: PlannedNetwork;
  },
): Contribution {
  const { answers, own, release, url, network } = input;
  const problems: readonly Problem[] = [
    ...brokenBy(release, blueprint),
    ...(blueprint.check?.({ answers, own }) ?? []),
  ];
  if (problems.length > 0) throw new StackError(problems);
  const context: Context<typeof own> = {
    answers,
    own,
    release,
    url,
    outside: answers.network.exposure === 'lan' ? 'lan' : 'internet',
    subnets: [network.subnet, ...(network.subnet6 ? [network.subnet6] : [])],
    address(service) {
      const address = network.addresses[service];
      if (!address) {
        throw new StackError({
          what: `Blueprint ${blueprint.id} asks for the address of “${service}”, which no feature in this stack has claimed.`,
        });
      }
      return address;
    },
    memory: (part, least, most) =>
      Math.round(Math.min(most, Math.max(least, answers.host.memory * part)) / 16) * 16,
  };
  return blueprint.contribute(context);
}

/** Said where a release came out after this version of the tool. */
function assumed({ tag, assumedFrom }: Release): Note[] {
  if (assumedFrom === undefined) return [];
  const text = `${tag} is newer than what this version of create-jitsi-stack knows. Everything is made by the rules of ${assumedFrom}: try it before people depend on it, and run npm create jitsi-stack@latest for a version that knows it.`;
  return [{ level: 'warning', text }];
}

/** What a feature stands on and this release is known to break. */
function brokenBy(release: Release, { title, offer, uses = [] }: AnyBlueprint): Problem[] {
  return release.avoid
    .filter(({ feature }) => uses.includes(feature))
    .map(({ why, instead }) => ({
      where: offer ? `${offer.section}, ${offer.value}` : 'release',
      what: `“${title}” does not work with ${release.tag}.`,
      why,
      fix: instead,
    }));
}

function planService(
  declared: ServiceDeclaration,
  blueprint: string,
  environment: Environment,
): Service {
  const volumes = (declared.volumes ?? []).map((mount) => ({
    source: mount.source,
    target: mount.target,
    readOnly: mount.readOnly !== false,
  }));
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
    blueprint,
    environment,
    volumes,
  };
}

function planFiles(
  blueprint: string,
  { files = {} }: Contribution,
  templates: readonly string[],
): PlannedFile[] {
  const unknown = Object.keys(files).find((path) => !templates.includes(path));
  if (unknown) {
    throw new StackError({ what: `Blueprint ${blueprint} has no template for “${unknown}”.` });
  }
  return templates
    .filter((path) => files[path]?.absent !== true)
    .map((path) => ({
      path,
      blueprint,
      template: `files/${path}.ejs`,
      executable: files[path]?.executable === true,
      kind: files[path]?.seeded ? 'seeded' : 'managed',
    }));
}

const phases = ['before', 'start', 'after'] as const;

function byPhase(a: Step, b: Step): number {
  return phases.indexOf(a.phase) - phases.indexOf(b.phase);
}
