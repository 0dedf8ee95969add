/**
 * Adds releases to the catalogue, or reads them again:
 *
 *     npx tsx projenrc/releases/add.ts CHECKOUT TAG...
 *
 * CHECKOUT is a clone of docker-jitsi-meet that has the tags. Review the diff of `src/releases/data.ts`, then describe
 * what operators have to do in `src/releases/changes`.
 */
import { writeFileSync } from 'node:fs';
import { timeline } from '../../src/releases/data.ts';
import type { ReleaseFacts } from '../../src/releases/facts.ts';
import { releaseDates } from '../../src/releases/list.ts';
import { readRelease } from '../../src/releases/read/release.ts';
import { compareTags } from '../../src/releases/tags.ts';
import { pack, unpack } from '../../src/releases/timeline.ts';
import { commitOf, gitTree } from './git-tree.ts';

const [checkout, ...wanted] = process.argv.slice(2);
if (checkout === undefined || wanted.length === 0) {
  console.error('usage: npx tsx projenrc/releases/add.ts CHECKOUT TAG...');
  process.exit(2);
}

const known = Object.keys(releaseDates);
const kept = known.filter((tag) => !wanted.includes(tag));
const releases: ReleaseFacts[] = [
  ...kept.map((tag) => unpack(timeline, known, tag)),
  ...wanted.map((tag) => readRelease(gitTree(checkout, tag), { tag, ...commitOf(checkout, tag) })),
].sort((a, b) => compareTags(a.tag, b.tag));

const header = [
  '// Written by projenrc/releases/add.ts from the files of docker-jitsi-meet. Review it, do not edit it.',
  '// biome-ignore-all format: one fact a line',
  "// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose's own placeholders",
];
write('list.ts', [
  ...header,
  '/** Every release of the catalogue with its day, oldest first. */',
  'export const releaseDates: Readonly<Record<string, string>> = {',
  ...releases.map(({ tag, date }) => `  '${tag}': '${date}',`),
  '};',
]);
write('data.ts', [
  ...header,
  "import type { Timeline } from './timeline.ts';",
  '',
  'export const timeline: Timeline = {',
  ...Object.entries(pack(releases)).map(
    ([path, runs]) => `  ${JSON.stringify(path)}: ${JSON.stringify(runs)},`,
  ),
  '};',
]);
console.error(`${releases.length} releases, newest ${releases.at(-1)?.tag}`);

function write(file: string, lines: readonly string[]): void {
  writeFileSync(new URL(`../../src/releases/${file}`, import.meta.url), `${lines.join('\n')}\n`);
}
