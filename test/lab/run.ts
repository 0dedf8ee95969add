import { type Check, type Result, typed } from './check.ts';
import { issued } from './checks/acme.ts';
import { trustedPair } from './checks/certificates.ts';
import { changed } from './checks/change.ts';
import { checks } from './checks/index.ts';
import type { Edge } from './edges.ts';
import { explain } from './report.ts';
import { type Lab, type Narrate, openLab, startStack, Undo } from './session.ts';
import type { Topology } from './world/world.ts';

/** An edge, and what is proven about it. */
export interface Round {
  readonly edge: Edge;
  /** Parts of names of checks, as they are or as they are typed; all that speak of this edge when there is none. */
  readonly filters: readonly string[];
  /** Those that take long too, without being named. */
  readonly all?: boolean;
}

export interface LabOptions {
  readonly topology: Topology;
  /** One after the other on one server: its owner changes the answer, and the stack follows. */
  readonly rounds: readonly Round[];
  readonly narrate: Narrate;
  /** Called with the lab before it is torn down, for whoever wants to look around in it. */
  readonly linger?: (lab: Lab, results: readonly Result[]) => Promise<void>;
}

/** The checks of a round, in their order. */
export function checksOf({ edge, filters, all }: Round, topology: Topology): Check[] {
  return checks.filter(
    ({ name, topologies, edges, long }) =>
      (!topologies || topologies.includes(topology)) &&
      (!edges || edges.includes(edge)) &&
      (filters.length === 0
        ? all || !long
        : filters.some((part) => name.includes(part) || typed(name).includes(part))),
  );
}

/** Starts a stack in its world, runs the checks, and leaves nothing behind, whatever happens. */
export async function runLab(options: LabOptions): Promise<Result[]> {
  const { topology, narrate } = options;
  // A check that does not speak of an edge needs no round of it.
  const rounds = options.rounds.filter((round) => checksOf(round, topology).length > 0);
  const [first] = rounds;
  if (!first) throw new Error(`No check matches ${options.rounds[0]?.filters.join(' ')}.`);
  const undo = new Undo();
  const forget = endWith(undo);
  try {
    const began = Date.now();
    const more = rounds.flatMap((round) =>
      checksOf(round, topology).flatMap(({ images = [] }) => images),
    );
    let lab = await openLab(topology, first.edge, undo, narrate, more);
    undo.add(() => lab.stack.tryCompose(['down', '--volumes', '--timeout', '2']).then(() => {}));
    narrate('docker compose up -d');
    await startStack(lab).catch(async (error) => {
      const said = await lab.stack.tryCompose(['logs', '--no-color', '--tail', '30']);
      throw new Error(`${error.message}\n${said.stdout}`);
    });
    narrate(`healthy after ${seconds(began)} s in all`);
    const results: Result[] = [];
    for (const round of rounds) {
      lab = { ...lab, edge: round.edge };
      if (round !== first) {
        const result = await runCheck(lab, changed, options);
        results.push(result);
        if (result.outcome === 'failed') continue;
      }
      const wanted = checksOf(round, topology);
      // All others need a certificate that people trust.
      if (!wanted.includes(issued)) await trustedPair(lab);
      for (const check of wanted) results.push(await runCheck(lab, check, options));
    }
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
  const { edge } = lab;
  const { name, needsOfficial } = check;
  const was = (outcome: Result['outcome'], time: string, detail: string): Result => ({
    ...{ edge, name, outcome, seconds: Number(time), detail },
  });
  if (needsOfficial && !lab.official) return was('not run', '0', `stand-ins: ${needsOfficial}`);
  const lacks = check.lacks?.();
  if (lacks) {
    narrate(`✗ ${edge}: ${name}  not run: ${lacks}`);
    return was('not run', '0', lacks);
  }
  const began = Date.now();
  try {
    const detail = await check.run(lab);
    narrate(`✓ ${edge}: ${name}  ${seconds(began)} s  ${detail}`);
    return was('passed', seconds(began), detail);
  } catch (error) {
    const result = was(
      'failed',
      seconds(began),
      error instanceof Error ? error.message : String(error),
    );
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
