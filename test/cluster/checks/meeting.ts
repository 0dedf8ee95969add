import { ensure, same } from '../../lab/check.ts';
import { domain } from '../names.ts';
import { addAccount, pageAddress, signIn } from '../people.ts';
import type { ClusterCheck } from '../world.ts';

/** The page behind the service that the ingress names, and an account that the README's command makes. */
export const meeting: ClusterCheck = {
  name: 'page and account: through the service of the page',
  run: async (world) => {
    const { cluster, visitor } = world;
    const address = await pageAddress(cluster);
    const page = await visitor
      .does('http')
      .get(`http://${address}/`, { headers: { host: domain } });
    same(page.status, 200, 'the page');
    await addAccount(world, 'ada');
    const given = await signIn(world, 'ada');
    ensure(given.startsWith('ada@meet.jitsi/'), `prosody calls ada ${given}`);
    const wrong = await signIn(world, 'nobody').catch((error) => String(error));
    ensure(/not-authorized/.test(wrong), `somebody without an account: ${wrong}`);
    return 'the page, a login, and nobody without an account';
  },
};
