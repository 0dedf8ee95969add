import type { Drift } from '../../sync/index.ts';
import { listing } from './table.ts';

/** What an owner has made of the stack since it was generated. */
export interface DriftReport {
  /** Managed files with edits; updates keep them. */
  readonly edited: readonly string[];
  readonly missing: readonly string[];
  /** Managed files in whose place is something else. */
  readonly obstacles: readonly string[];
  /** `jitsi-stack.json` says what it said when the files were generated. */
  readonly answersAgree: boolean;
  readonly tool: string;
  readonly release: string;
}

export function driftReport({ files, tool, release }: Drift): DriftReport {
  const managed = files.filter(({ kind }) => kind === 'managed');
  const answers = managed.find(({ path }) => path === 'jitsi-stack.json');
  const paths = (condition: (typeof files)[number]['condition']) =>
    managed
      .filter((file) => file !== answers && file.condition === condition)
      .map(({ path }) => path);
  return {
    edited: paths('edited'),
    missing: paths('missing'),
    obstacles: paths('obstacle'),
    answersAgree: answers?.condition === 'as-generated',
    tool,
    release,
  };
}

/** The same for a person. */
export function driftText(drift: DriftReport, width: number): string {
  const { edited, missing, obstacles, answersAgree, tool, release } = drift;
  const rows: [string, readonly string[]][] = [
    ['Edited by you', edited],
    ['Deleted by you', missing],
    ['Replaced by you', obstacles],
  ];
  return listing(
    [
      ['Generated', `by create-jitsi-stack ${tool} for ${release}`],
      ['Answers', answersAgree ? 'as they were then' : 'changed since; the next run applies them'],
      ...rows
        .filter(([, paths]) => paths.length > 0)
        .map(([title, paths]): [string, string] => [title, paths.join(', ')]),
    ],
    width,
  );
}
