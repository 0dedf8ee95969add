import { join } from 'node:path';
import { overrides } from '../adopt/read/file-names.ts';
import type { Problem } from '../errors.ts';
import { readableText } from '../readable-text.ts';
import { fixesSince } from './fixes-since.ts';

/** Images in a stack's compose files that are of before a known fix: of an update not yet made, or the owner's own pins. */
export function auditPins(directory: string): readonly Problem[] {
  return ['compose.yaml', ...overrides].flatMap((file) => {
    const seen = new Set<string>();
    const lines = readableText(join(directory, file))?.split('\n') ?? [];
    return lines.flatMap((line, index): Problem[] => {
      const [, image = ''] = /^\s*image:\s*(["']?)([^\s"'#]+)\1/.exec(line)?.slice(1) ?? [];
      const fixes = seen.has(image) ? [] : fixesSince(image);
      seen.add(image);
      const newest = fixes.at(-1);
      if (!newest) return [];
      const [tagged, digest] = image.split('@');
      // Docker goes by the digest and does not look at the version before it.
      const too = digest ? ' (with that one’s digest, or without)' : '';
      return [
        {
          where: `${file}, line ${index + 1}`,
          what: `${tagged} has weaknesses that its makers have mended since.`,
          why: `${fixes.map(({ what, since, source }) => `Mended in ${since}: ${what} (${source}).`).join(' ')}`,
          fix:
            file === 'compose.yaml'
              ? `npx create-jitsi-stack@latest brings a newer one; then run ./stack up on the server. Where the line is an edit of yours, name ${newest.since} or newer${too}.`
              : `Name ${newest.since} or newer there${too}, or take the line out; then run ./stack up on the server.`,
        },
      ];
    });
  });
}
