import type { Answers, Problem, Release, ValuesOf } from '../../src/blueprint.ts';
import { chart } from './chart.ts';
import type { fields } from './fields.ts';

/** What a cluster has a place for; the other entries are servers' affairs. */
const extras = ['whiteboard', 'recording', 'livestreaming'];

/** Variables that the chart sets and that follow from settings all the same: values of the chart say them. */
const carriedOver =
  /^(XMPP_(|MUC_|AUTH_|GUEST_|HIDDEN_|INTERNAL_MUC_)DOMAIN|ENABLE_XMPP_WEBSOCKET)$/;

/** Answers that have no place in a cluster, and those about it that cannot be. */
export function clusterProblems(
  answers: Answers,
  own: ValuesOf<typeof fields>,
  release: Release,
): readonly Problem[] {
  return [
    ...unfitRelease(release),
    ...foreign(answers),
    ...answers.extras.filter((extra) => !extras.includes(extra)).map(noExtra),
    ...wrongNames(own),
    ...(own.mostBridges < own.bridges
      ? [
          {
            answer: 'kubernetes.mostBridges',
            what: `There cannot be ${own.mostBridges} bridges at most and ${own.bridges} at least.`,
            fix: `Give --kubernetes-most-bridges ${own.bridges} or more.`,
          },
        ]
      : []),
    ...Object.keys(answers.settings)
      .filter((name) => !carriedOver.test(name) && isOfChart(name))
      .map((name) => ({
        answer: `settings.${name}`,
        what: `In a cluster the chart sets ${name} itself.`,
        fix: 'Remove it from the settings; kubernetes/values.own.yaml takes the chart’s own value for it.',
      })),
  ];
}

/** The chart's containers need the images without root. */
function unfitRelease({ tag, capabilities }: Release): Problem[] {
  if (capabilities.rootless) return [];
  return [
    {
      where: 'runs',
      answer: 'release',
      what: `A cluster does not work with ${tag}.`,
      why: `The chart (version ${chart.version}) starts all containers without root, which the images of that release cannot do.`,
      fix: `Choose --release ${chart.release} or newer.`,
    },
  ];
}

/** What only a server of one's own has. */
function foreign({ edge, firewall, rebuild, backup, alerts, auth, ...others }: Answers) {
  const { network, host, machines = [] } = others;
  const no = (answer: string, what: string, fix: string): Problem => ({ answer, what, fix });
  return [
    ...(edge.proxy === 'nginx'
      ? []
      : [
          no(
            'edge.proxy',
            'In a cluster the ingress controller is the edge.',
            'Choose --edge nginx, the default; --kubernetes-ingress-class names the controller.',
          ),
        ]),
    ...(firewall.length === 0
      ? []
      : [
          no(
            'firewall',
            'A cluster’s firewalls are the affair of whoever runs the cluster.',
            'Choose --firewall none; README.md says which ports have to be open.',
          ),
        ]),
    ...(rebuild.by === 'none'
      ? []
      : [
          no(
            'rebuild.by',
            'Images that are rebuilt every day have no place in a cluster yet.',
            'Choose --rebuild none.',
          ),
        ]),
    ...(backup.to === 'none'
      ? []
      : [
          no(
            'backup.to',
            'Nightly copies of backups are made by a server, and a cluster has volumes instead.',
            'Choose --backup none, and let the cluster’s own backups take the volumes; README.md names them.',
          ),
        ]),
    ...(alerts.by === 'none'
      ? []
      : [
          no(
            'alerts.by',
            'Alerts come from a server, and a cluster has its own.',
            'Choose --alerts none.',
          ),
        ]),
    ...(auth.mode === 'oidc'
      ? [
          no(
            'auth.mode',
            'The sign-in with other accounts (OpenID Connect) has no place in a cluster yet.',
            'Choose --auth ldap, jwt, internal or open.',
          ),
        ]
      : []),
    ...(auth.mode === 'ldap' && auth.ownAuthority === true
      ? [
          no(
            'auth.ownAuthority',
            'The certificate of an authority of your own has no place in a cluster yet.',
            'Choose --auth-own-authority false, with a directory whose certificate everybody believes.',
          ),
        ]
      : []),
    ...(machines.length === 0
      ? []
      : [
          no(
            'machines',
            'In a cluster the bridges run on its nodes, and further machines have no place.',
            'Leave --machines out; --kubernetes-bridges says how many bridges run.',
          ),
        ]),
    ...(network.httpsPort === 443
      ? []
      : [
          no(
            'network.httpsPort',
            'An ingress controller listens on 443.',
            'Choose --network-https-port 443.',
          ),
        ]),
    ...(host.cloneFrom === undefined
      ? []
      : [
          no(
            'host.cloneFrom',
            'There is no server to rent for a cluster.',
            'Leave --host-clone-from out.',
          ),
        ]),
  ];
}

function noExtra(extra: string): Problem {
  return {
    answer: 'extras',
    what: `“${extra}” has no place in a cluster yet.`,
    fix: `Take it out of --extras; ${extras.join(', ')} work there.`,
  };
}

/** Names of things in the cluster, by Kubernetes' own rules (RFC 1123). */
function wrongNames({
  namespace,
  ingressClass,
  storageClass,
  ingressService,
}: ValuesOf<typeof fields>) {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  const name = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
  return [
    { key: 'namespace', value: namespace, is: label },
    { key: 'ingressClass', value: ingressClass, is: name },
    { key: 'storageClass', value: storageClass ?? 'none', is: name },
    { key: 'ingressService', value: ingressService, is: name },
  ].flatMap(({ key, value, is }) =>
    is.test(value)
      ? []
      : [
          {
            answer: `kubernetes.${key}`,
            what: `“${value}” cannot be a name in Kubernetes.`,
            fix: 'Take lower-case letters, digits and inner hyphens, as kubectl shows it.',
          },
        ],
  );
}

function isOfChart(variable: string): boolean {
  return ['common', 'web', 'prosody', 'jicofo', 'jvb', 'jibri'].some((component) =>
    chart.variables[component]?.includes(variable),
  );
}
