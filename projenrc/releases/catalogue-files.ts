import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseFacts } from '../../src/releases/facts.ts';
import { pack } from '../../src/releases/timeline.ts';
import { root } from '../maintain.ts';

const header = [
  '// Written by projenrc/releases/add.ts from the files of docker-jitsi-meet. Review it, do not edit it.',
  '// biome-ignore-all format: one fact a line',
];

/** The files of the catalogue that say what these releases are, oldest first; by their names in `src/releases`. */
function catalogueFiles(releases: readonly ReleaseFacts[]): Record<string, readonly string[]> {
  return {
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
}

/** Writes the catalogue. */
export function writeCatalogue(releases: readonly ReleaseFacts[]): void {
  for (const [name, lines] of Object.entries(catalogueFiles(releases)))
    writeFileSync(fileOf(name), textOf(lines));
}

/** The files of the catalogue that say something else than these releases. */
export function differing(releases: readonly ReleaseFacts[]): string[] {
  return Object.entries(catalogueFiles(releases))
    .filter(([name, lines]) => readFileSync(fileOf(name), 'utf8') !== textOf(lines))
    .map(([name]) => `src/releases/${name}`);
}

const fileOf = (name: string) => join(root, 'src/releases', name);
const textOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;
