import type { Change } from './changes/change.ts';
import type { ReleaseFacts, VariableFacts } from './facts.ts';
import type { NotKnownYet } from './release.ts';
import { compareTags } from './tags.ts';

/** A release that is out, and of which no files were read yet: what is sure of it from what others publish. */
export interface Heard {
  readonly tag: string;
  /** From this day on others run it, `YYYY-MM-DD`. */
  readonly since: string;
  /** Variables that its images read and those of the last known release do not, by service. */
  readonly reads: Readonly<Record<string, Readonly<Record<string, VariableFacts>>>>;
  readonly changes: readonly Change[];
}

const tag = 'stable-11248';
const on: VariableFacts = { kind: 'switch', default: '1' };
const off: VariableFacts = { kind: 'switch', default: '0' };
const tracing = {
  ENABLE_TRACING: off,
  TRACING_ENDPOINT: { default: 'http://alloy:4317' },
  TRACING_PROTOCOL: { default: 'grpc' },
};

/**
 * Oldest first. Each has its pull request in jitsi/docker-jitsi-meet; what is not sure to be in the release is left out.
 * Once the files of a release are read (docs/releases.md), its entry here goes.
 */
export const heard: readonly Heard[] = [
  {
    tag,
    since: '2026-09-15',
    reads: {
      web: {
        AUDIO_TRANSLATION_DUCKED_VOLUME: { default: '0.15' }, // 2315
        CODEC_ORDER_P2P: {}, // 2319
        CODEC_ORDER_P2P_MOBILE: {}, // 2319
        ENABLE_ADVANCED_AUDIO_SETTINGS: on, // 2317
        ENABLE_ICE_RESTART: { kind: 'switch' }, // 2307
        ENABLE_ICE_RESTART_ON_NETWORK_CHANGE: { kind: 'switch' }, // 2307
      },
      prosody: {
        ENABLE_MESSAGE_MODERATION: on, // 2318
        ENABLE_TRACING: off, // 2303
        TRACING_HTTP_ENDPOINT: { default: 'http://alloy:4318' }, // 2303
      },
      jicofo: tracing, // 2303
      jvb: tracing, // 2303
    },
    changes: [
      {
        // 2318
        since: tag,
        topic: 'behaviour',
        services: ['prosody'],
        names: ['ENABLE_MESSAGE_MODERATION'],
        what: 'Prosody loads muc_message_moderation: moderators can remove messages of others. ENABLE_MESSAGE_MODERATION switches it off.',
      },
      {
        // 2317
        since: tag,
        topic: 'behaviour',
        services: ['web'],
        names: ['ENABLE_ADVANCED_AUDIO_SETTINGS'],
        what: 'Advanced audio settings appear in the page. ENABLE_ADVANCED_AUDIO_SETTINGS switches them off.',
      },
      {
        // 2319
        since: tag,
        topic: 'behaviour',
        services: ['web'],
        names: [],
        what: 'Calls between two people follow CODEC_ORDER_P2P and CODEC_ORDER_P2P_MOBILE instead of the orders for the bridge; phones prefer H264.',
      },
    ],
  },
];

/** What was heard of a release and of those before it that are no more known, oldest first. */
export function heardUpTo(wanted: string, known: readonly string[]): readonly Heard[] {
  return heard.filter((one) => compareTags(one.tag, wanted) <= 0 && !known.includes(one.tag));
}

/** Releases that are out and not known, newest first. */
export function heardAfter({ tags }: { readonly tags: readonly string[] }): readonly Heard[] {
  return heard.filter((one) => !tags.includes(one.tag)).reverse();
}

/** The newest release that is out after this one and not known. */
export function notKnownYet(
  tag: string,
  catalogue: { readonly tags: readonly string[] },
): { readonly notKnownYet?: NotKnownYet } {
  const [later] = heardAfter(catalogue).filter((one) => compareTags(one.tag, tag) > 0);
  if (!later) return {};
  const [year = '', number = ''] = later.since.split('-');
  const month = `${months[Number(number) - 1]} ${year}`;
  return { notKnownYet: { tag: later.tag, since: later.since, month } };
}

// Asking Intl for a month costs a run more than reading the release.
const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** Facts with what later releases read besides. */
export function withHeard(facts: ReleaseFacts, later: readonly Heard[]): ReleaseFacts {
  const services = Object.entries(facts.services).map(([name, service]) => {
    const more = later.map(({ reads }) => reads[name] ?? {});
    const variables = Object.assign({}, service.variables, ...more);
    return [name, service.variables ? { ...service, variables } : service];
  });
  return { ...facts, services: Object.fromEntries(services) };
}
