/**
 * Starts a Kubernetes cluster of two nodes on this machine, installs a stack in it, and uses it: `npm run cluster -- [--keep] [FILTER…]`.
 * `LAB_CHART` names a clone of the chart; without one, workloads of the same names and labels stand in for what it makes.
 * `CLUSTER_BUDGET` is how many minutes its programs may take to build, the first time (60).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { typed } from '../lab/check.ts';
import { type Row, table } from '../lab/report.ts';
import { timed, Undo } from '../lab/session.ts';
import { seat } from '../lab/world/person.ts';
import { again } from './checks/again.ts';
import { drain } from './checks/drain.ts';
import { install } from './checks/install.ts';
import { media } from './checks/media.ts';
import { meeting } from './checks/meeting.ts';
import { move } from './checks/move.ts';
import { objects } from './checks/objects.ts';
import { policies } from './checks/policies.ts';
import { rollout } from './checks/rollout.ts';
import { update } from './checks/update.ts';
import { startCluster } from './cluster.ts';
import { imageArchive } from './images.ts';
import { answers, imagesIn, openOwner } from './owner.ts';
import { findPrograms } from './programs.ts';
import { storageOn } from './storage.ts';
import type { ClusterCheck, World } from './world.ts';

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const checks = [objects, again, meeting, media, policies, rollout, drain, update, move];
const narrate = timed(console.error);
const undo = new Undo();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => undo.all().then(() => process.exit(130)));

try {
  const world = await open();
  const results = [await tried(install, world)];
  if (results[0]?.outcome === 'passed')
    for (const check of checks.filter(wanted)) results.push(await tried(check, world));
  console.log(`\n${table(results)}`);
  if (results.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
  if (values.keep) await linger(world);
} finally {
  await undo.all();
}

function wanted({ name }: ClusterCheck): boolean {
  return positionals.length === 0 || positionals.some((one) => typed(name).includes(typed(one)));
}

async function open(): Promise<World> {
  const chart = process.env.LAB_CHART || undefined;
  narrate('programs; the first time this takes long');
  const minutes = Number(process.env.CLUSTER_BUDGET || 60);
  const programs = await findPrograms(minutes, chart !== undefined).catch((error) => {
    console.error(`\nNOTHING WAS TRIED: the cluster cannot be built here.\n${error.message}`);
    process.exit(2);
  });
  const scratch = mkdtempSync(path.join(tmpdir(), 'cluster-'));
  undo.add(() => rmSync(scratch, { recursive: true, force: true }));
  narrate('create-jitsi-stack');
  const env = { ...process.env, PATH: [...programs.path, process.env.PATH].join(':') };
  const owner = openOwner(path.join(scratch, 'meet'), env, chart);
  await owner.answer(answers);
  narrate('images');
  const images = await imageArchive(imagesIn(await owner.render()), programs.busybox);
  narrate('the cluster');
  const cluster = await startCluster(programs, images);
  undo.add(cluster.stop);
  const [node] = cluster.machines.nodes;
  if (!node) throw new Error('there is no node');
  const storage = storageOn(node, path.join(scratch, 'volumes'));
  await cluster.run(['kubectl', 'apply', '--server-side', '-f', '-'], {
    input: storage.map((one) => JSON.stringify(one)).join('\n---\n'),
  });
  const sit = (at: typeof node.at) => {
    const person = seat(at, '/etc/ssl/certs/ca-certificates.crt');
    undo.add(person.leave);
    return person;
  };
  const people = { visitor: sit(node.at), stranger: sit(cluster.machines.outside.at) };
  return { cluster, owner, ...people, chart, scratch };
}

async function tried(check: ClusterCheck, world: World): Promise<Row> {
  const { name } = check;
  const lack = check.lacks?.(world);
  const began = Date.now();
  const result = (outcome: Row['outcome'], detail: string): Row => {
    const seconds = (Date.now() - began) / 1000;
    narrate(`${outcome}  ${name}${outcome === 'passed' ? '' : `\n${detail}`}`);
    return { name, outcome, seconds, detail };
  };
  if (lack !== undefined) return result('not run', lack);
  try {
    return result('passed', await check.run(world));
  } catch (error) {
    return result('failed', error instanceof Error ? error.message : String(error));
  }
}

async function linger({ cluster }: World): Promise<void> {
  const { KUBECONFIG, PATH } = cluster.env;
  const { name } = cluster.machines.control.at;
  console.error(`\nStill running; Ctrl-C ends it.
  export KUBECONFIG=${KUBECONFIG} PATH=${PATH}
  nsenter --net=/run/netns/${name} kubectl get pods -A`);
  await new Promise(() => setInterval(() => {}, 60_000));
}
