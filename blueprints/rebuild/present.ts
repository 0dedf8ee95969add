import { type Decisions, rebuilding, type Service } from '../../src/blueprint.ts';
import { tools } from './tools.ts';

/** What the scripts are told of the stack; each list is one word, with blanks between its entries. */
export function present(plan: Decisions) {
  const { answers, services, endpoints, network, url } = plan;
  const where = rebuilding(answers);
  const anew = services.filter(({ build }) => build);
  const images = new Map(anew.map(({ image, name }) => [image, name]));
  const trial = trialNetwork(network.subnet);
  const started = services.filter(runsAnywhere).map(({ name }) => name);
  return {
    project: answers.name,
    domain: answers.domain,
    url,
    registry: where?.here ? '' : (where?.registry ?? ''),
    architectures: words(where?.architectures ?? []),
    level: where?.level ?? 'none',
    images: words([...images.keys()]),
    built: words([...images].map(([image, name]) => `${name}=${image}`)),
    services: words(anew.map(({ name, image }) => `${name}=${image}`)),
    started: words(started),
    published: words(
      services
        .filter((one) => runsAnywhere(one) && one.network === 'bridge')
        .map(({ name }) => name)
        .filter((name) => endpoints.some(({ service }) => service === name)),
    ),
    ...pageOf(plan),
    tools: services.find(({ name }) => name === 'prepare')?.image ?? '',
    relay: services.find(({ name }) => name === 'coturn')?.image ?? '',
    authority: services.find(isAuthority)?.image ?? '',
    network: trial.from,
    trialNetwork: trial.to,
    network6: network.subnet6?.replace(/\/\d+$/, '') ?? '',
    bridge: network.bridge,
    ...tools,
  };
}

/** Those that can be started on any machine: the relay wants this server's addresses, ACME its name. */
function runsAnywhere(service: Service): boolean {
  const { healthcheck, lifetime, network } = service;
  return (
    healthcheck !== undefined &&
    lifetime === 'always' &&
    network !== 'host' &&
    !isAuthority(service)
  );
}

function isAuthority({ blueprint }: Service): boolean {
  return blueprint === 'certificates-acme';
}

/** Where the page is asked for in the containers' network: the edge, or web itself behind the owner's own proxy. */
function pageOf({ endpoints, url, services }: Decisions) {
  const https = endpoints.find(({ name, service }) => name === 'https' && service !== 'host');
  if (https) return { page: `${https.service}:${https.containerPort ?? https.port}`, pageUrl: url };
  const local = endpoints.find(
    ({ service, from }) => service === 'web' && (from === 'host' || from === 'containers'),
  );
  if (!local || !services.some(({ name }) => name === 'web'))
    throw new Error('Nobody in this stack answers for the page.');
  return {
    page: `web:${local.containerPort ?? local.port}`,
    pageUrl: url.replace(/^https:/, 'http:'),
  };
}

/** The part of all addresses that a trial replaces: what the prefix covers, whole numbers only. */
function trialNetwork(subnet: string): { readonly from: string; readonly to: string } {
  const [address = '', prefix = '24'] = subnet.split('/');
  const kept = Number(prefix) < 24 ? 2 : 3;
  const cut = (other: string) => `${other.split('.').slice(0, kept).join('.')}.`;
  const from = cut(address);
  return { from, to: from === cut('10.254.254.0') ? cut('10.253.253.0') : cut('10.254.254.0') };
}

function words(list: readonly string[]): string {
  return list.join(' ');
}
