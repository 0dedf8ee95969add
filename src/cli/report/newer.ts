import type { NewerRelease, NotKnownYet } from '../../releases/index.ts';

/** That a release is out of which this tool knows no more than that, in one paragraph. */
export function notKnownYetText({ tag, month }: NotKnownYet): string {
  return `Jitsi ${tag} has been out since ${month}. This version of create-jitsi-stack does not know it yet: run npx create-jitsi-stack@latest from time to time, which says what it changes for you as soon as it does.`;
}

/** That a newer Jitsi is out, and how to see what it means here, in one paragraph. */
export function newerText(
  { tag, date, mends }: NewerRelease,
  own: { readonly tag: string; readonly date: string },
): string {
  const dated = (day: string | undefined) => (day ? ` of ${day}` : '');
  return [
    `A newer Jitsi is out: ${tag}${dated(date)}. This stack has ${own.tag}${dated(own.date)}.`,
    ...(mends.length > 0 ? [`It mends: ${mends.join(' ')}`] : []),
    `See what it changes for you: npx create-jitsi-stack@latest --release ${tag} --dry-run`,
  ].join(' ');
}
