import { createHash } from 'node:crypto';
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Environment, EnvironmentValue, Plan, Service } from '../plan/plan.ts';
import { aboutLogging, loggingOf } from './logging.ts';
import { publishedPorts } from './published-ports.ts';
import { readable } from './quote/scalar.ts';
import type { RenderedFile } from './rendered.ts';

/** Label with the hash of a service's configuration: when it changes, `docker compose up -d` recreates just that service. */
const configLabel = 'jitsi-stack.config';

/** `compose.yaml` for a plan. The other rendered files are needed for the hashes of the services' configuration. */
export function renderCompose(plan: Plan, files: readonly RenderedFile[]): string {
  const document = new Document({
    name: plan.answers.name,
    ...loggingOf(plan),
    services: {},
    networks: { [plan.network.name]: networkOf(plan) },
  });
  const { machine } = plan;
  document.commentBefore = [
    ` ${machine ? `The ${machine.runs} ${machine.name} of ` : ''}Jitsi Meet at ${readable(plan.answers.domain)}, release ${plan.release.tag}.`,
    ' Kept in sync by create-jitsi-stack; your edits here survive. Additions are better off in compose.override.yaml,',
    ` which Compose reads by itself and this tool never touches. Settings: jitsi-stack.json${machine ? ' of the central machine' : ''}. Secrets: .env.`,
  ].join('\n');
  for (const key of Object.keys(loggingOf(plan))) {
    (document.get(key, true) as YAMLMap).anchor = key.slice(2);
  }
  comment(document, ['x-logging'], aboutLogging(plan));
  for (const service of plan.services) {
    const body = document.createNode(composeService(plan, service, files)) as YAMLMap;
    quoteAmbiguous(body);
    if (service.lifetime === 'always') {
      const key = plan.logs?.except.includes(service.name) ? 'x-logging-here' : 'x-logging';
      const node = document.get(key, true) as YAMLMap;
      body.set('logging', document.createAlias(node, key.slice(2)));
    }
    (document.get('services', true) as YAMLMap).add(document.createPair(service.name, body));
    comment(document, ['services', service.name], service.about, service !== plan.services[0]);
    for (const key of short) {
      const list = body.getIn(key, true);
      if (isSeq(list)) list.flow = true;
    }
    for (const [key, why] of Object.entries(service.comments)) {
      comment(document, ['services', service.name, ...key.split('.')], why);
    }
  }
  comment(document, ['services'], '', true);
  comment(
    document,
    ['networks'],
    'The subnet is fixed: which proxies are believed about client addresses hangs on it.',
    true,
  );
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}

function composeService(plan: Plan, service: Service, files: readonly RenderedFile[]) {
  const once = service.lifetime === 'once';
  const hash = configHash(service, files);
  const ports = service.network === 'bridge' ? publishedPorts(plan, service.name) : [];
  return dropEmpty({
    image: service.image,
    build: service.build?.args ? service.build : service.build?.context,
    user: service.user,
    entrypoint: service.entrypoint?.map(dollars),
    command: service.command?.map(dollars),
    restart: once ? 'no' : 'unless-stopped',
    scale: service.scale === 1 ? undefined : service.scale,
    depends_on: Object.fromEntries(
      Object.entries(service.dependsOn).map(([name, state]) => [
        name,
        { condition: conditions[state] },
      ]),
    ),
    environment: composeEnvironment(plan, { ...service.environment, ...service.announced }),
    volumes: service.volumes.map(
      // With `z` SELinux lets all of the stack's containers in; without SELinux Docker does nothing for it.
      ({ source, target, readOnly }) => `${source}:${target}:${readOnly ? 'ro,' : ''}z`,
    ),
    ports,
    network_mode: service.network === 'bridge' ? undefined : service.network,
    extra_hosts: service.extraHosts,
    networks:
      service.network === 'bridge' ? { [plan.network.name]: attachment(plan, service) } : undefined,
    read_only: service.readOnly || undefined,
    tmpfs: service.tmpfs,
    shm_size: service.shmSize,
    sysctls: service.sysctls,
    cap_drop: service.hardened ? ['ALL'] : [],
    cap_add: service.capabilities,
    security_opt: service.hardened ? ['no-new-privileges:true'] : [],
    mem_limit: `${service.memory}m`,
    ulimits: service.openFiles && { nofile: service.openFiles },
    stop_grace_period: service.stopGrace,
    healthcheck: service.healthcheck && {
      test: service.healthcheck.test.map(dollars),
      interval: service.healthcheck.interval,
      timeout: service.healthcheck.timeout,
      retries: service.healthcheck.retries,
      start_period: service.healthcheck.startPeriod,
    },
    labels: {
      ...Object.fromEntries(
        Object.entries(service.labels).map(([key, text]) => [key, dollars(text)]),
      ),
      ...(hash && { [configLabel]: hash }),
    },
  });
}

