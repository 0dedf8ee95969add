import type { Answers } from '../answers/answers.ts';
import type { Fields } from '../answers/field.ts';

/** What everybody may be asked about images: the files pin versions, whoever builds them. */
export const pinFields = {
  pins: {
    kind: 'choice',
    question: 'Should a bot propose newer versions of what the files pin?',
    description:
      'bot that proposes newer versions of what the files pin: none, renovate or dependabot',
    default: 'none',
    advanced: true,
    options: [
      { value: 'none', label: 'No', hint: 'they come with this tool' },
      { value: 'renovate', label: 'Renovate', hint: 'at GitHub, GitLab, Forgejo, Gitea' },
      { value: 'dependabot', label: 'Dependabot', hint: 'at GitHub' },
    ],
  },
} as const satisfies Fields;

/** What everybody is asked whose images are built anew, wherever that happens. */
export const rebuildFields = {
  level: {
    kind: 'choice',
    question: 'Which known vulnerabilities keep an image from being used?',
    description: 'the least severe vulnerability, fixed by its maker, that keeps an image from use',
    default: 'critical',
    advanced: true,
    options: [
      { value: 'critical', label: 'A critical one', hint: 'what few images of a release have' },
      {
        value: 'high',
        label: 'One of high severity, or worse',
        hint: 'Java’s libraries have some',
      },
      { value: 'medium', label: 'One of medium severity, or worse' },
      { value: 'none', label: 'None: images are not scanned' },
    ],
  },
  refresh: {
    kind: 'boolean',
    question: 'Should the server switch to newer images by itself every night?',
    description: 'the server takes over newer images every night, as soon as nobody meets',
    default: true,
    advanced: true,
  },
  hour: {
    kind: 'integer',
    question: 'From what hour of the night may the server switch?',
    description: 'hour of the server’s day, 0 to 23, from which on it takes over newer images',
    default: 3,
    min: 0,
    max: 23,
    advanced: true,
  },
  hours: {
    kind: 'integer',
    question: 'For how many hours may it wait until nobody is in a meeting?',
    description: 'hours for which taking over newer images may wait until nobody meets',
    default: 2,
    min: 1,
    max: 12,
    advanced: true,
  },
  ...pinFields,
} as const satisfies Fields;

/** What they are asked besides where the images come to the server through a registry. */
export const registryFields = {
  registry: {
    kind: 'registry',
    question: 'Where are the rebuilt images kept?',
    description: 'registry and path for the rebuilt images, such as ghcr.io/owner/name',
  },
  architectures: {
    kind: 'choices',
    question: 'Which processors are they built for?',
    description: 'processors that images are built for: amd64, arm64 or both',
    default: ['amd64'],
    advanced: true,
    options: [
      { value: 'amd64', label: 'Intel and AMD (amd64)' },
      { value: 'arm64', label: 'ARM (arm64)', hint: 'needs a machine with such a processor there' },
    ],
  },
  ...rebuildFields,
} as const satisfies Fields;

/** The answers about rebuilding, whichever feature asked for them. */
export interface Rebuilding {
  /** For example `ghcr.io/owner/name`; `localhost/NAME` where the images never leave the server. */
  readonly registry: string;
  /** The registry’s name and port. */
  readonly host: string;
  /** They are built on the server itself. */
  readonly here: boolean;
  readonly architectures: readonly string[];
  readonly level: string;
  /** The server takes over newer images by itself. */
  readonly refresh: boolean;
  /** Of the server’s day: from then on it takes over newer images. */
  readonly hour: number;
  /** For how many hours that may wait until nobody meets. */
  readonly hours: number;
}

/** @returns undefined where images are taken as their makers publish them */
export function rebuilding({
  name,
  rebuild,
}: Pick<Answers, 'name' | 'rebuild'>): Rebuilding | undefined {
  if (rebuild.by === 'none') return undefined;
  const here = rebuild.registry === undefined;
  const registry = here ? `localhost/${name}` : String(rebuild.registry);
  const [host = ''] = registry.split('/');
  return {
    registry,
    host,
    here,
    architectures: (rebuild.architectures ?? []) as readonly string[],
    level: String(rebuild.level),
    refresh: rebuild.refresh === true,
    hour: Number(rebuild.hour),
    hours: Number(rebuild.hours),
  };
}
