import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { unable } from '../programs/needs.ts';
import type { Result } from './check.ts';
import { changed } from './checks/change.ts';
import { missingParts } from './possible.ts';
import { table } from './report.ts';
import { checksOf, type Round, runLab } from './run.ts';
import type { Topology } from './world/world.ts';

/** What depends on who listens on 443, or on the router. */
export const network = [
  'page through',
  'redirect',
  'unknown names',
  'XMPP over WebSocket',
  'TURN:',
  'client addresses',
  'ports:',
  'only TCP',
  'bridge:',
];

/** A round as a suite: each of its checks is a test. */
export interface RoundSuite {
  readonly title: string;
  readonly fill: (suite: Test) => void;
}

/** The rounds of one world, which follow each other there; the first suite that runs opens it. */
export async function labRounds(
  topology: Topology,
  rounds: readonly Round[],
): Promise<RoundSuite[]> {
  const missing = await missingParts();
  let results: readonly Result[] = [];
  const open = async () => {
    results = await runLab({ topology, rounds, narrate: console.log });
    console.log(`\n${table(results)}\n`);
  };
  return rounds.map((round, index) => ({
    title: `lab, ${topology}, ${round.edge}`,
    fill(suite) {
      const test = missing === undefined ? suite : unable(suite, missing);
      if (index === 0) test.before(open);
      const wanted = checksOf(round, topology).filter(({ needsOfficial }) => !needsOfficial);
      for (const { name } of index === 0 ? wanted : [changed, ...wanted]) {
        test(name, () => {
          const result = results.find((one) => one.edge === round.edge && one.name === name);
          assert.is(result?.outcome, 'passed', result?.detail ?? 'it did not run');
        });
      }
    },
  }));
}
