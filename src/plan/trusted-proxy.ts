import { addressesOf } from '../addresses.ts';
import type { Answers } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import { fixedAddress } from './fixed-address.ts';
import type { Link, PlannedNetwork, Route, TrustedProxy } from './plan.ts';
import type { Selected } from './select.ts';

/**
 * Who speaks HTTP to web and prosody, as the chosen edge declares it. Without one, web and prosody believe nobody.
 *
 * @throws StackError when more than one feature does
 */
export function planTrustedProxy(
  answers: Answers,
  chosen: readonly Selected[],
  network: PlannedNetwork,
): TrustedProxy {
  const proxies = chosen.flatMap(({ blueprint, own }) => {
    const trustedProxy = blueprint.trustedProxy?.({
      answers,
      own,
      gateways: [network.gateway],
      addresses: (service) => addressesOf(fixedAddress(network, service, blueprint.id)),
    });
    return trustedProxy ? [{ id: blueprint.id, trustedProxy }] : [];
  });
  const [only, other] = proxies;
  if (only && other) {
    throw new StackError({
      what: `Blueprints ${only.id} and ${other.id} both say who speaks HTTP to web.`,
    });
  }
  return only?.trustedProxy ?? { name: 'nobody', addresses: [], signalling: 'direct' };
}

/** The ways that the trusted proxy really takes: where signalling goes through web, all of them lead there. */
export function routesFrom(trustedProxy: TrustedProxy, routes: readonly Route[]): readonly Route[] {
  const page = routes.find(({ kind }) => kind === 'page');
  if (trustedProxy.signalling === 'direct' || !page) return routes;
  const { service, port } = page;
  return routes.map(({ path, kind }) => ({ path, kind, service, port }));
}

/** Arrows for the routes: from the trusted proxy to what is behind it, and on from web where it passes signalling on. */
export function routeLinks(trustedProxy: TrustedProxy, routes: readonly Route[]): readonly Link[] {
  const targets = [...new Set(routesFrom(trustedProxy, routes).map(({ service }) => service))];
  const labelOf = (target: string) =>
    routesFrom(trustedProxy, routes)
      .flatMap(({ service, path }) => (service === target ? [path] : []))
      .join(', ');
  const onward = routes
    .filter(({ kind }) => kind !== 'page')
    .map(({ service, port }) => ({ from: targets[0] ?? '', to: service, label: String(port) }))
    .filter(({ from, to }, i, all) => from !== to && all.findIndex((link) => link.to === to) === i);
  return [
    ...targets.map((to) => ({ from: trustedProxy.name, to, label: labelOf(to) })),
    ...(trustedProxy.signalling === 'web' ? onward : []),
  ];
}
