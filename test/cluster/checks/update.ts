import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensure, same } from '../../lab/check.ts';
import { namespace } from '../names.ts';
import { answers } from '../owner.ts';
import { addAccount, applyAgain, signIn } from '../people.ts';
import { podsOf, settled } from '../workloads.ts';
import type { ClusterCheck, World } from '../world.ts';

/** The tool again with other answers, and its files over the cluster that runs. */
export const update: ClusterCheck = {
  name: 'update: other answers over the running cluster, with the secrets and accounts of before',
  run: async (world) => {
    const { owner, cluster } = world;
    await addAccount(world, 'grace');
    const before = await state(world);
    // Guests need no account of theirs now, and a color is the page's alone.
    const auth = { ...answers.auth, guests: 'knock' };
    const branding = { look: 'own', name: 'Ours', color: '#0f6cbd' };
    await owner.answer({ ...answers, auth, branding });
    await applyAgain(world);
    await settled(cluster);
    const after = await state(world);
    same(after.env, before.env, '.env');
    same(after.secrets, before.secrets, 'the secrets in the cluster');
    const replaced = Object.keys(after.pods).filter(
      (part) => after.pods[part] !== before.pods[part],
    );
    ensure(replaced.includes('web') && replaced.includes('prosody'), `replaced: ${replaced}`);
    ensure(!replaced.includes('jvb') && !replaced.includes('coturn'), `replaced: ${replaced}`);
    const given = await signIn(world, 'grace');
    ensure(given.startsWith('grace@meet.jitsi/'), `prosody calls grace ${given}`);
    return `replaced: ${replaced.join(', ')}; the same secrets, and an account of before signs in`;
  },
};

async function state({ owner, cluster }: World) {
  const { items } = await cluster.get<{
    items: { metadata: { name: string }; data: object }[];
  }>('secrets', '-n', namespace);
  const parts = ['web', 'prosody', 'jicofo', 'jvb', 'coturn', 'excalidraw'];
  const pods: Record<string, string> = {};
  for (const part of parts)
    pods[part] = (await podsOf(cluster, part))
      .map(({ id }) => id)
      .sort()
      .join(' ');
  return {
    env: readFileSync(path.join(owner.stack.directory, '.env'), 'utf8'),
    secrets: items.map(({ metadata, data }) => [metadata.name, data]),
    pods,
  };
}
