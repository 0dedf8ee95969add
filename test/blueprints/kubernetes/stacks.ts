import type { RawAnswers } from '../../../src/answers/complete.ts';
import { type RenderedStack, renderedOf } from '../../matrix/stack.ts';

/** The least that a stack in a cluster is told. */
export const plain: RawAnswers = {
  domain: 'meet.example.org',
  runs: 'kubernetes',
  certificates: { source: 'acme', email: 'ops@example.org' },
};

const recording = { extras: ['recording', 'whiteboard'], recording: { days: 7 } };

/** Answers that between them bring in all that there is for a cluster. */
const all: Readonly<Record<string, RawAnswers>> = {
  plain,
  'no relay, own certificate': {
    ...plain,
    certificates: { source: 'own' },
    turn: { mode: 'none' },
  },
  'own certificate for page and relay': { ...plain, certificates: { source: 'own' } },
  'self-signed, one recorder': { ...plain, certificates: { source: 'self-signed' }, ...recording },
  'many recorders that keep all': {
    ...plain,
    host: { memory: 65536 },
    extras: ['recording', 'livestreaming'],
    recording: { days: 0, atOnce: 2 },
  },
  'autoscaled, NGINX, storage class': {
    ...plain,
    kubernetes: {
      pods: '10.42.0.0/16',
      nodes: '10.0.0.0/24',
      ingressClass: 'nginx',
      storageClass: 'fast',
      namespace: 'meet',
      bridges: 2,
      mostBridges: 9,
      bridgeAddress: 'node',
    },
    network: { mediaPort: 20000 },
  },
  'tokens, a relay elsewhere': {
    ...plain,
    auth: { mode: 'jwt' },
    turn: { mode: 'existing', host: 'turn.example.net' },
  },
  'a directory': {
    ...plain,
    auth: {
      mode: 'ldap',
      servers: 'ldap.example.org',
      base: 'ou=people,dc=example,dc=org',
      bindDn: 'cn=jitsi,dc=example,dc=org',
      people: 'uid',
    },
  },
  'a page of its own, settings': {
    ...plain,
    branding: { look: 'own', name: 'A {{ B }} "C"', logo: 'logo.svg', color: '#0f6cbd' },
    settings: {
      MAX_PARTICIPANTS: 40,
      XMPP_DOMAIN: 'jitsi.local',
      TOOLBAR_BUTTONS: '{{ .Values }}',
    },
  },
};

/** The same, rendered. */
export const stacks: readonly { name: string; stack: RenderedStack }[] = await Promise.all(
  Object.entries(all).map(async ([name, raw]) => ({ name, stack: await renderedOf(raw) })),
);

/** The one whose name begins like this. */
export function stackCalled(start: string): RenderedStack {
  const found = stacks.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`there is no “${start}”`);
  return found.stack;
}

/** A file of a stack. */
export function textOf({ files }: RenderedStack, path: string): string {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`there is no ${path}`);
  return file.text;
}
