import type { RunningContainer } from './containers.ts';
import { reverseProxyName, reverseProxyOf } from './reverse-proxies.ts';
import type { Sources } from './sources.ts';

/** What answers on the web's ports of this host already. */
export interface WebListener {
  /** 80, 443 or both; none for a tunnel, through which the page comes without an open port. */
  readonly ports: readonly number[];
  /** Its program's name in lower case, such as `caddy`; undefined where only root could tell. */
  readonly program?: string;
  /** The container that it runs in. */
  readonly container?: string;
}

const webPorts = [80, 443];

const units = ['nginx', 'caddy', 'apache2', 'httpd', 'traefik', 'haproxy', 'cloudflared'];

/**
 * Finds who listens on 80 and 443: containers by their published ports, else programs; and where both are free, a tunnel that
 * pages come in by. Needs no root, but learns more with it.
 */
export async function webListener(
  { read, run }: Pick<Sources, 'read' | 'run'>,
  containers: Promise<readonly RunningContainer[]>,
): Promise<WebListener | undefined> {
  const [running, sockets, states, ...tables] = await Promise.all([
    containers,
    run('ss', '-Hltnp'),
    run('systemctl', 'is-active', ...units),
    read('/proc/net/tcp'),
    read('/proc/net/tcp6'),
  ]);
  const container = publishing(running);
  if (container) return container;
  const ports = webPorts.filter((port) => tables.some((table) => listens(table ?? '', port)));
  if (ports.length === 0) return tunnel(running, states ?? '');
  const program = owner(sockets ?? '') ?? active(states ?? '');
  return { ports, ...(program && { program }) };
}

/** The first container that publishes one of the ports. */
function publishing(running: readonly RunningContainer[]): WebListener | undefined {
  for (const { name: container, image, published } of running) {
    const ports = webPorts.filter((wanted) =>
      published.some(({ port, lastPort }) => port <= wanted && wanted <= lastPort),
    );
    if (ports.length === 0) continue;
    const name = image.replace(/^.*\//, '').replace(/[:@].*$/, '');
    return { ports, container, program: reverseProxyOf(image) ?? name };
  }
  return undefined;
}

function tunnel(running: readonly RunningContainer[], states: string): WebListener | undefined {
  const program = 'cloudflared';
  const container = running.find(({ image }) => reverseProxyOf(image) === program);
  if (container) return { ports: [], program, container: container.name };
  const isOn = states.split('\n')[units.indexOf(program)] === 'active';
  return isOn ? { ports: [], program } : undefined;
}

/** Lines of `/proc/net/tcp`: the local address ends with its port in hex; state 0A listens. */
function listens(table: string, port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex} \\S+ 0A `, 'm').test(table);
}

/** The program behind a port in the list of `ss`, which names it to root only. */
function owner(sockets: string): string | undefined {
  const name = /:(?:80|443)\s.*users:\(\("([^"]+)"/.exec(sockets)?.[1];
  return name && (reverseProxyOf(name) ?? name);
}

/** The one web server among the services that run. */
function active(states: string): string | undefined {
  const lines = states.split('\n');
  const running = units.filter(
    (unit, index) => lines[index] === 'active' && unit !== 'cloudflared',
  );
  return running.length === 1 ? reverseProxyOf(running[0] ?? '') : undefined;
}

/** What listens there, as a person would call it. */
export function listenerName({ program, container }: WebListener): string {
  const name = program ? reverseProxyName(program) : 'another program';
  return container ? `${name} (container ${container})` : name;
}
