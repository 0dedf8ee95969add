import { operations } from '../../../blueprints/operations/blueprint.ts';
import { withDefinitions } from '../../../src/plan/definition.ts';
import { mountsOfAll } from '../../../src/plan/mounts-all.ts';
import type { Plan, Service } from '../../../src/plan/plan.ts';
import { answers } from '../../plan/example.ts';

function service(name: string, more: Partial<Service> = {}): Service {
  return {
    name,
    blueprint: 'test',
    about: name,
    image: `ghcr.io/jitsi/${name}:stable-11146-2`,
    environment: {},
    announced: {},
    volumes: [],
    hardened: true,
    readOnly: true,
    tmpfs: [],
    capabilities: [],
    dependsOn: {},
    memory: 64,
    aliases: [],
    network: 'bridge',
    lifetime: 'always',
    labels: {},
    comments: {},
    ...more,
  };
}

/** With HAProxy and go-mmproxy in front of NGINX. */
export function mmproxyPlan(): Plan {
  const plan = smallPlan();
  const built = { image: 'localhost/go-mmproxy:trixie', build: { context: './images/go-mmproxy' } };
  const inside = { network: 'service:nginx-network' } as const;
  return {
    ...plan,
    services: withOwn([
      service('haproxy', {
        image: 'haproxy:3.0.28',
        user: '99:99',
        volumes: [mount('./haproxy', '/usr/local/etc/haproxy/stack')],
        reload: {
          test: ['haproxy', '-c', '-q', '-f', '/usr/local/etc/haproxy/stack/haproxy.cfg'],
          signal: 'USR2',
          rereads: 'configuration',
        },
      }),
      service('nginx-network', { ...built, volumes: [mount('./go-mmproxy/network', '/etc/x')] }),
      service('go-mmproxy', { ...built, ...inside }),
      ...plan.services
        .filter(({ lifetime }) => lifetime === 'always')
        .map((one) => (one.name === 'nginx' ? { ...one, ...inside } : one)),
    ]),
  };
}

const mount = (source: string, target: string, readOnly = true) => ({ source, target, readOnly });
const secret = (name: string) => ({ [name]: { secret: name } });

/** The blueprint's own services, with the rights that a stack gives them, before all others. */
function withOwn(services: readonly Service[]): readonly Service[] {
  const { services: own = [] } = operations.contribute({
    answers,
    release: { capabilities: { passwordsFollowEnvironment: true } },
  } as Parameters<typeof operations.contribute>[0]);
  const made = own.map(({ mountsAll, volumes = [], image, build: _, ...rest }) =>
    service(rest.name, {
      ...rest,
      image: typeof image === 'string' ? image : image.name,
      volumes: [
        ...volumes.map((one) => mount(one.source, one.target, one.readOnly !== false)),
        ...(mountsAll === undefined ? [] : mountsOfAll(mountsAll, services)),
      ],
    }),
  );
  return withDefinitions([...made, ...services], [], network);
}

const network = {
  name: 'meet.jitsi',
  bridge: 'jitsi0',
  subnet: '172.28.0.0/24',
  dynamicRange: '172.28.0.128/25',
  gateway: '172.28.0.1',
  addresses: {},
};

