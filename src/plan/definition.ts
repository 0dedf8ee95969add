import { sha256 } from '../sha256.ts';
import type { Endpoint, PlannedNetwork, Service } from './plan.ts';

/** The variable that tells a container what it was made with. */
const variable = 'STACK_DEFINITION';

/**
 * Services that take over their configuration while they run, with what their container is made with written into it. New
 * files may count on ports or mounts that a container of before an update does not have: whoever has it read them compares
 * first. Compose's own hash does not serve: in some versions `config --hash` is never the one of the container
 * (docker/compose#10907, #14001), and it changes with each line of the configuration.
 */
export function withDefinitions(
  services: readonly Service[],
  endpoints: readonly Endpoint[],
  network: PlannedNetwork,
): readonly Service[] {
  return services.map((service) =>
    service.reload?.rereads === 'configuration'
      ? {
          ...service,
          announced: { ...service.announced, [variable]: hash(service, endpoints, network) },
          comments: {
            ...service.comments,
            [`environment.${variable}`]:
              'Changes with what this container is made with; ./stack reload compares it with its files.',
          },
        }
      : service,
  );
}

/** What the container of a service has to be made with, as twelve hexadecimal digits; nothing where it starts anew anyway. */
export function definitionOf({ announced }: Pick<Service, 'announced'>): string {
  return String(announced[variable] ?? '');
}

/** Of what a configuration can count on. Limits, health and order of start are not among it. */
function hash(service: Service, endpoints: readonly Endpoint[], network: PlannedNetwork): string {
  const { name, image, user, entrypoint, command, environment, volumes, tmpfs } = service;
  const { capabilities, hardened, readOnly, openFiles } = service;
  const facts = {
    ...{ image, user, entrypoint, command, environment, volumes, tmpfs, openFiles },
    ...{ capabilities, hardened, readOnly, network: service.network },
    ports: endpoints
      .filter((endpoint) => endpoint.service === name)
      .map(({ port, containerPort = port, protocol }) => `${containerPort}/${protocol}`),
    address: network.addresses[name],
    ipv6: network.subnet6 !== undefined,
  };
  return sha256(JSON.stringify(facts)).slice(0, 12);
}
