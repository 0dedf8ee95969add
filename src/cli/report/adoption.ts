import type { Adoption } from '../../adopt/adoption.ts';
import type { Unplaced } from '../../adopt/findings.ts';
import { partiesOf } from '../../adopt/neighbours.ts';
import { filesOf } from '../../adopt/read/file-names.ts';
import type { Report } from '../stages.ts';
import type { Terminal } from '../terminal.ts';
import { answerList, settingsTaken, settingVersions, withoutKey } from './adoption-evidence.ts';
import { accountsLeft, adoptionSentences, counted } from './adoption-sentences.ts';
import type { Part } from './fit.ts';
import { listing } from './table.ts';
import { wrap } from './wrap.ts';

/** What the old installation is and has, as a small table. */
function oldTable({ installation, proposal }: Omit<Adoption, 'inPlace'>, width: number): string {
  const { kind, sign, compose, envFiles, places } = installation;
  const { release, secrets, takeover } = proposal;
  const files = [...envFiles, ...filesOf(compose)];
  const accounts = Object.entries(takeover.accounts);
  const what = kind === 'upstream' ? `docker-jitsi-meet: ${sign}` : 'a compose project of your own';
  const others = new Set(
    takeover.takes.filter(({ kind }) => kind !== 'data').map((take) => take.what),
  );
  const beside = partiesOf(installation).neighbours.map(({ name }) => name);
  const rows: (readonly [string, string])[] = [
    ['Old', what],
    ['Read', `${files.join(', ')}; nothing is executed, nothing there is changed`],
    [
      'Jitsi',
      release.why ? `${release.taken}: ${release.why}` : `${release.taken}, as it runs now`,
    ],
    ...(places.config ? [['Data', places.config.path] as const] : []),
    [
      'Accounts',
      accounts.map(([host, number]) => `${counted(number, 'account')} at ${host}`).join(', ') ||
        (accountsLeft(proposal) ?? 'none found'),
    ],
    ...(others.size > 0 ? [['Also', [...others].join(', ')] as const] : []),
    ['Secrets', [...secrets.keys()].join(', ') || 'none found'],
    ...(beside.length > 0
      ? [['Beside it', `${beside.join(', ')}: not Jitsi’s, so left alone`] as const]
      : []),
  ];
  return listing(rows, width);
}

/** What was found: in plain sentences, with the table and every answer that was read, or in a line. */
export function foundVersions(
  old: Omit<Adoption, 'inPlace'>,
  terminal: Pick<Terminal, 'style' | 'unicode'>,
  width: number,
): Part {
  const { release, takeover, inferred, settings } = old.proposal;
  const accounts = Object.values(takeover.accounts).reduce((sum, one) => sum + one, 0);
  const short = `Jitsi ${release.taken}: ${counted(accounts, 'account')}, ${counted(inferred.length, 'answer')}, ${counted(settings.size, 'setting')}.`;
  const answers = `${terminal.style('bold', 'Answers found there')}\n${answerList(old, terminal, width)}`;
  const sentences = adoptionSentences(old, width);
  return [
    `${sentences}\n\n${oldTable(old, width)}\n\n${answers}`,
    sentences,
    wrap(short, width).join('\n'),
  ];
}

/** All that was found and comes along: sentences, table, answers and settings, each with its file and line. */
export function allFound(
  old: Omit<Adoption, 'inPlace'>,
  unplaced: readonly Unplaced[],
  terminal: Pick<Terminal, 'style' | 'unicode'>,
  width: number,
): string {
  const [settings = ''] = settingVersions(old, unplaced, terminal, width);
  const title = terminal.style('bold', 'Settings taken over');
  return [
    foundVersions(old, terminal, width)[0],
    ...(settings ? [`${title}\n${settings}`] : []),
  ].join('\n\n');
}

/** What has no place in the stack: name, where it stands, why, and what could be done. */
export function unplacedList(
  unplaced: readonly Unplaced[],
  { style }: Pick<Terminal, 'style'>,
  width: number,
): string {
  return unplaced
    .map(({ name, value, evidence, what }) => {
      const head = `${style('bold', name)}${value === undefined ? '' : ` = ${value}`}`;
      const text = wrap(`${withoutKey(evidence)}: ${what}`, width - 4).map((line) => `    ${line}`);
      return [`  ${head}`, ...text].join('\n');
    })
    .join('\n');
}

/** What has no place in the stack: each with its reason, the names, or how many there are. */
export function unplacedVersions(
  unplaced: readonly Unplaced[],
  terminal: Pick<Terminal, 'style'>,
  width: number,
): Part {
  const names = unplaced.map(({ name }) => name).join(', ');
  return [
    unplacedList(unplaced, terminal, width),
    wrap(names, width - 2)
      .map((line) => `  ${line}`)
      .join('\n'),
    `${unplaced.length} things`,
  ];
}

/** What came over: each file, or what there was. */
export function takenVersions(report: Report): Part {
  const taken = takenText(report);
  if (taken === undefined) return [''];
  const what = (report.broughtOver?.brought ?? []).map(({ what }) => what);
  const names = report.secrets.taken.length > 0 ? ['secrets', ...what] : what;
  return [taken, names.join(', ')];
}

/** What came over from the old installation, in lines; undefined when nothing did. */
export function takenText({ secrets, broughtOver }: Report): string | undefined {
  const files = (broughtOver?.brought ?? []).map(
    ({ what, to, files: number }) =>
      `${what} → ${to}${number === 0 ? ' (nothing new)' : ` (${number} ${number === 1 ? 'file' : 'files'})`}`,
  );
  const names = secrets.taken.length > 0 ? [`secrets → .env: ${secrets.taken.join(', ')}`] : [];
  const lines = [...names, ...files];
  return lines.length === 0 ? undefined : lines.map((line) => `  ${line}`).join('\n');
}

/** The adoption as data; no value of a secret is in it. */
export function adoptionJson(
  { named, inPlace, installation, proposal }: Adoption,
  unplaced: readonly Unplaced[],
): Record<string, unknown> {
  const { release, inferred, secrets, takeover, notes } = proposal;
  return {
    from: named,
    inPlace,
    kind: installation.kind,
    release,
    inferred,
    settings: settingsTaken(proposal, unplaced),
    unplaced,
    secrets: [...secrets.keys()],
    neighbours: partiesOf(installation).neighbours.map(({ name }) => name),
    accounts: takeover.accounts,
    takes: takeover.takes,
    left: takeover.left,
    notes: [...notes, ...takeover.notes],
  };
}
