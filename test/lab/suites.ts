import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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
  'two pages',
  'only TCP',
];

/** A suite for each round, one after the other in one world; each check is a test. */
export async function labSuites(topology: Topology, rounds: readonly Round[]): Promise<void> {
  const missing = await missingParts();
  if (missing && process.env.CI !== 'true') console.error(`SKIPPED lab, ${topology}: ${missing}`);
  let results: readonly Result[] = [];
  for (const [index, round] of rounds.entries()) {
    const test = suite(`lab, ${topology}, ${round.edge}`);
    if (index === 0) {
      test.before(async () => {
        if (missing) return;
        results = await runLab({ topology, rounds, narrate: console.log });
        console.log(`\n${table(results)}\n`);
      });
    }
    const wanted = checksOf(round, topology).filter(({ needsOfficial }) => !needsOfficial);
    for (const { name } of index === 0 ? wanted : [changed, ...wanted]) {
      const check = missing && process.env.CI !== 'true' ? test.skip : test;
      check(name, () => {
        assert.not(missing, `not run: ${missing}`);
        const result = results.find((one) => one.edge === round.edge && one.name === name);
        assert.is(result?.outcome, 'passed', result?.detail ?? 'it did not run');
      });
    }
    test.run();
  }
}
