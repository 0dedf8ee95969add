import {
  type Decisions,
  definitionOf,
  fixedAddress,
  isMeasured,
  type Listen,
  perSource,
  type Route,
} from '../../src/blueprint.ts';

/** Where visitors arrive inside the container, to be counted before anything is read. */
export const doors = { http: 8080 } as const;

/** The sites of this server: where they listen, and who stands behind the meeting site. */
export function present({ answers, url, trustedProxy, routes, network, services }: Decisions) {
  const { listen } = trustedProxy;
  const own = services.find(({ name }) => name === 'nginx');
  if (!listen || !own) throw new Error('The edge does not say where NGINX listens.');
  return {
    domain: answers.domain,
    url,
    definition: definitionOf(own),
    ipv6: answers.network.ipv6,
    /** Who may read numbers; nobody where nothing does. */
    readers: isMeasured(answers)
      ? [network.subnet, ...(network.subnet6 ? [network.subnet6] : [])]
      : [],
    isEdge: answers.edge.proxy === 'nginx',
    doors,
    perSource,
    /** The doors in this container, and what stands before it. */
    headersFrom: [
      ...new Set(['127.0.0.1', ...(listen.headersFrom ?? listen.spare?.headersFrom ?? [])]),
    ],
    listens: [listen, ...(listen.spare ? [listen.spare] : [])].map(socket),
    // The longest path first, as nginx itself would pick it.
    routes: [...routes].sort((a, b) => b.path.length - a.path.length).map(location),
    upstreams: distinct(routes).map(({ service, port }) => ({
      service,
      address: fixedAddress(network, service, 'nginx').ipv4,
      port,
    })),
  };
}

function socket({ port, loopback, headersFrom }: Omit<Listen, 'spare'>) {
  return { port, loopback, headers: headersFrom !== undefined, any6: loopback ? '::1' : '::' };
}

function location({ path, kind, service, host }: Route) {
  return {
    path,
    page: kind === 'page',
    channel: kind === 'channel',
    beside: kind === 'service',
    webSocket: kind === 'websocket',
    /** The file below `includes/` that says how it is passed on. */
    include: kind,
    /** The path without its slash, which may follow the path of a tenant. */
    below: path.slice(1),
    service,
    host: host ?? '',
  };
}

/** Each service and port once. */
function distinct(routes: readonly Route[]): readonly Route[] {
  const seen = new Map(routes.map((route) => [`${route.service} ${route.port}`, route]));
  return [...seen.values()];
}
