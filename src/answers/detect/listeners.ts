import type { Sources } from './sources.ts';

/** What answers on the web's ports of this host already. */
export interface WebListener {
  /** 80, 443 or both. */
  readonly ports: readonly number[];
  /** Its program's name in lower case, such as `caddy`; undefined where only root could tell. */
  readonly program?: string;
  /** The container that it runs in. */
  readonly container?: string;
}

const webPorts = [80, 443];

/** Names of programs, services and images, and what people call them. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/\btraefik\b/, 'traefik'],
  [/\bcaddy\b/, 'caddy'],
  [/nginx|openresty|\bswag\b/, 'nginx'],
  [/apache|\bhttpd\b/, 'apache'],
  [/\bhaproxy\b/, 'haproxy'],
];

const units = ['nginx', 'caddy', 'apache2', 'httpd', 'traefik', 'haproxy'];

/** Finds who listens on 80 and 443: containers by their published ports, else programs. Needs no root, but learns more with it. */
export async function webListener({
  read,
  run,
}: Pick<Sources, 'read' | 'run'>): Promise<WebListener | undefined> {
  const [containers, sockets, states, ...tables] = await Promise.all([
    run('docker', 'ps', '--format', '{{.Names}}\t{{.Image}}\t{{.Ports}}'),
    run('ss', '-Hltnp'),
    run('systemctl', 'is-active', ...units),
    read('/proc/net/tcp'),
    read('/proc/net/tcp6'),
  ]);
  const container = publishing(containers ?? '');
  if (container) return container;
  const ports = webPorts.filter((port) => tables.some((table) => listens(table ?? '', port)));
  if (ports.length === 0) return undefined;
  const program = owner(sockets ?? '') ?? active(states ?? '');
  return { ports, ...(program && { program }) };
}

/** The first container that publishes one of the ports. */
function publishing(list: string): WebListener | undefined {
  for (const line of list.split('\n')) {
    const [container = '', image = '', published = ''] = line.split('\t');
    const ranges = [...published.matchAll(/:(\d+)(?:-(\d+))?->/g)];
    const ports = webPorts.filter((port) =>
      ranges.some(([, first, last = first]) => Number(first) <= port && port <= Number(last)),
    );
    if (ports.length === 0) continue;
    const name = image.replace(/^.*\//, '').replace(/[:@].*$/, '');
    return { ports, container, program: known(name) ?? known(image) ?? name };
  }
  return undefined;
}

/** Lines of `/proc/net/tcp`: the local address ends with its port in hex; state 0A listens. */
function listens(table: string, port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex} \\S+ 0A `, 'm').test(table);
}

/** The program behind a port in the list of `ss`, which names it to root only. */
function owner(sockets: string): string | undefined {
  const name = /:(?:80|443)\s.*users:\(\("([^"]+)"/.exec(sockets)?.[1];
  return name && (known(name) ?? name);
}

/** The one web server among the services that run. */
function active(states: string): string | undefined {
  const lines = states.split('\n');
  const running = units.filter((_, index) => lines[index] === 'active');
  return running.length === 1 ? known(running[0] ?? '') : undefined;
}

function known(name: string): string | undefined {
  return programs.find(([pattern]) => pattern.test(name))?.[1];
}

const names: Readonly<Record<string, string>> = {
  apache: 'Apache',
  caddy: 'Caddy',
  haproxy: 'HAProxy',
  nginx: 'nginx',
  traefik: 'Traefik',
};

/** What listens there, as a person would call it. */
export function listenerName({ program, container }: WebListener): string {
  const name = program ? (names[program] ?? program) : 'another program';
  return container ? `${name} (container ${container})` : name;
}