/** Quotes texts that a YAML 1.1 reader, which Compose partly is, takes for something else: a switch, number or date. */
function quoteAmbiguous(node: unknown): void {
  visit(node as Node, {
    Scalar(key, scalar) {
      const { value } = scalar;
      if (key === 'key' || typeof value !== 'string' || value.includes('\n')) return;
      const number = /^[-+.]?\d[\d_.,:eExXoObB+-]*$/.test(value) && !isAddress(value);
      if (number || /^(y|n|yes|no|on|off|=|<<)$/i.test(value)) scalar.type = Scalar.QUOTE_SINGLE;
    },
  });
}

/** Dotted addresses and networks are read alike everywhere. */
function isAddress(text: string): boolean {
  return /^(\d+\.){3}\d+(\/\d+)?$/.test(text);
}

/** Lists that read better on one line. */
const short = [
  ['entrypoint'],
  ['command'],
  ['cap_drop'],
  ['cap_add'],
  ['security_opt'],
  ['healthcheck', 'test'],
];

const conditions = {
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
  started: 'service_started',
} as const;

function networkOf({ network }: Plan) {
  return {
    driver_opts: { 'com.docker.network.bridge.name': network.bridge },
    ...(network.subnet6 && { enable_ipv6: true }),
    ipam: {
      config: [
        { subnet: network.subnet, ip_range: network.dynamicRange, gateway: network.gateway },
        ...(network.subnet6 ? [{ subnet: network.subnet6 }] : []),
      ],
    },
  };
}

function attachment({ network }: Plan, { name, aliases }: Service) {
  const fixed = network.addresses[name];
  const body = dropEmpty({ ipv4_address: fixed?.ipv4, ipv6_address: fixed?.ipv6, aliases });
  return Object.keys(body).length > 0 ? body : null;
}

function composeEnvironment(plan: Plan, environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, composeValue(plan, value)]),
  );
}

/** Compose interpolates `$`, whatever YAML's quotes say: a literal one is doubled. */
function composeValue({ secrets }: Plan, value: EnvironmentValue): string {
  if (typeof value === 'object') {
    const { given } = secrets.find(({ name }) => name === value.secret) ?? {};
    return `\${${value.secret}:?is missing in .env${given ? '' : '; ./stack up makes it'}}`;
  }
  if (typeof value === 'boolean') return value ? '1' : '0';
  return dollars(String(value));
}

function dollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function configHash(service: Service, files: readonly RenderedFile[]): string | undefined {
  const sources = service.volumes
    .filter(({ readOnly, source }) => readOnly && source.startsWith('./'))
    .map(({ source }) => source.slice(2));
  const mounted = files.filter(
    ({ path }) =>
      !path.endsWith('.md') &&
      sources.some((source) => path === source || path.startsWith(`${source}/`)),
  );
  if (mounted.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const { path, text } of mounted) hash.update(`${path}\0${text}\0`);
  return hash.digest('hex').slice(0, 12);
}

/** Puts a comment above a key. */
function comment(document: Document, path: readonly string[], text: string, apart = false): void {
  const key = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) throw new Error(`compose.yaml has no “${path.join('.')}” to comment on.`);
  const pair = parent.items.find((item: Pair) => isScalar(item.key) && item.key.value === key);
  if (!pair) throw new Error(`compose.yaml has no “${path.join('.')}” to comment on.`);
  const node = pair.key as Node;
  if (text !== '')
    node.commentBefore = text
      .split('\n')
      .map((line) => ` ${line}`)
      .join('\n');
  node.spaceBefore = apart;
}

function dropEmpty<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, entry]) =>
        entry !== undefined &&
        !(Array.isArray(entry) && entry.length === 0) &&
        !(isRecord(entry) && Object.keys(entry).length === 0),
    ),
  ) as Partial<T>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
