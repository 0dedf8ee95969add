import type { Change, kinds } from './change.ts';

const headings: Readonly<Record<(typeof kinds)[number], string>> = {
  breaking: 'To do after the update',
  feature: 'New',
  fix: 'Mended',
};

const heading = /^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$/m;

/** The newest version of a changelog; `0.0.0` before the first. */
export function newestVersion(changelog: string): string {
  return heading.exec(changelog)?.[1] ?? '0.0.0';
}

/**
 * The version after these changes, by semantic versioning. Before 1.0.0 something breaking raises the middle number, as
 * npm's ranges take it, and the first version of all is 0.1.0.
 */
export function nextVersion(current: string, changes: readonly Pick<Change, 'kind'>[]): string {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number);
  const has = (kind: Change['kind']) => changes.some((change) => change.kind === kind);
  if (current === '0.0.0') return '0.1.0';
  if (has('breaking') && major > 0) return `${major + 1}.0.0`;
  if (has('breaking') || has('feature')) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** A version's section: what has to be done first, then what is new, then what is mended. */
export function sectionOf(version: string, date: string, changes: readonly Change[]): string {
  const parts = Object.entries(headings).flatMap(([kind, title]) => {
    const list = changes.filter((change) => change.kind === kind);
    return list.length === 0 ? [] : [`### ${title}`, '', ...list.flatMap(entry), ''];
  });
  return [`## ${version} (${date})`, '', ...parts].join('\n');
}

function entry({ text, for: who, do: what }: Change): string[] {
  const lines = text.split('\n').map((line, i) => `${i === 0 ? '- ' : '  '}${line.trim()}`);
  return [...lines, `  For ${who}: ${what === 'nothing' ? 'nothing to do' : what}.`];
}

/**
 * The changelog with a section above all others. What stands under “Unreleased”, where entries went before each change
 * had its file, becomes the end of it.
 */
export function withSection(changelog: string, section: string): string {
  const [head = '', ...sections] = changelog.split(/^(?=## )/m);
  const title = '## Unreleased\n';
  const old = sections.filter((one) => one.startsWith(title));
  const rest = sections.filter((one) => !one.startsWith(title));
  const entries = old.map((one) => `\n\n### Before\n\n${one.slice(title.length).trim()}`);
  const made = `${section.trimEnd()}${entries.join('')}\n`;
  return [`${head.trimEnd()}\n`, made, ...rest].join('\n');
}

/** What the newest section says, without its heading. */
export function newestNotes(changelog: string): string {
  const start = heading.exec(changelog);
  if (!start) return '';
  const rest = changelog.slice(start.index + start[0].length);
  const end = rest.search(/^## /m);
  return `${(end === -1 ? rest : rest.slice(0, end)).trim()}\n`;
}
