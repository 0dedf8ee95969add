import { type Project, TextFile } from 'projen';
import type { Field, Fields } from '../src/answers/field.ts';
import { flagOf, type Section, sectionsOf } from '../src/answers/sections.ts';
import type { AnyBlueprint } from '../src/blueprint.ts';

/** Writes `docs/answers.md` from the same data that questions, flags and validation come from. */
export class AnswersPage extends TextFile {
  constructor(project: Project, features: readonly AnyBlueprint[]) {
    super(project, 'docs/answers.md', {
      marker: false,
      lines: [
        '# Answers',
        '',
        '<!-- Written by `npx projen` from src/answers and blueprints. -->',
        '',
        '`jitsi-stack.json` in a stack holds everything that was decided, and no secret. Edit it and run the tool again, or give',
        'the flag. Precedence: flag, `--answers` file, `jitsi-stack.json`, wizard, what was detected on the host, default.',
        '',
        'Comments (`// why`, `/* why */`) and a comma after the last of a list are allowed. An update writes the file anew, in its own order,',
        'and your comments come along: each stays with the answer that it stands above or beside, and where that answer is gone, at the end',
        'of its section.',
        '',
        'A new stack may begin with this file alone: put it into an empty folder and run the tool there. It asks for what is missing.',
        '',
        ...sectionsOf(features).flatMap(sectionLines),
        '## Settings',
        '',
        '`settings` takes any variable that the Jitsi images of the chosen release really read, by name; `--set settings.NAME=VALUE`.',
        '[All of them](settings.md); `npx create-jitsi-stack@latest settings [WORD]` finds those of your stack.',
        'Unknown, removed and misspelt names are refused with the right one, and those that nothing in this stack reads.',
        'A secret, or an address with a password in it, has the value `".env"` here: its own stands in `.env` as NAME=value, which git does not keep,',
        'and `compose.yaml` hands it on to the services that read it.',
        'So are those that decide who gets in, opens a room or moderates: the answers under `auth` do. [Who gets in](authentication.md)',
        '',
      ],
    });
  }
}

function sectionLines(section: Section): string[] {
  const { choice } = section;
  const lines = [`## ${section.title}`, '', ...tableLines(section, section.fields)];
  for (const [name, fields] of Object.entries(choice?.fields ?? {})) {
    const option = section.fields[choice?.key ?? '']?.options?.find(({ value }) => value === name);
    lines.push(`**\`${name}\`** — ${option?.label}${option?.hint ? `: ${option.hint}` : ''}.`, '');
    if (Object.keys(fields).length > 0) lines.push(...tableLines(section, fields));
  }
  if (!choice) lines.push(...optionLines(section.fields));
  return lines;
}

function tableLines(section: Section, fields: Fields): string[] {
  return [
    '| Answer | Flag | What it is | Default |',
    '| --- | --- | --- | --- |',
    ...Object.entries(fields).map(([name, field]) => {
      const path = section.id === '' ? name : `${section.id}.${name}`;
      return `| \`${path}\` | \`${flagOf(section, name)}\` | ${field.description} | ${defaultText(field)} |`;
    }),
    '',
  ];
}

function optionLines(fields: Fields): string[] {
  const options = Object.values(fields).flatMap((field) => field.options ?? []);
  const lines = options.map(
    ({ value, label, hint }) => `- **\`${value}\`** — ${label}${hint ? `: ${hint}` : ''}`,
  );
  return lines.length > 0 ? [...lines, ''] : [];
}

function defaultText({ default: value, optional }: Field): string {
  if (typeof value === 'function') return 'from other answers';
  if (value === undefined) return optional ? 'none' : 'asked for';
  return `\`${JSON.stringify(value)}\``;
}
