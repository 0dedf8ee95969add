import { ensure } from '../../lab/check.ts';
import { run } from '../../lab/process.ts';
import { domain, namespace } from '../names.ts';
import { objectsOf } from '../owner.ts';
import { podsOf, settled } from '../workloads.ts';
import { type ClusterCheck, type } from '../world.ts';

/** The steps of the README, as they stand there, until everything runs. */
export const install: ClusterCheck = {
  name: 'install: the steps of the README, until all pods are ready',
  run: async (world) => {
    const { cluster, owner } = world;
    await bringCertificate(owner.stack.directory);
    for (const command of owner.commands()) await type(world, command);
    const objects = objectsOf(await owner.render());
    for (const { kind, metadata } of objects)
      await cluster.run(['kubectl', 'get', '-n', namespace, kind, metadata.name]);
    const pods = await settled(cluster, 600);
    const bridges = await podsOf(cluster, 'jvb');
    ensure(new Set(bridges.map(({ node }) => node)).size === 2, 'two bridges are on one node');
    return `${objects.length} objects, ${pods.length} pods, a bridge on each node`;
  },
};

/** The owner's certificate, by the names that the README has for its files. */
export async function bringCertificate(directory: string): Promise<void> {
  const names = `subjectAltName=DNS:${domain},DNS:turn.${domain}`;
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-days', '2', '-subj', `/CN=${domain}`, '-addext', names],
    ...['-out', `${directory}/FULLCHAIN.pem`, '-keyout', `${directory}/PRIVKEY.pem`],
  ]);
}
