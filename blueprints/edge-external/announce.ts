import type { Answers, Release } from '../../src/blueprint.ts';
import { networkOf, relayName } from './names.ts';

interface Site {
  readonly answers: Answers;
  readonly release: Release;
}

/** What Traefik's Docker provider reads on web. The relay's name has a router of its own for its certificate only. */
export function traefikLabels({ answers, release }: Site): Readonly<Record<string, string>> {
  const { name: site, domain } = answers;
  const relay = relayName(answers);
  return {
    'traefik.enable': 'true',
    'traefik.docker.network': networkOf(answers),
    [`traefik.http.routers.${site}.rule`]: `Host(\`${domain}\`)`,
    [`traefik.http.routers.${site}.entrypoints`]: 'websecure',
    [`traefik.http.routers.${site}.tls`]: 'true',
    [`traefik.http.routers.${site}.service`]: site,
    [`traefik.http.services.${site}.loadbalancer.server.port`]: String(
      release.capabilities.webPorts.http,
    ),
    ...(relay && {
      [`traefik.http.routers.${site}-relay.rule`]: `Host(\`${relay}\`)`,
      [`traefik.http.routers.${site}-relay.entrypoints`]: 'websecure',
      [`traefik.http.routers.${site}-relay.tls`]: 'true',
      [`traefik.http.routers.${site}-relay.service`]: 'noop@internal',
    }),
  };
}

/** What nginx-proxy and acme-companion read in web's environment; web itself has no use for it. */
export function announced({ answers, release }: Site): Readonly<Record<string, string>> {
  const names = [answers.domain, relayName(answers)].filter(Boolean).join(',');
  return {
    VIRTUAL_HOST: names,
    VIRTUAL_PORT: String(release.capabilities.webPorts.http),
    LETSENCRYPT_HOST: names,
  };
}
