import type { Check, Result } from './check.ts';
import { attempt } from './process.ts';
import type { Lab } from './session.ts';
import type { Topology } from './world/world.ts';

/** The table at the end. */
export function table(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const rows = results.map(({ name, outcome, seconds, detail }) => {
    const [first = ''] = detail.split('\n');
    return `${name.padEnd(width)}  ${outcome.padEnd(7)}  ${seconds.toFixed(1).padStart(5)} s  ${first}`;
  });
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length;
  const sum = `${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run`;
  return [...rows, sum].join('\n');
}

/** What helps whoever has to find out why a check failed: the words, the logs, and how to see it again. */
export async function explain(
  lab: Lab,
  check: Check,
  { detail }: Result,
  topology: Topology,
): Promise<string> {
  const parts = [`✗ ${check.name}`, indent(detail)];
  for (const service of check.services) {
    const log = await lab.stack.logs(service).catch((error) => String(error));
    parts.push(
      `  the end of the log of ${service}:`,
      indent(log.split('\n').slice(-25).join('\n')),
    );
  }
  const kernel = await attempt('dmesg', ['--level', 'err,crit', '--notime']).catch(() => undefined);
  const killed = kernel?.stdout.split('\n').filter((line) => line.includes('oom')) ?? [];
  if (killed.length > 0) parts.push('  the kernel:', indent(killed.slice(-5).join('\n')));
  const world = topology === 'public' ? '' : ` --topology ${topology}`;
  parts.push(`  again: npm run lab --${world} '${check.name}'`);
  return parts.join('\n');
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
