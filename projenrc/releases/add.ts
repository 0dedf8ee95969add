/**
 * Adds releases to the catalogue, or reads them again, or says whether the catalogue still says what the files say:
 *
 *     npx tsx projenrc/releases/add.ts CHECKOUT TAG...
 *     npx tsx projenrc/releases/add.ts --check CHECKOUT
 *
 * CHECKOUT is a clone of docker-jitsi-meet that has the tags. Review the diff of `src/releases/data.ts`, then describe
 * in `src/releases/changes/notable.ts` and `src/releases/avoid.ts` what operators must know and no list shows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { timeline } from '../../src/releases/data.ts';
import type { ReleaseFacts } from '../../src/releases/facts.ts';
import { releaseDates } from '../../src/releases/list.ts';
import { withClone } from '../../src/releases/read/clone.ts';
import { readRelease } from '../../src/releases/read/release.ts';
import { compareTags } from '../../src/releases/tags.ts';
import { pack, unpack } from '../../src/releases/timeline.ts';

const check = process.argv.includes('--check');
const [checkout, ...named] = process.argv.slice(2).filter((argument) => argument !== '--check');
const known = Object.keys(releaseDates);
const wanted = check ? known : named;
if (checkout === undefined || wanted.length === 0) {
  console.error('usage: npx tsx projenrc/releases/add.ts [--check] CHECKOUT TAG...');
  process.exit(2);
}

function readTag(from: string, tag: string): ReleaseFacts {
  return withClone(from, (clone) => {
    const commit = clone.commitOf(`refs/tags/${tag}`);
    if (commit === undefined) throw new Error(`${from} has no tag ${tag}.`);
    return readRelease(clone.treeOf(commit), { tag, commit, date: clone.dateOf(commit) });
  });
}

const releases: ReleaseFacts[] = [
  ...known.filter((tag) => !wanted.includes(tag)).map((tag) => unpack(timeline, known, tag)),
  ...wanted.map((tag) => readTag(checkout, tag)),
].sort((a, b) => compareTags(a.tag, b.tag));

const header = [
  '// Written by projenrc/releases/add.ts from the files of docker-jitsi-meet. Review it, do not edit it.',
  '// biome-ignore-all format: one fact a line',
];
const files = {
  'list.ts': [
    ...header,
    '/** Every release of the catalogue with its day, oldest first. */',
    'export const releaseDates: Readonly<Record<string, string>> = {',
    ...releases.map(({ tag, date }) => `  '${tag}': '${date}',`),
    '};',
  ],
  'data.ts': [
    ...header,
    "// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose's own placeholders",
    "import type { Timeline } from './timeline.ts';",
    '',
    'export const timeline: Timeline = {',
    ...Object.entries(pack(releases)).map(
      ([path, runs]) => `  ${JSON.stringify(path)}: ${JSON.stringify(runs)},`,
    ),
    '};',
  ],
};

for (const [name, lines] of Object.entries(files)) {
  const file = new URL(`../../src/releases/${name}`, import.meta.url);
  const text = `${lines.join('\n')}\n`;
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`src/releases/${name} does not say what ${checkout} says`);
    process.exitCode = 1;
  }
}
console.error(
  `${check ? 'compared' : 'wrote'} ${wanted.length} of ${releases.length} releases, the newest is ${releases.at(-1)?.tag}`,
);
