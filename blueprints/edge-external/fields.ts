import type { Known } from '../../src/blueprint.ts';
import { flavourOf, flavours } from './flavours.ts';

/** What is asked about a proxy of the owner's. */
export const fields = {
  flavour: {
    kind: 'choice',
    question: 'Which reverse proxy do you have?',
    description: 'the reverse proxy that a ready file is written for',
    default: 'nginx',
    options: Object.entries(flavours).map(([value, { label, hint }]) => ({ value, label, hint })),
  },
  place: {
    kind: 'choice',
    question: 'Where does it run?',
    description: 'where your reverse proxy runs: it decides how it reaches web',
    default: ({ edge }: Known) => chosen(edge)?.place,
    advanced: ({ edge }: Known) => Object.keys(chosen(edge)?.ready ?? {}).length === 1,
    options: [
      {
        value: 'server',
        label: 'On this server itself',
        hint: 'installed there, or a container in the host’s network (network_mode: host)',
      },
      {
        value: 'container',
        label: 'In a container on this server',
        hint: 'it joins this stack’s network, because 127.0.0.1 leads nowhere there',
      },
    ],
  },
  container: {
    kind: 'text',
    question: 'What is the proxy’s container called?',
    description: 'the name of the proxy’s container, as docker ps shows it',
    default: ({ edge }: Known) =>
      placeOf(edge) === 'container' ? chosen(edge)?.container : undefined,
    optional: true,
    advanced: ({ edge }: Known) => placeOf(edge) !== 'container',
  },
} as const;

interface Edge {
  readonly flavour?: unknown;
  readonly place?: unknown;
}

function chosen(edge: Edge | undefined) {
  return edge?.flavour === undefined ? undefined : flavourOf(edge.flavour);
}

function placeOf(edge: Edge | undefined): unknown {
  return edge?.place ?? chosen(edge)?.place;
}
