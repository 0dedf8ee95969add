import type { Installation } from './installation.ts';
import { jitsiRoles, type Role, roleOfImage } from './read/roles.ts';
import type { ForeignService } from './read/service.ts';

/** What people run beside Jitsi for Jitsi alone. */
const companions = /etherpad|excalidraw|whiteboard|jitsi/;

/** The services of an installation by whom they serve. */
export interface Parties {
  /** Jitsi's own, and the proxy and relay that the stack takes the place of. */
  readonly replaced: readonly ForeignService[];
  /** What only Jitsi uses, and the stack has no equal for. */
  readonly companions: readonly ForeignService[];
  /** Everything else: it stays where it is, and keeps running. */
  readonly neighbours: readonly ForeignService[];
}

/**
 * Tells Jitsi's services from those that share a compose file with them.
 *
 * @param roles the proxy and the relay that the stack brings itself, if it does
 */
export function partiesOf(
  { services, others }: Installation,
  roles: readonly Role[] = ['nginx', 'haproxy', 'coturn'],
): Parties {
  const isReplaced = (role: Role | undefined) =>
    role !== undefined && (jitsiRoles.includes(role) || roles.includes(role));
  const replaced = [
    ...[...services].filter(([role]) => isReplaced(role)).map(([, service]) => service),
    ...others.filter((service) => jitsiRoles.some((role) => role === roleOfImage(service))),
  ];
  const rest = [...services.values(), ...others].filter((service) => !replaced.includes(service));
  const isCompanion = ({ name, image }: ForeignService) =>
    companions.test(`${name} ${image?.value}`);
  return {
    replaced,
    companions: rest.filter(isCompanion),
    neighbours: rest.filter((service) => !isCompanion(service)),
  };
}
