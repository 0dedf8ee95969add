import { nginxPaths, streamModule } from '../../programs/nginx.ts';
import type { Running } from './running.ts';

export const turnSecret = '0123456789abcdef0123456789abcdef';

/** As Docker starts a container without capabilities whose network lets anybody bind low ports. */
const asNobody = (uid: number) =>
  `echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
exec setpriv --pdeathsig keep --reuid ${uid} --regid ${uid} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all`;

/** Web, and prosody where signalling goes there directly. */
export function startBehind(stack: Running): void {
  for (const { service, port } of stack.plan.routes) {
    if (!stack.isStarted(service)) {
      stack.script(service, service, 'stand-in.ts', [String(port)]);
    }
  }
}

export function startHaproxy(stack: Running): Promise<void> {
  const root = '/usr/local/etc/haproxy/stack';
  return stack.start(
    'haproxy',
    'haproxy',
    'haproxy',
    ['-W', '-db', '-f', `${root}/haproxy.cfg`, '-f', `${root}/sites`],
    {
      binds: { [root]: `${stack.directory}/haproxy` },
      through: `${asNobody(99)} haproxy "$@"`,
    },
  );
}

export function startNginx(stack: Running): Promise<void> {
  return stack.start('nginx', 'nginx', 'nginx', ['-c', '/etc/nginx/stack/nginx.conf'], {
    binds: nginxPaths(stack.directory),
    // As its start script does; what stops it is the end of its sandbox.
    through: `${streamModule}
nginx "$@" && exec sleep 900`,
  });
}

/** coTURN in the server's own network, or the one for port 443 in its own, with the script that its container runs. */
export function startCoturn(stack: Running, as = 'coturn', node = 'server'): Promise<void> {
  const { command = [] } = stack.plan.services.find(({ name }) => name === as) ?? {};
  return stack.start(as, node, 'turnserver', command, {
    binds: {
      '/etc/coturn/stack': `${stack.directory}/coturn`,
      '/certs': `${stack.directory}/certs`,
    },
    env: { ...process.env, TURN_CREDENTIALS: turnSecret },
    through: 'mkdir -p /run/coturn && exec sh /etc/coturn/stack/start.sh "$@"',
  });
}

/** go-mmproxy in the network of the server behind it, with its container's capabilities. */
export function startMmproxy(
  stack: Running,
  name: 'go-mmproxy' | 'relay-go-mmproxy',
): Promise<void> {
  const { command = [], network = '' } =
    stack.plan.services.find((service) => service.name === name) ?? {};
  const bounding = '-all,+net_admin,+net_raw,+setuid,+setgid,+setpcap';
  return stack.start(name, network.replace('service:', ''), 'go-mmproxy', command, {
    binds: { '/etc/go-mmproxy': `${stack.directory}/go-mmproxy` },
    through: `exec setpriv --no-new-privs --inh-caps=-all --bounding-set=${bounding} sh /etc/go-mmproxy/start.sh "$@"`,
  });
}
