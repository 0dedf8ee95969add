import { existsSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Check, Result } from './check.ts';
import { checks } from './checks/index.ts';
import { succeeds } from './process.ts';
import { table } from './report.ts';
import { runLab } from './run.ts';
import type { Topology } from './world/world.ts';

/** Behind the router, only what differs there. */
const worlds: readonly { readonly topology: Topology; readonly filters: readonly string[] }[] = [
  { topology: 'public', filters: [] },
  {
    topology: 'nat',
    filters: [
      'issued',
      'page',
      'redirect',
      'WebSocket',
      'TURN:',
      'client addresses',
      'ports',
      'firewall',
    ],
  },
];

/** Why the lab cannot run here; undefined when it can. */
async function missingParts(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a Docker engine of its own in network namespaces needs Linux and root';
  if (!existsSync('/usr/bin/apt-get'))
    return 'images are made of Debian packages, and there is no apt';
  if (!(await succeeds('unshare', ['--net', 'true'])))
    return 'network namespaces cannot be made here';
  return undefined;
}

const missing = await missingParts();
for (const { topology, filters } of worlds) {
  const test = suite(`lab, ${topology}`);
  const belongs = ({ name, topologies, needsOfficial }: Check) =>
    (!topologies || topologies.includes(topology)) &&
    !needsOfficial &&
    (filters.length === 0 || filters.some((part) => name.includes(part)));
  if (missing && process.env.CI !== 'true') console.error(`SKIPPED lab, ${topology}: ${missing}`);
  let results: readonly Result[] = [];
  test.before(async () => {
    if (missing) return;
    results = await runLab({ topology, filters, narrate: console.log });
    console.log(`\n${table(results)}\n`);
  });
  for (const { name } of checks.filter(belongs)) {
    const check = missing && process.env.CI !== 'true' ? test.skip : test;
    check(name, () => {
      assert.not(missing, `not run: ${missing}`);
      const result = results.find((one) => one.name === name);
      assert.is(result?.outcome, 'passed', result?.detail ?? 'it did not run');
    });
  }
  test.run();
}
