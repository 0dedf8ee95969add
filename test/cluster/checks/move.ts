import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensure } from '../../lab/check.ts';
import { startEngine, stopEngine } from '../../lab/engine.ts';
import { buildImages } from '../../lab/images.ts';
import { run, until } from '../../lab/process.ts';
import { openStack, type Stack } from '../../lab/stack.ts';
import { createNamespace } from '../../lab/world/namespace.ts';
import { domain, namespace } from '../names.ts';
import { answers, openOwner } from '../owner.ts';
import { password, signIn } from '../people.ts';
import { podOf, settled } from '../workloads.ts';
import { type ClusterCheck, type, type World } from '../world.ts';
import { bringCertificate } from './install.ts';

/** From one machine to the cluster, by the recipe of the README: what people had there works here. */
export const move: ClusterCheck = {
  name: 'move: accounts of a server with Docker Compose sign in in the cluster',
  run: async (world) => {
    await remove(world);
    const { cluster, scratch } = world;
    const server = await createNamespace('cluster-server');
    const engine = await startEngine({ namespace: server.name });
    try {
      const here = path.join(scratch, 'server');
      const stack = openStack(here, () => engine.environment);
      const network = { exposure: 'public', publicAddresses: ['11.9.0.3'] };
      const certificates = { source: 'self-signed' };
      const turn = { mode: 'none' };
      await stack.generate({ domain, network, certificates, turn, auth: answers.auth });
      await buildImages(
        engine,
        stack.plan().services.map(({ image }) => image),
      );
      await stack.script(['up']);
      await stack.healthy(300);
      const typed = { input: `${password}\n${password}\n` };
      await stack.script(['user', 'add', 'hedy'], typed);

      // The owner's own computer has a clone, and the secrets of the server.
      const there = path.join(scratch, 'moved');
      await run('git', ['clone', '--quiet', here, there]);
      cpSync(path.join(here, '.env'), path.join(there, '.env'));
      const owner = openOwner(there, cluster.env, world.chart);
      await owner.answer({ ...answers, turn });
      const moved = { ...world, owner };
      // The server follows: compose.yaml is not there any more, and what runs goes on.
      await run('git', ['-C', here, 'pull', '--quiet', there, 'HEAD']);
      const [pack = '', bring = ''] = recipeIn(readFileSync(path.join(there, 'README.md'), 'utf8'));
      await run('sh', ['-ec', pack], { cwd: here, env: asRoot(scratch, engine.environment) });
      cpSync(path.join(here, 'accounts.tgz'), path.join(there, 'accounts.tgz'));

      await bringCertificate(there);
      for (const command of owner.commands()) await type(moved, command);
      await settled(cluster, 600);
      const before = await podOf(cluster, 'prosody');
      await type(moved, bring);
      await until('prosody is another one', 180, async () => {
        const pod = await podOf(cluster, 'prosody').catch(() => before);
        return pod.id !== before.id && pod.ready;
      });
      const pods = await settled(cluster);
      const given = await signIn(moved, 'hedy');
      ensure(given.startsWith('hedy@meet.jitsi/'), `prosody calls hedy ${given}`);
      await down(stack);
      return `hedy’s account of the server signs in; ${pods.length} pods with the secrets of before`;
    } finally {
      await stopEngine(engine);
      await server.remove();
    }
  },
};

/** The lab is root already, and a small machine has no sudo. */
function asRoot(scratch: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = path.join(scratch, 'bin');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'sudo'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  return { ...env, PATH: `${folder}:${env.PATH}` };
}

/** The first stack goes as its README says. */
async function remove(world: World): Promise<void> {
  const { owner, cluster } = world;
  const readme = readFileSync(path.join(owner.stack.directory, 'README.md'), 'utf8');
  const [command = ''] = blocksIn(readme, 'Removing it');
  await type(world, command);
  await cluster.run(['kubectl', 'delete', 'namespace', namespace], { seconds: 300 });
}

/** What still runs at the server is ended as the README says; there is no compose file. */
async function down({ plan, docker }: Stack): Promise<void> {
  await docker(['compose', '-p', plan().answers.name, 'down']);
  const left = await docker(['ps', '--quiet']);
  ensure(left.trim() === '', 'something still runs at the server');
}

function recipeIn(readme: string): readonly string[] {
  const blocks = blocksIn(readme, 'Moving accounts from a server');
  ensure(blocks.length === 2, `the recipe has ${blocks.length} parts`);
  return blocks;
}

/** The commands of a section, block by block. */
function blocksIn(readme: string, title: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}
