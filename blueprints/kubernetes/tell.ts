import { domainToUnicode } from 'node:url';
import type { Decisions, Step, Trouble, ValuesOf } from '../../src/blueprint.ts';
import type { fields } from './fields.ts';

type Own = ValuesOf<typeof fields>;

/** Renders the chart with what this stack adds. */
export const render = 'kustomize build --enable-helm .';

/** What parts of Jitsi are there, where it is not what they are on a server. */
export const aboutThere: Readonly<Record<string, string>> = {
  web: 'The page that people see. Plain HTTP: the ingress controller does TLS.',
  coturn: 'The relay: carries media for people whose firewall lets no UDP out.',
};

/** What features mean for people, in the same way. */
export const saysThere: Readonly<Record<string, string>> = {
  'certificates-own': 'You bring your own certificate, as a Secret.',
  'extra-recording': 'Moderators can record meetings; the files are in a volume of the cluster.',
};

/** What its owner does, in order; the first one stands for the server that the other steps would ask for. */
export function stepsFor(plan: Decisions, own: Own): readonly Step[] {
  const { answers, secrets } = plan;
  const { namespace } = own;
  const given = secrets.filter((secret) => secret.given);
  const logo = answers.branding.look === 'own' ? answers.branding.logo : undefined;
  const needs = [
    `an ingress controller with the class ${own.ingressClass}`,
    ...(answers.certificates.source === 'own' ? [] : ['cert-manager']),
    ...(own.mostBridges > own.bridges ? ['KEDA'] : []),
  ];
  const before = (title: string, detail: string, command?: string): Step => ({
    phase: 'before',
    title,
    detail,
    ...(command !== undefined && { command }),
  });
  return [
    {
      ...before(
        'Look at the cluster',
        `It has ${needs.join(', ')}; you have kubectl, helm and kustomize 5.8 or newer. UDP ${answers.network.mediaPort} of each node is open to everybody.`,
        'kubectl get ingressclass,storageclass,nodes -o wide',
      ),
      covers: 'server',
    },
    ...(given.length > 0
      ? [
          before(
            'Fill in .env',
            `Values that somebody else gave you: ${given.map(({ name }) => name).join(', ')}. git does not keep them.`,
          ),
        ]
      : []),
    ...(logo === undefined
      ? []
      : [
          before(
            `Put your logo at jitsi/branding/${logo}`,
            'An SVG, or a PNG of 400 pixels in width or so; 1 MB at most, because a ConfigMap holds no more.',
            `cp YOUR-LOGO jitsi/branding/${logo}`,
          ),
        ]),
    {
      phase: 'start',
      title: 'Make the namespace and its Secrets',
      detail: 'Again after each change of .env.',
      command: `kubectl apply -f kubernetes/namespace.yaml\nsh kubernetes/secrets.sh | kubectl apply --server-side -n ${namespace} -f -`,
    },
    ...certificateSteps(plan, namespace),
    {
      phase: 'start',
      title: 'Install it',
      detail: 'The same line upgrades it later.',
      command: `${render} | kubectl apply --server-side -n ${namespace} -f -`,
    },
    {
      phase: 'after',
      title: `Point ${domainToUnicode(answers.domain)} at the ingress controller`,
      detail: 'DNS: its address stands behind the Ingress as soon as the controller has taken it.',
      command: `kubectl get ingress -n ${namespace}`,
    },
    ...(answers.turn.mode === 'coturn'
      ? [
          {
            phase: 'after' as const,
            title: `Point ${domainToUnicode(String(answers.turn.domain))} at the relay`,
            detail:
              'DNS: the EXTERNAL-IP of its service. It is another address than that of the page.',
            command: `kubectl get service jitsi-coturn -n ${namespace}`,
          },
        ]
      : []),
    ...(answers.auth.mode === 'internal'
      ? [
          {
            phase: 'after' as const,
            title: 'Add yourself',
            detail:
              'Only people with an account can open a room. You will be asked for a password.',
            command: `kubectl exec -it -n ${namespace} jitsi-prosody-0 -- ${prosodyctl(plan)} adduser NAME@${accountsAt(plan)}`,
          },
        ]
      : []),
  ];
}

/** The owner's own certificate, where it comes from nobody else. */
function certificateSteps({ answers }: Decisions, namespace: string): readonly Step[] {
  if (answers.certificates.source !== 'own') return [];
  const secret = (name: string) =>
    `kubectl create secret tls ${name} -n ${namespace} --cert FULLCHAIN.pem --key PRIVKEY.pem`;
  const relay = answers.turn.mode === 'coturn';
  return [
    {
      phase: 'start',
      title: 'Bring your certificate',
      detail: relay
        ? `For ${answers.domain}, and for ${answers.turn.domain}; one certificate may have both names.`
        : `For ${answers.domain}.`,
      command: [secret('jitsi-tls'), ...(relay ? [secret('jitsi-relay-tls')] : [])].join('\n'),
    },
  ];
}

/** How prosody's own program is called in its container. */
export function prosodyctl({ accounts, release }: Decisions): string {
  return (accounts?.control ?? ['prosodyctl', '--config', release.prosodyConfig]).join(' ');
}

/** The domain of the accounts. */
export function accountsAt({ accounts }: Decisions): string {
  return accounts?.domain ?? 'meet.jitsi';
}

/** What goes wrong in clusters. */
export function troublesFor({ answers }: Decisions, own: Own): readonly Trouble[] {
  const { mediaPort } = answers.network;
  return [
    {
      symptom:
        'Two people can talk; when a third joins, everybody sees black or is thrown out after half a minute.',
      cause: `Two people talk to each other directly. From three on a bridge is used, and UDP ${mediaPort} of its node does not reach it, or it tells browsers the wrong address.`,
      fix: `Open UDP ${mediaPort} of all nodes in the cloud's firewall. \`kubectl logs -n ${own.namespace} deploy/jitsi-jvb-0\` names the addresses; kubernetes.bridgeAddress in \`jitsi-stack.json\` says which are told.`,
    },
    {
      symptom: 'A bridge stays Pending.',
      cause:
        'There is one for each node, and all nodes have one; or the old one still waits for its people.',
      fix: `\`kubectl get pods -n ${own.namespace} -o wide\` shows both. With Terminating beside it, it goes on by itself.`,
    },
    {
      symptom: 'Pods stay in CreateContainerConfigError.',
      cause: 'A Secret is missing.',
      fix: 'Take “Make the namespace and its Secrets” above again.',
    },
    ...(answers.turn.mode === 'coturn'
      ? [
          {
            symptom: 'The relay shows an old certificate.',
            cause: 'coTURN reads it when it starts.',
            fix: `\`kubectl rollout restart -n ${own.namespace} deploy/jitsi-coturn\`; with Reloader (stakater/Reloader) in the cluster it happens by itself.`,
          },
        ]
      : []),
  ];
}
