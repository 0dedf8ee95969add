import { changingName } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import type { Problem } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import type { AnyBlueprint, Context, Contribution } from './blueprint.ts';
import { fixedAddress } from './fixed-address.ts';
import type { Machine, PlannedNetwork, TrustedProxy } from './plan.ts';
import type { Selected } from './select.ts';

/** A feature with what it adds. */
export interface Contributed {
  readonly blueprint: AnyBlueprint;
  readonly contribution: Contribution;
}

/** Why these answers do not go together, as the chosen features and the release see it. */
export function contradictions(
  answers: Answers,
  chosen: readonly Selected[],
  release: Release,
): Problem[] {
  return chosen.flatMap(({ blueprint, own }) => [
    ...brokenBy(release, blueprint),
    ...(blueprint.check?.({ answers, own, release }) ?? []),
  ]);
}

/** What one feature adds. */
export function contribute(
  blueprint: AnyBlueprint,
  input: {
    answers: Answers;
    own: Selected['own'];
    release: Release;
    machine: Machine | undefined;
    url: string;
    network: PlannedNetwork;
    trustedProxy: TrustedProxy;
    memory: Context<never>['memory'];
  },
): Contribution {
  const { answers, own, release, machine, url, network, trustedProxy, memory } = input;
  const { exposure, publicAddresses, lanAddresses } = answers.network;
  const changing = changingName(answers.network);
  const context: Context<typeof own> = {
    answers,
    own,
    release,
    ...(machine && { machine }),
    url,
    trustedProxy,
    outside: exposure === 'lan' ? 'lan' : 'internet',
    reached:
      exposure === 'lan' ? lanAddresses : changing === undefined ? publicAddresses : [changing],
    ...(changing !== undefined && { changing }),
    subnets: [network.subnet, ...(network.subnet6 ? [network.subnet6] : [])],
    gateway: network.gateway,
    address: (service) => fixedAddress(network, service, blueprint.id),
    memory,
  };
  return blueprint.contribute(context);
}

/** What a feature stands on and this release is known to break. */
function brokenBy(release: Release, { title, offer, uses = [] }: AnyBlueprint): Problem[] {
  return release.avoid
    .filter(({ feature }) => uses.includes(feature))
    .map(({ why, instead }) => ({
      where: offer ? `${offer.section}, ${offer.value}` : 'release',
      answer: 'release',
      what: `“${title}” does not work with ${release.tag}.`,
      why,
      fix: instead,
    }));
}