/** A small stack with everything that the scripts look at; written by hand, so that the scripts are tested on their own. */
export function smallPlan(
  more: { auth?: string; source?: string; rootless?: boolean; tag?: string; date?: string } = {},
): Plan {
  const { auth = 'internal', source = 'own', rootless = true, tag = 'stable-11146-2' } = more;
  const { date = '2026-08-17' } = more;
  return {
    answers: {
      ...answers,
      release: tag,
      certificates: { source },
      turn: { mode: 'coturn' },
      auth: { mode: auth },
    },
    release: {
      tag,
      date,
      registry: 'ghcr.io/jitsi',
      rootless,
      prosodyShell: true,
      prosodyConfig: '/run/prosody/config/prosody.cfg.lua',
      prosodyData: '/var/lib/prosody/data',
    },
    url: 'https://meet.example.org',
    features: [],
    network,
    trustedProxy: { name: 'nginx', addresses: [], signalling: 'direct' },
    passthrough: [],
    probes: [],
    links: [],
    services: withOwn([
      service('nginx', {
        image: 'nginx:1.30.7',
        user: '1000:1000',
        volumes: [mount('./nginx', '/etc/nginx/stack'), mount('./certs', '/certs')],
        reload: {
          test: ['nginx', '-t', '-q', '-c', '/etc/nginx/stack/nginx.conf'],
          signal: 'HUP',
          rereads: 'configuration',
        },
      }),
      service('prosody', {
        volumes: [
          mount('./jitsi/prosody', '/config'),
          mount('./data/prosody', '/var/lib/prosody', false),
        ],
        environment: {
          ...secret('JICOFO_AUTH_PASSWORD'),
          ...secret('JVB_AUTH_PASSWORD'),
          ...secret('TURN_CREDENTIALS'),
          ...secret('JWT_APP_SECRET'),
        },
      }),
      service('jicofo', { environment: secret('JICOFO_AUTH_PASSWORD') }),
      service('jvb', {
        volumes: [mount('./jitsi/jvb', '/config')],
        environment: secret('JVB_AUTH_PASSWORD'),
      }),
      service('coturn', {
        image: 'coturn/coturn:4.18.0',
        user: '1000:1000',
        volumes: [mount('./coturn', '/etc/coturn/stack'), mount('./certs', '/certs')],
        reload: { signal: 'USR2', rereads: 'certificate' },
        environment: secret('TURN_CREDENTIALS'),
      }),
    ]),
    endpoints: [
      {
        name: 'https',
        protocol: 'tcp',
        port: 18443,
        from: 'internet',
        service: 'nginx',
        forward: false,
        purpose: 'page',
      },
      {
        name: 'ssh',
        protocol: 'tcp',
        port: 22,
        from: 'internet',
        service: 'host',
        forward: false,
        administration: true,
        purpose: 'Administration of this server',
      },
    ],
    firewalls: [],
    standing: [],
    routes: [],
    secrets: [
      'JICOFO_AUTH_PASSWORD',
      'JVB_AUTH_PASSWORD',
      'TURN_CREDENTIALS',
      'JWT_APP_SECRET',
    ].map((name) => ({ name, about: name, ...(name.startsWith('JWT') && { given: true }) })),
    certificate: {
      names: ['meet.example.org', 'turn.example.org'],
      consumers: ['nginx', 'coturn'],
      ...(source === 'acme' && {
        renewal: { service: 'acme', command: ['/bin/sh', '/etc/acme/renew.sh', 'now'] },
      }),
    },
    meetings: {
      service: 'jvb',
      metrics: 'http://127.0.0.1:8080/metrics',
      gauge: 'jitsi_jvb_conferences',
      drain: 'http://127.0.0.1:8080/colibri/drain',
    },
    remembersBrowsers: 'jicofo',
    accounts: {
      service: 'prosody',
      domain: 'meet.jitsi',
      data: 'data/prosody',
      gathered: 'data/prosody/data',
      control: ['prosodyctl', '--config', '/run/prosody/config/prosody.cfg.lua'],
      files: 'data/prosody/data/meet.jitsi/accounts',
      asked: true,
      passwords: {
        JICOFO_AUTH_PASSWORD: 'focus@auth.meet.jitsi',
        JVB_AUTH_PASSWORD: 'jvb@auth.meet.jitsi',
      },
    },
    views: {},
    directories: [
      { path: 'data/prosody', mode: '0750', owner: rootless ? 1000 : 'image', about: 'accounts' },
      {
        path: 'data/acme-challenge',
        mode: '0755',
        owner: 1000,
        about: 'answers to the authority',
        passing: true,
      },
    ],
    files: ['certs/README.md', 'compose.yaml', 'jitsi/jvb', 'nginx/x', 'scripts/x', 'stack'].map(
      (path) => ({ path, blueprint: 'test', executable: false, kind: 'managed' }),
    ),
    ownersPlaces: [
      'compose.override.yaml',
      'compose.override.yml',
      'jitsi',
      'nginx/sites',
      'haproxy/sites',
    ].map((path) => ({ path, about: 'theirs', blueprint: 'test' })),
    steps: [],
    notes: [],
    troubles: [],
  };
}
