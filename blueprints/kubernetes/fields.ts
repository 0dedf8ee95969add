import type { Fields, Known } from '../../src/blueprint.ts';

/** What a cluster has to be known of. */
export const fields = {
  pods: {
    kind: 'cidr',
    question: 'Which network do the cluster’s pods have?',
    description:
      'network of the pods, such as 10.244.0.0/16; what comes from there is believed about clients',
    default: '10.244.0.0/16',
  },
  ingressClass: {
    kind: 'text',
    question: 'Which ingress class should the page use?',
    description: 'name of the ingress class: kubectl get ingressclass',
    default: 'traefik',
  },
  ingressService: {
    kind: 'text',
    question: 'Where is the service of the ingress controller?',
    description:
      'name of the ingress controller’s service inside the cluster; the relay passes questions of the certificate authority on to it',
    default: 'traefik.traefik.svc.cluster.local',
    advanced: true,
  },
  storageClass: {
    kind: 'text',
    question: 'Which storage class should accounts and recordings have?',
    description: 'storage class of what is kept; the cluster’s default without it',
    optional: true,
    advanced: true,
  },
  nodes: {
    kind: 'cidr',
    question: 'Which network do the cluster’s nodes have?',
    description:
      'network of the nodes; only for an ingress controller in the network of its host, which is believed about clients then',
    optional: true,
    advanced: true,
  },
  namespace: {
    kind: 'text',
    question: 'Which namespace should Jitsi have to itself?',
    description: 'namespace that Jitsi has to itself',
    default: 'jitsi',
    advanced: true,
  },
  bridges: {
    kind: 'integer',
    question: 'How many bridges run at least? (one for each node)',
    description: 'how many bridges run at least, each on a node of its own',
    default: 1,
    min: 1,
    max: 200,
    advanced: true,
  },
  mostBridges: {
    kind: 'integer',
    question: 'How many bridges may there be when many people meet?',
    description: 'how many bridges there may be; more than at least needs KEDA in the cluster',
    default: ({ kubernetes }: Known) => Number(Object(kubernetes).bridges ?? 1),
    min: 1,
    max: 200,
    advanced: true,
  },
  bridgeAddress: {
    kind: 'choice',
    question: 'Which address do people reach a bridge at?',
    description: 'how a bridge knows the address at which people reach it',
    default: 'stun',
    advanced: true,
    options: [
      {
        value: 'stun',
        label: 'Its node’s public address, which it asks a STUN server of Jitsi’s for',
        hint: 'nodes have private addresses, as in most clouds',
      },
      {
        value: 'node',
        label: 'Its node’s own address',
        hint: 'kubectl get nodes -o wide shows public ones as INTERNAL-IP; nobody else is asked',
      },
    ],
  },
  recordingSpace: {
    kind: 'integer',
    question: 'How many GiB should there be for recordings?',
    description: 'GiB for recordings, where meetings are recorded; an hour takes 1 to 1.5',
    default: 50,
    min: 1,
    max: 100000,
    advanced: true,
  },
} as const satisfies Fields;
