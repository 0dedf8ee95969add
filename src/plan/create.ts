import type { Answers } from '../answers/answers.ts';
import { checkNetwork } from '../answers/network.ts';
import { fromEnv, type Release } from '../releases/index.ts';
import type { AnyBlueprint, Contribution, Offer } from './blueprint.ts';
import { capacityFor, crowdAdvice } from './capacity.ts';
import { planCertificate } from './certificate.ts';
import { type Contributed, contradictions, contribute } from './contribute.ts';
import { declaredOnce } from './declared-once.ts';
import { withDefinitions } from './definition.ts';
import { planDirectories } from './directories.ts';
import { planEndpoints } from './endpoints.ts';
import { planEnvironment } from './environment.ts';
import { planAllFiles } from './files.ts';
import { firstMeeting } from './first-meeting.ts';
import { planLinks } from './links.ts';
import { joinLists } from './lists.ts';
import { loadFirewall } from './load-firewall.ts';
import { checkMachines } from './machine-problems.ts';
import { answersOn, furtherBridges, type Machine, machinesOf } from './machines.ts';
import { fitMemory } from './memory.ts';
import { planNetwork } from './network.ts';
import { Owned } from './owned.ts';
import type { Decisions, Plan, Secret, Step, TrustedProxy } from './plan.ts';
import { Refusals } from './refusals.ts';
import { releaseFacts } from './release-facts.ts';
import { type Selected, selectBlueprints } from './select.ts';
import { planServices } from './services.ts';
import { smallServerAdvice } from './small-server.ts';
import { planTrustedProxy, routeLinks, routesFrom } from './trusted-proxy.ts';
import { unknownReleaseNotes } from './unknown-release.ts';

export interface PlanInput {
  readonly release: Release;
  readonly blueprints: readonly AnyBlueprint[];
  /** Paths in the stack of every feature's templates, by blueprint. */
  readonly templates: Readonly<Record<string, readonly string[]>>;
}

/**
 * Decides everything: the services and their environment, the port table, files, secrets, and what to tell the owner.
 * A pure function; the same answers give the same plan on every machine.
 *
 * @throws StackError for answers that do not go together, and for features that claim the same thing
 */
export function createPlan(answers: Answers, input: PlanInput): Plan {
  const plan = planMachine(answers, input);
  const machines = machinesOf(answers).map((machine) => ({
    ...machine,
    plan: planMachine(answersOn(answers, machine, input.release), input, machine),
  }));
  return machines.length > 0 ? { ...plan, machines } : plan;
}

/** The plan of the central machine, or of a further one. */
function planMachine(
  answers: Answers,
  { release, blueprints, templates }: PlanInput,
  machine?: Machine,
): Plan {
  const refusals = new Refusals();
  const chosen = selectBlueprints(answers, blueprints, machine?.runs);
  const there = platformOf(chosen);
  // Elsewhere, neither the way in nor other machines are a matter of the stack's.
  if (!there) {
    refusals.add(checkMachines(answers, release));
    refusals.add(checkNetwork(answers.network));
  }
  refusals.add(contradictions(answers, chosen, release));
  const claims = chosen.flatMap(({ blueprint: { id, addresses } }) =>
    Object.entries((typeof addresses === 'function' ? addresses(answers) : addresses) ?? {}).map(
      ([service, number]) => ({ service, number, blueprint: id }),
    ),
  );
  const network = planNetwork({ ...answers.network, ...there?.network }, claims);
  const trustedProxy = planTrustedProxy(answers, chosen, network);
  const { httpsPort } = answers.network;
  const url = `https://${answers.domain}${httpsPort === 443 ? '' : `:${httpsPort}`}`;
  const input = { answers, release, machine, url, network, trustedProxy };
  const { contributions, short } = fitMemory(answers, (memory) =>
    chosen.map(({ blueprint, own }) => ({
      blueprint,
      contribution: refusals.attempt(() => contribute(blueprint, { ...input, own, memory }), {}),
    })),
  );
  if (short) refusals.add([short]);
  const claimed = contributions.map(({ blueprint, contribution }) => ({
    blueprint: blueprint.id,
    environment: contribution.environment,
    defaults: contribution.defaults,
    lists: contribution.lists,
    endpoints: contribution.endpoints ?? [],
  }));
  const joined = refusals.attempt(() => joinLists(answers, claimed), []);
  const declared = new Set(
    contributions
      .flatMap(({ contribution }) => contribution.services ?? [])
      .map(({ name }) => name),
  );
  const environment = refusals.attempt(
    () => planEnvironment(answers, release, claimed, joined, declared),
    new Map(),
  );
  const endpoints = refusals.attempt(() => planEndpoints(answers, claimed), []);
  refusals.raise();

  const parts = contributions.map(({ contribution }) => contribution);
  const firewalls = parts.flatMap(({ firewall }) => firewall ?? []);
  const { people, memory } = answers.host;
  const capacity = people === undefined ? undefined : capacityFor(people);
  const server = [
    smallServerAdvice(memory),
    crowdAdvice(capacity, memory, 1 + furtherBridges(answers).length),
  ];
  const planned = planServices(contributions, environment, joined);
  const services = withDefinitions(planned, endpoints, network);
  const routes = ownedBy('route', contributions, ({ routes: own = [] }) => own, 'path');
  const secrets = ownedBy('secret', contributions, ({ secrets: own = [] }) => own, 'name');
  const once = declaredOnce(parts);
  const asks = parts.flatMap((part) => part.asks ?? []);
  const decisions: Decisions = {
    answers,
    ...(machine && { machine }),
    release: releaseFacts(release),
    url,
    features: chosen.map(({ blueprint: { id, title, offer } }) => ({
      id,
      title,
      ...(offer && { section: offer.section }),
      ...saysOf(offer, trustedProxy),
    })),
    ...once,
    ...(asks.length > 0 && { asks }),
    network,
    trustedProxy,
    services,
    endpoints,
    routes: routesFrom(trustedProxy, routes),
    passthrough: parts.flatMap(({ passthrough }) => passthrough ?? []),
    probes: parts.flatMap(({ probes }) => probes ?? []),
    links: planLinks({ answers, endpoints, services }, [
      ...routeLinks(trustedProxy, routes),
      ...parts.flatMap(({ links }) => links ?? []),
    ]),
    secrets: [...secrets, ...secretSettings(answers, secrets)],
    certificate: planCertificate(answers, trustedProxy, parts, services),
    firewalls,
    standing: parts.flatMap((part) => part.standing ?? []),
    directories: planDirectories(contributions),
    files: planAllFiles(contributions, templates, machine && ['compose.yaml']),
    ownersPlaces: blueprints.flatMap(({ id, ownersPlaces = [] }) =>
      ownersPlaces.map((place) => ({ ...place, blueprint: id })),
    ),
    ...(capacity && { capacity }),
    steps: [
      ...uncovered(
        [...server, ...parts, loadFirewall(firewalls)].flatMap(({ steps }) => steps ?? []),
      ).sort(byPhase),
      ...(machine
        ? []
        : [firstMeeting({ url, answers, ...(once.access && { access: once.access }) })]),
    ],
    notes: [
      ...unknownReleaseNotes(release, services),
      ...[...server, ...parts].flatMap(({ notes }) => notes ?? []),
    ],
    troubles: parts.flatMap(({ troubles }) => troubles ?? []),
  };
  const keeper = chosen.find(({ blueprint }) => blueprint.accounts)?.blueprint;
  const accounts = keeper?.accounts?.(decisions);
  const all: Decisions = { ...decisions, ...(accounts && { accounts }) };
  const decided = there ? there.relocate(all) : all;
  return { ...decided, views: present(decided, there ? withFiles(chosen, decided) : chosen) };
}

