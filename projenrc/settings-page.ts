import { type Project, TextFile } from 'projen';
import { isSwitchedOn, knownSettings, loadRelease, newestRelease } from '../src/releases/index.ts';

const release = await loadRelease(newestRelease);

/** Writes `docs/settings.md`: every setting of the newest release. */
export class SettingsPage extends TextFile {
  constructor(project: Project) {
    const settings = knownSettings(release);
    const row = ({ name, kind, default: value, about, services }: (typeof settings)[number]) =>
      `| \`${name}\` | ${about ?? ''} | ${kind === 'text' ? 'text' : 'true, false'} | ${shown(value, kind)} | ${services.join(', ')} |`;
    const head = [
      '| Setting | What it does | Kind | Usually | Read by |',
      '| --- | --- | --- | --- | --- |',
    ];
    super(project, 'docs/settings.md', {
      marker: false,
      lines: [
        '# Settings of Jitsi',
        '',
        '<!-- Written by `npx projen` from src/releases. -->',
        '',
        `What \`settings\` in \`jitsi-stack.json\` takes with \`${newestRelease}\`, the newest release that this version knows. For your own stack and its`,
        'release, `npx create-jitsi-stack@latest settings [WORD]` in its folder lists what can be set there, without what its other answers decide.',
        'Editors offer the names when they know the schema that the file names.',
        '',
        '## What people ask for',
        '',
        ...head,
        ...settings.filter(({ about }) => about).map(row),
        '',
        '## All others',
        '',
        ...head,
        ...settings.filter(({ about }) => !about).map(row),
        '',
      ],
    });
  }
}

function shown(value: string | undefined, kind: string): string {
  if (value === undefined) return '';
  if (kind !== 'text') return String(isSwitchedOn(value));
  return `\`${value.replaceAll('|', '\\|')}\``;
}
