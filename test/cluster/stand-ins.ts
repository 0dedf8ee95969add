import { parse, stringify } from 'yaml';
import { namespace } from './names.ts';

/** What values.yaml says of a part. */
interface Part {
  readonly enabled?: boolean;
  readonly replicaCount?: number;
  readonly image: { readonly repository: string; readonly tag: string };
  readonly extraEnvs?: Readonly<Record<string, string>>;
  readonly extraVolumes?: readonly object[];
  readonly extraVolumeMounts?: readonly object[];
  readonly UDPPort?: number;
}

interface Values {
  readonly publicURL: string;
  readonly enableAuth: boolean;
  readonly enableGuests: boolean;
  readonly prosody: Part & { readonly persistence: { readonly storageClassName?: string } };
  readonly [part: string]: unknown;
}

/** What of a part is its own; the rest is the same everywhere. */
interface Special {
  /** A port that answers requests, and which. */
  readonly port: number;
  readonly path: string;
  readonly env?: readonly object[];
  readonly secret?: string;
  readonly hostPort?: number;
}

/**
 * What stands in for the chart where nobody has it: a workload for page, prosody, jicofo, bridges and whiteboard, with the chart's names
 * and labels, and from the values that it would get. Whatever this tool adds - patches, policies, budgets, secrets - meets those.
 *
 * @param text of values.yaml
 */
export function standIns(text: string): string {
  const values = parse(text) as Values;
  const service = `jitsi-prosody.${namespace}.svc.cluster.local`;
  const udp = (values.jvb as Part).UDPPort ?? 10000;
  const special: Readonly<Record<string, Special>> = {
    web: {
      port: 8000,
      path: '/',
      env: variables({ DISABLE_HTTPS: '1', XMPP_BOSH_URL_BASE: `http://${service}:5280` }),
    },
    prosody: { port: 5280, path: '/http-bind', secret: 'jitsi-prosody' },
    jicofo: { port: 8888, path: '/about/health', secret: 'jitsi-jicofo', env: atProsody(service) },
    jvb: {
      port: 8080,
      path: '/about/health',
      secret: 'jitsi-jvb',
      hostPort: udp,
      env: [
        ...atProsody(service),
        ...variables({
          JVB_PORT: `${udp}`,
          COLIBRI_REST_ENABLED: 'true',
          JVB_DISABLE_STUN: 'true',
        }),
        { name: 'JVB_ADVERTISE_IPS', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      ],
    },
    excalidraw: { port: 9002, path: '/', env: variables({ PORT: '9002' }) },
  };
  const objects = Object.entries(special).flatMap(([name, one]) =>
    values[name] === undefined ? [] : [workload(name, one, values), serviceOf(name, one)],
  );
  return objects.map((one) => stringify(one)).join('---\n');
}

function atProsody(service: string): readonly object[] {
  return variables({ XMPP_SERVER: service, JICOFO_ENABLE_REST: 'true' });
}

function variables(all: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

function labelsOf(component: string) {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': 'jitsi',
    'app.kubernetes.io/name': 'jitsi-meet',
  };
}

function workload(name: string, special: Special, values: Values): object {
  const part = values[name] as Part;
  const labels = labelsOf(name);
  const common = variables({
    PUBLIC_URL: values.publicURL,
    ENABLE_AUTH: String(values.enableAuth),
    ENABLE_GUESTS: String(values.enableGuests),
    S6_YES_I_WANT_A_WORLD_WRITABLE_RUN_BECAUSE_KUBERNETES: '1',
  });
  const env = [...common, ...(special.env ?? []), ...variables(part.extraEnvs ?? {})];
  const data = name === 'prosody' ? [{ name: 'prosody-data', mountPath: '/var/lib/prosody' }] : [];
  const spec = {
    replicas: part.replicaCount ?? 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { fsGroup: 1000 },
        containers: [
          {
            ...container(part, special),
            env,
            volumeMounts: [
              { name: 'run', mountPath: '/run' },
              { name: 'tmp', mountPath: '/tmp' },
              ...data,
              ...(part.extraVolumeMounts ?? []),
            ],
          },
        ],
        volumes: [
          { name: 'run', emptyDir: {} },
          { name: 'tmp', emptyDir: {} },
          ...(part.extraVolumes ?? []),
        ],
      },
    },
  };
  // As the chart calls them: there may be several kinds of bridges.
  const metadata = { name: name === 'jvb' ? 'jitsi-jvb-0' : `jitsi-${name}`, labels };
  if (name !== 'prosody') return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
  const { storageClassName } = values.prosody.persistence;
  const claim = {
    metadata: { name: 'prosody-data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      ...(storageClassName !== undefined && { storageClassName }),
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { ...spec, serviceName: 'jitsi-prosody', volumeClaimTemplates: [claim] },
  };
}

function container({ image }: Part, { port, path, secret, hostPort }: Special): object {
  return {
    name: 'jitsi-meet',
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: 'IfNotPresent',
    ...(secret !== undefined && { envFrom: [{ secretRef: { name: secret } }] }),
    ports: [
      { name: 'http', containerPort: port },
      ...(hostPort === undefined
        ? []
        : [{ name: 'media', containerPort: hostPort, hostPort, protocol: 'UDP' }]),
    ],
    readinessProbe: { httpGet: { path, port: 'http' }, periodSeconds: 10 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** What other parts reach it at. */
function serviceOf(name: string, { port }: Special): object {
  const ports =
    name === 'web'
      ? [{ name: 'http', port: 80, targetPort: port }]
      : [{ name: 'http', port }, ...(name === 'prosody' ? [{ name: 'xmpp', port: 5222 }] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `jitsi-${name}`, labels: labelsOf(name) },
    spec: { selector: labelsOf(name), ports },
  };
}
