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
      return [
        {
          where: `${file}, line ${index + 1}`,
          what: `${image} has weaknesses that its makers have mended since.`,
          why: `${fixes.map(({ what, since, source }) => `Mended in ${since}: ${what} (${source}).`).join(' ')}`,
          fix:
            file === 'compose.yaml'
              ? `npx create-jitsi-stack@latest brings a newer one; then run ./stack up on the server. Where the line is an edit of yours, name ${newest.since} or newer.`
              : `Name ${newest.since} or newer there, or take the line out; then run ./stack up on the server.`,
        },
      ];
    });
  });
}
