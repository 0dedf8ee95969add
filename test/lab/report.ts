import { type Check, type Result, typed } from './check.ts';
import { edgeServices } from './edges.ts';
import { attempt } from './process.ts';
import type { Lab } from './session.ts';
import type { Topology } from './world/world.ts';

/** A line of the table; lines of one edge stand below its name. */
export type Row = Omit<Result, 'edge'> & Partial<Pick<Result, 'edge'>>;

/** The table at the end. */
export function table(results: readonly Row[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const rows = results.map(({ edge, name, outcome, seconds, detail }, index) => {
    const [first = ''] = detail.split('\n');
    const title = edge === results[index - 1]?.edge ? '' : `${edge}\n`;
    return `${title}${name.padEnd(width)}  ${outcome.padEnd(7)}  ${seconds.toFixed(1).padStart(5)} s  ${first}`;
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
  for (const service of servicesOf(lab, check)) {
    const log = await lab.stack.logs(service).catch((error) => String(error));
    parts.push(
      `  the end of the log of ${service}:`,
      indent(log.split('\n').slice(-25).join('\n')),
    );
  }
  if (lab.edge === 'external') parts.push('  the owner’s proxy:', indent(lab.proxy.said()));
  const kernel = await attempt('dmesg', ['--level', 'err,crit', '--notime']).catch(() => undefined);
  const killed = kernel?.stdout.split('\n').filter((line) => line.includes('oom')) ?? [];
  if (killed.length > 0) parts.push('  the kernel:', indent(killed.slice(-5).join('\n')));
  const world = topology === 'public' ? '' : ` --topology ${topology}`;
  const edge = lab.edge === 'nginx' ? '' : ` --edge ${lab.edge}`;
  parts.push(`  again: npm run lab --${world}${edge} ${typed(check.name)}`);
  return parts.join('\n');
}

/** Those that this stack has. */
function servicesOf({ stack }: Lab, { services }: Check): string[] {
  const plan = stack.plan();
  return services
    .flatMap((name) => (name === 'edge' ? edgeServices(plan) : [name]))
    .filter((name) => plan.services.some((service) => service.name === name));
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