/** Where the stack runs, unless it is a server of its own. */
function platformOf(chosen: readonly Selected[]) {
  const [found] = chosen.flatMap(({ blueprint: { platform }, own }) =>
    platform
      ? [
          {
            network: { subnet: platform.network(own), ipv6: false },
            relocate: (plan: Decisions) => platform.relocate(plan, own),
          },
        ]
      : [],
  );
  return found;
}

/** Those of whose files any is left. */
function withFiles(chosen: readonly Selected[], { files }: Decisions): readonly Selected[] {
  return chosen.filter(({ blueprint: { id } }) => files.some(({ blueprint }) => blueprint === id));
}

/** What the templates of each feature print. */
function present(decisions: Decisions, chosen: readonly Selected[]): Plan['views'] {
  return Object.fromEntries(
    chosen.flatMap(({ blueprint, own }) =>
      blueprint.present ? [[blueprint.id, blueprint.present(decisions, own)]] : [],
    ),
  );
}

/** What features bring of one kind, each thing under a key of its own. */
function ownedBy<Key extends string, T extends Readonly<Record<Key, string>>>(
  kind: string,
  contributions: readonly Contributed[],
  bring: (contribution: Contribution) => readonly T[],
  key: Key,
): readonly T[] {
  const owned = new Owned<T>(kind);
  for (const { blueprint, contribution } of contributions) {
    for (const one of bring(contribution)) owned.add(one[key], one, blueprint.id);
  }
  return owned.values();
}

/** Settings whose values their owner keeps in `.env`. */
function secretSettings(
  { settings }: Pick<Answers, 'settings'>,
  others: readonly Secret[],
): readonly Secret[] {
  return Object.entries(settings)
    .filter(([name, value]) => value === fromEnv && !others.some((one) => one.name === name))
    .map(([name]) => ({ name, about: 'your setting', given: true as const }));
}

/** Without steps whose place another one takes. */
function uncovered(steps: readonly Step[]): Step[] {
  return steps.filter(
    ({ topic }) => topic === undefined || !steps.some(({ covers }) => covers === topic),
  );
}

const phases = ['before', 'start', 'after', 'meeting'] as const;

function byPhase(a: Step, b: Step): number {
  return phases.indexOf(a.phase) - phases.indexOf(b.phase);
}

/** What a feature means for the people who meet, as far as it has a sentence for them. */
function saysOf(offer: Offer | undefined, { listen }: TrustedProxy): { says?: string } {
  const says = (!listen && offer?.saysBehindProxy) || offer?.says;
  return says ? { says } : {};
}
