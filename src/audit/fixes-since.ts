import { type KnownFix, knownFixes } from './known-fixes.ts';

/** A fix that an image lacks, with the version that has it: of the image's own line where that got one. */
export type MissingFix = Omit<KnownFix, 'since'> & { readonly since: string };

/** @param reference an image with its tag, such as `docker.io/library/nginx:1.28.0@sha256:…`; one whose tag is a line, such as `1.28`, is its newest */
export function fixesSince(reference: string): readonly MissingFix[] {
  const [tagged = ''] = reference.split('@');
  const [, name = '', version = ''] = /^(.+):v?(\d+(?:\.\d+){2})\b[^/]*$/.exec(tagged) ?? [];
  const image = name.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '');
  return knownFixes
    .filter((fix) => fix.image === image)
    .map((fix) => ({ ...fix, since: forLine(version, fix.since) }))
    .filter(({ since }) => isOlder(version, since));
}

/** The version to compare with. A line that none stands for began before the oldest fix or after it. */
function forLine(version: string, since: KnownFix['since']): string {
  return since.find((fixed) => lineOf(fixed) === lineOf(version)) ?? since[0];
}

/** `1.30` of `1.30.5`. */
function lineOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Both have three numbers. Every run asks, and the collator of a language takes longer to start than the rest of it. */
function isOlder(version: string, than: string): boolean {
  const theirs = than.split('.').map(Number);
  const differences = version
    .split('.')
    .map((number, index) => Number(number) - (theirs[index] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) < 0;
}
