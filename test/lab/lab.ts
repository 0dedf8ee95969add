/**
 * Starts a generated stack on a Docker engine and uses it: `npm run lab -- [--topology nat] [--edge haproxy]… [--all] [--keep] [FILTER…]`.
 * Several edges follow each other on one server; `--edge all` is every one.
 * `--all` is the full run: every check with every edge in every world, which `npm test` has no time for.
 * `--keep` leaves it running after the checks until Ctrl-C and says how to get at it.
 */
import { parseArgs } from 'node:util';
import type { Result } from './check.ts';
import { edges } from './edges.ts';
import { table } from './report.ts';
import { runLab } from './run.ts';
import { type Lab, timed } from './session.ts';
import { topologies } from './world/world.ts';

const { values, positionals } = parseArgs({
  options: {
    topology: { type: 'string', default: 'public' },
    edge: { type: 'string', multiple: true, default: ['nginx'] },
    keep: { type: 'boolean' },
    all: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const worlds = topologies.filter((known) => values.all || known === values.topology);
if (worlds.length === 0) {
  console.error(`--topology is ${topologies.join(' or ')}, not ${values.topology}.`);
  process.exit(2);
}
const every = values.all || values.edge.includes('all');
const wanted = edges.filter((known) => every || values.edge.includes(known));
if (values.edge.some((name) => name !== 'all' && !edges.some((known) => known === name))) {
  console.error(`--edge is ${edges.join(', ')} or all, not ${values.edge.join(', ')}.`);
  process.exit(2);
}
const narrate = timed(console.error);
for (const topology of worlds) {
  const results = await runLab({
    topology,
    rounds: wanted.map((edge) => ({ edge, filters: positionals, all: values.all })),
    narrate,
    ...(values.keep && { linger }),
  }).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
  console.log(`\n${topology}\n${table(results)}`);
  if (results.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}

async function linger({ stack, engine, world }: Lab, seen: readonly Result[]): Promise<void> {
  const { DOCKER_HOST, DOCKER_CONFIG, PATH } = engine.environment;
  console.log(`\n${table(seen)}`);
  console.error(`\nStill running; Ctrl-C ends it.
  export DOCKER_HOST=${DOCKER_HOST} DOCKER_CONFIG=${DOCKER_CONFIG ?? ''} PATH=${PATH}
  cd ${stack.directory}
  ip netns exec ${world.internet.name} curl -vk ${stack.plan().url}/`);
  // A signal ends everything, this too.
  await new Promise(() => setInterval(() => {}, 60_000));
}
