import type { Check, Result } from './check.ts';
import { issued } from './checks/acme.ts';
import { checks } from './checks/index.ts';
import { explain } from './report.ts';
import { type Lab, type Narrate, openLab, startStack, Undo } from './session.ts';
import type { Topology } from './world/world.ts';

export interface LabOptions {
  readonly topology: Topology;
  /** Parts of names of checks; all run when there is none. */
  readonly filters: readonly string[];
  readonly narrate: Narrate;
  /** Called with the lab before it is torn down, for whoever wants to look around in it. */
  readonly linger?: (lab: Lab, results: readonly Result[]) => Promise<void>;
}

/** Starts a stack in its world, runs the checks, and leaves nothing behind, whatever happens. */
export async function runLab(options: LabOptions): Promise<Result[]> {
  const { topology, filters, narrate } = options;
  const wanted = checks.filter(
    ({ name, topologies }) =>
      (!topologies || topologies.includes(topology)) &&
      (filters.length === 0 || filters.some((part) => name.includes(part))),
  );
  if (wanted.length === 0) throw new Error(`No check matches ${filters.join(' ')}.`);
  const undo = new Undo();
  const forget = endWith(undo);
  try {
    const began = Date.now();
    const lab = await openLab(topology, undo, narrate);
    undo.add(() => lab.stack.tryCompose(['down', '--volumes', '--timeout', '2']).then(() => {}));
    narrate('docker compose up -d');
    await startStack(lab).catch(async (error) => {
      const said = await lab.stack.tryCompose(['logs', '--no-color', '--tail', '30']);
      throw new Error(`${error.message}\n${said.stdout}`);
    });
    narrate(`healthy after ${seconds(began)} s in all`);
    // All others need a certificate that people trust.
    if (!wanted.includes(issued)) await issued.run(lab);
    const results: Result[] = [];
    for (const check of wanted) results.push(await runCheck(lab, check, options));
    await options.linger?.(lab, results);
    return results;
  } finally {
    narrate('tidying up');
    await undo.all();
    forget();
  }
}

async function runCheck(
  lab: Lab,
  check: Check,
  { narrate, topology }: LabOptions,
): Promise<Result> {
  const { name, needsOfficial } = check;
  if (needsOfficial && !lab.official)
    return { name, outcome: 'not run', seconds: 0, detail: `stand-ins: ${needsOfficial}` };
  const began = Date.now();
  try {
    const detail = await check.run(lab);
    narrate(`✓ ${name}  ${seconds(began)} s  ${detail}`);
    return { name, outcome: 'passed', seconds: Number(seconds(began)), detail };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const result = { name, outcome: 'failed', seconds: Number(seconds(began)), detail } as const;
    narrate(await explain(lab, check, result, topology));
    return result;
  }
}

/** A lab that is interrupted takes everything down first, then ends as whoever interrupted it expects. */
function endWith(undo: Undo): () => void {
  const end = (signal: NodeJS.Signals) => {
    forget();
    console.error(`\n${signal}: tidying up`);
    undo.all().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const forget = () => {
    for (const signal of signals) process.off(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  return forget;
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
