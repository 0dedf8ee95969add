import type { NewerRelease, NotKnownYet } from '../../releases/index.ts';
import type { Part } from './fit.ts';
import { program } from './program.ts';

/** That a release is out of which this tool knows no more than that: in a paragraph, and in a line. */
export function notKnownYetVersions(release: NotKnownYet): Part {
  return [
    notKnownYetText(release),
    `Jitsi ${release.tag} is out, but this version does not know it yet.`,
  ];
}

function notKnownYetText({ tag, month }: NotKnownYet): string {
  return `Jitsi ${tag} has been out since ${month}. This version of create-jitsi-stack does not know it yet: run npx create-jitsi-stack@latest from time to time, which says what it changes for you as soon as it does.`;
}

/** That a newer Jitsi is out, and how to see what it means here: in a paragraph, and in a line or two. */
export function newerVersions(release: NewerRelease, own: Dated): Part {
  return [
    newerText(release, own),
    `A newer Jitsi is out; what it changes here: ${program} --release ${release.tag} --dry-run`,
  ];
}

interface Dated {
  readonly tag: string;
  readonly date: string;
}

function newerText({ tag, date, mends }: NewerRelease, own: Dated): string {
  const dated = (day: string | undefined) => (day ? ` of ${day}` : '');
  return [
    `A newer Jitsi is out: ${tag}${dated(date)}. This stack has ${own.tag}${dated(own.date)}.`,
    ...(mends.length > 0 ? [`It mends: ${mends.join(' ')}`] : []),
    `See what it changes for you: ${program} --release ${tag} --dry-run`,
  ].join(' ');
}
