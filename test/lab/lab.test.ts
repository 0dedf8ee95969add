import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Result } from './check.ts';
import { changed } from './checks/change.ts';
import { missingParts } from './possible.ts';
import { table } from './report.ts';
import { checksOf, type Round, runLab } from './run.ts';
import type { Topology } from './world/world.ts';

/** What depends on who listens on 443, or on the router. */
const network = [
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
const restarts = 'edge: killed';
const script = './stack up, status';

/** Everything once; with the other edges, and behind the router, what differs there. */
const worlds: Readonly<Record<Topology, readonly Round[]>> = {
  public: [
    { edge: 'nginx', filters: [] },
    { edge: 'nginx-share443', filters: network },
    { edge: 'haproxy', filters: [...network, script, restarts] },
    { edge: 'haproxy-go-mmproxy', filters: [...network, 'stand-ins', script, restarts] },
    { edge: 'external', filters: [...network, script, 'certificates:', 'backup'] },
  ],
  nat: [
    { edge: 'nginx', filters: [...network, 'issued', 'firewall'] },
    { edge: 'nginx-share443', filters: network },
    { edge: 'haproxy', filters: network },
    { edge: 'haproxy-go-mmproxy', filters: network },
    { edge: 'external', filters: network },
  ],
};

const missing = await missingParts();
const results = new Map<Topology, readonly Result[]>();
const all = (Object.entries(worlds) as [Topology, readonly Round[]][]).flatMap(
  ([topology, rounds]) => rounds.map((round, index) => ({ topology, rounds, round, index })),
);
for (const { topology, rounds, round, index } of all) {
  const test = suite(`lab, ${topology}, ${round.edge}`);
  if (index === 0) {
    if (missing && process.env.CI !== 'true') console.error(`SKIPPED lab, ${topology}: ${missing}`);
    test.before(async () => {
      if (missing) return;
      results.set(topology, await runLab({ topology, rounds, narrate: console.log }));
      console.log(`\n${table(results.get(topology) ?? [])}\n`);
    });
  }
  const wanted = checksOf(round, topology).filter(({ needsOfficial }) => !needsOfficial);
  for (const { name } of index === 0 ? wanted : [changed, ...wanted]) {
    const check = missing && process.env.CI !== 'true' ? test.skip : test;
    check(name, () => {
      assert.not(missing, `not run: ${missing}`);
      const seen = results.get(topology) ?? [];
      const result = seen.find((one) => one.edge === round.edge && one.name === name);
      assert.is(result?.outcome, 'passed', result?.detail ?? 'it did not run');
    });
  }
  test.run();
}
