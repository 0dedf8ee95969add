import type { Diagnosis } from '../../doctor/examine.ts';
import type { CheckName, Finding } from '../../doctor/finding.ts';
import type { Terminal } from '../terminal.ts';
import { fitting, linesOf } from './fit.ts';
import { wrap } from './wrap.ts';

const titles: Readonly<Record<CheckName, string>> = {
  dns: 'DNS',
  addresses: 'Addresses of the bridge',
  ports: 'Ports',
  certificate: 'Certificate',
  page: 'Page',
  config: 'config.js',
  signalling: 'Signalling',
  relay: 'Relay',
  access: 'Who gets in',
  images: 'Images',
  media: 'Audio and video',
};

const places = {
  outside: 'from outside its network',
  lan: 'from its own network',
  server: 'from the server itself',
} as const;

const colours = { ok: 'green', wrong: 'red', 'not checked': 'yellow' } as const;

/**
 * The diagnosis for a person: one heading for each check, below it what was seen, why it matters and what to do. Where
 * there is no room for all of it, what is wrong comes before what is well.
 */
export function diagnosisText({ url, vantage, findings }: Diagnosis, terminal: Terminal): string {
  const { style, columns, lines } = terminal;
  const width = Math.min(columns, 100);
  const head = wrap(`${url}, seen ${places[vantage]}`, width).join('\n');
  const { ok, wrong, notChecked } = sums(findings);
  const sum = `${ok} ok, ${wrong} wrong, ${notChecked} not checked`;
  const end = wrong > 0 ? 'Start at the top: the first problem often causes the others.' : '';
  const foot = [style(wrong > 0 ? 'red' : 'green', sum), ...wrap(end, width)].filter(Boolean);
  const page = (blocks: readonly string[]) =>
    `${[head, ...blocks, foot.join('\n')].join('\n\n')}\n`;
  const all = page(blocksOf(findings, terminal));
  if (linesOf(all) <= lines) return all;
  const items = [...findings]
    .filter(({ outcome }) => outcome !== 'ok')
    .sort((one, other) => Number(other.outcome === 'wrong') - Number(one.outcome === 'wrong'))
    .map((one) => item(one, findings, terminal));
  const more = (rest: number) => `  … and ${rest} more: --details shows everything`;
  return page([fitting(items, lines - 7, more).join('\n')]);
}

/** Each check with all that it found. */
function blocksOf(findings: readonly Finding[], terminal: Terminal): string[] {
  const checks = [...new Set(findings.map(({ check }) => check))];
  return checks.map((check) => {
    const own = findings.filter((finding) => finding.check === check);
    const title = terminal.style('bold', titles[check]);
    return [title, ...own.map((one) => item(one, own, terminal))].join('\n');
  });
}

/** The diagnosis as one JSON document. */
export function diagnosisJson({ findings, ...about }: Diagnosis): string {
  return `${JSON.stringify({ ...about, ...sums(findings), findings }, null, 2)}\n`;
}

function sums(findings: readonly Finding[]) {
  const count = (outcome: Finding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).length;
  return { ok: count('ok'), wrong: count('wrong'), notChecked: count('not checked') };
}

function item(
  { subject, outcome, seen, why, fix, at }: Finding,
  others: readonly Finding[],
  { style, columns, unicode }: Terminal,
): string {
  // Addresses matter only where they differ.
  const differs = others.filter((other) => other.subject === subject).length > 1;
  const where = differs && at ? ` at ${at.join(', ')}` : '';
  const label = outcome.padEnd('not checked'.length);
  const indent = ' '.repeat(label.length + 4);
  const width = Math.min(columns, 100) - indent.length;
  const arrow = unicode ? '→' : '->';
  const lines = [
    ...wrap(`${subject}${where}: ${seen}`, width),
    ...(why ? wrap(why, width) : []),
    ...(fix ? wrap(`${arrow} ${fix}`, width) : []),
  ];
  return `  ${style(colours[outcome], label)}  ${lines.join(`\n${indent}`)}`;
}
