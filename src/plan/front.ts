import { addressesOf } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import { fixedAddress } from './fixed-address.ts';
import type { Front, Link, PlannedNetwork, Route } from './plan.ts';
import type { Selected } from './select.ts';

/**
 * Who speaks HTTP to web and prosody, as the chosen edge declares it. Without one, web and prosody believe nobody.
 *
 * @throws StackError when more than one feature does
 */
export function planFront(
  answers: Answers,
  chosen: readonly Selected[],
  network: PlannedNetwork,
): Front {
  const fronts = chosen.flatMap(({ blueprint, own }) => {
    const front = blueprint.front?.({
      answers,
      own,
      gateways: [network.gateway],
      addresses: (service) => addressesOf(fixedAddress(network, service, blueprint.id)),
    });
    return front ? [{ id: blueprint.id, front }] : [];
  });
  const [only, other] = fronts;
  if (only && other) {
    throw new StackError({
      what: `Blueprints ${only.id} and ${other.id} both say who speaks HTTP to web.`,
    });
  }
  return only?.front ?? { name: 'nobody', addresses: [], signalling: 'direct' };
}

/** The ways that the front really takes: where signalling goes through web, all of them lead there. */
export function routesFrom(front: Front, routes: readonly Route[]): readonly Route[] {
  const page = routes.find(({ kind }) => kind === 'page');
  if (front.signalling === 'direct' || !page) return routes;
  const { service, port } = page;
  return routes.map(({ path, kind }) => ({ path, kind, service, port }));
}

/** Arrows for the routes: from the front to what is behind it, and on from web where it passes signalling on. */
export function routeLinks(front: Front, routes: readonly Route[]): readonly Link[] {
  const targets = [...new Set(routesFrom(front, routes).map(({ service }) => service))];
  const labelOf = (target: string) =>
    routesFrom(front, routes)
      .flatMap(({ service, path }) => (service === target ? [path] : []))
      .join(', ');
  const onward = routes
    .filter(({ kind }) => kind !== 'page')
    .map(({ service, port }) => ({ from: targets[0] ?? '', to: service, label: String(port) }))
    .filter(({ from, to }, i, all) => from !== to && all.findIndex((link) => link.to === to) === i);
  return [
    ...targets.map((to) => ({ from: front.name, to, label: labelOf(to) })),
    ...(front.signalling === 'web' ? onward : []),
  ];
}
