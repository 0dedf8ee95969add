import { type Decisions, recordersOf, type ValuesOf } from '../../src/blueprint.ts';
import { chart } from './chart.ts';
import { componentsOf, secretsOf, serviceOf } from './components.ts';
import { configMapsOf, pluginsOf } from './config-maps.ts';
import type { fields } from './fields.ts';
import { policiesFor } from './policies.ts';
import { accountsAt, prosodyctl, render } from './tell.ts';
import { valuesFor } from './values.ts';

type Own = ValuesOf<typeof fields>;

/** The stack as all files of a cluster say it. */
export function present(plan: Decisions, own: Own) {
  const { answers } = plan;
  const { certificates, turn, branding } = answers;
  const components = componentsOf(plan);
  const scales = own.mostBridges > own.bridges;
  const relay = turn.mode === 'coturn';
  const logo = branding.look === 'own' ? branding.logo : undefined;
  return {
    ...valuesFor(plan, own),
    ...readme(plan, own),
    chart: chart.version,
    namespace: own.namespace,
    issuer: certificates.source !== 'own',
    acme: certificates.source === 'acme',
    email: String(certificates.email ?? ''),
    directory: String(certificates.directory ?? ''),
    ingressClass: own.ingressClass,
    ingressService: own.ingressService,
    annotations: annotationsFor(own, certificates.source !== 'own'),
    storageClass: own.storageClass ?? '',
    scales,
    least: own.bridges,
    most: own.mostBridges,
    loadUrl: `http://jitsi-jvb-load.${own.namespace}.svc:8080/metrics`,
    recorder: components.some(({ name }) => name === 'jibri'),
    whiteboard: components.some(({ name }) => name === 'excalidraw'),
    branding: branding.look === 'own',
    relay,
    relayDomain: relay ? String(turn.domain) : '',
    podRange: rangeOf(own.pods),
    recorderImage: serviceOf(plan, 'jibri')?.image ?? '',
    deletes: (recordersOf(answers)?.recordings ?? 0) > 0 && (plan.recordings?.days ?? 0) > 0,
    days: String(plan.recordings?.days ?? 0),
    configMaps: configMapsOf(plan, typeof logo === 'string' ? logo : undefined),
    secretNames: plan.secrets.map(({ name }) => name),
    plugins: pluginsOf(plan),
    policies: policiesFor(
      plan,
      components.map(({ name }) => name),
      scales,
    ),
    secrets: components.flatMap((component) => {
      const entries = secretsOf(plan, component).map(({ variable, name }) => ({
        variable,
        secret: name,
      }));
      return entries.length > 0 ? [{ name: `jitsi-${component.name}`, entries }] : [];
    }),
  };
}

/** What README.md tells besides. */
function readme(plan: Decisions, own: Own) {
  const { answers, release } = plan;
  const control = `kubectl exec -it -n ${own.namespace} jitsi-prosody-0 -- ${prosodyctl(plan)}`;
  return {
    release: release.tag,
    render,
    steps: plan.steps.map(({ title, detail, command = '' }, index) => ({
      number: index + 1,
      title,
      detail,
      commands: command.split('\n').filter((line) => line !== ''),
    })),
    notes: plan.notes.map(({ level, text }) => ({
      kind: level === 'warning' ? 'Warning' : 'Note',
      text,
    })),
    whoGetsIn: plan.access?.sentences ?? [],
    parts: plan.services.map(({ name, about }) => ({ name, about })),
    links: plan.links.map(({ from, to, label }) => ({
      from: from === 'outside' ? 'people((people))' : from,
      to,
      label,
    })),
    ports: plan.endpoints.map(({ port, protocol, service, purpose }) => ({
      port: `${port}/${protocol}`,
      service,
      purpose,
    })),
    troubles: plan.troubles.map(({ symptom, cause, fix }) => ({ symptom, cause, fix })),
    internal: answers.auth.mode === 'internal',
    addUser: `${control} adduser NAME@${accountsAt(plan)}`,
    removeUser: `${control} deluser NAME@${accountsAt(plan)}`,
    pods: own.pods,
    storage: own.storageClass ?? 'the cluster’s default',
    project: answers.name,
  };
}

/** The Ingress of a controller: who issues its certificate, and WebSockets that may be silent for longer than a minute. */
function annotationsFor({ ingressClass }: Own, issued: boolean) {
  return [
    ...(issued ? [{ name: 'cert-manager.io/issuer', value: 'jitsi' }] : []),
    ...(ingressClass === 'nginx'
      ? [
          { name: 'nginx.ingress.kubernetes.io/proxy-read-timeout', value: '900' },
          { name: 'nginx.ingress.kubernetes.io/proxy-send-timeout', value: '900' },
        ]
      : []),
  ];
}

/** The first and the last address of a network, as coTURN wants them. A library for it would be loaded at every start. */
function rangeOf(network: string): string {
  const [first = '', prefix] = network.split('/');
  const bytes = first.split('.').map(Number);
  const last = bytes.map((byte, index) => {
    const fixed = Math.min(8, Math.max(0, Number(prefix) - 8 * index));
    return byte | (255 >> fixed);
  });
  return `${first}-${last.join('.')}`;
}
