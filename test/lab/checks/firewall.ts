import { type Check, same } from '../check.ts';
import { hostFirewall } from '../host-firewall.ts';
import type { Lab } from '../session.ts';
import { scan } from './ports.ts';
import { amongStrangers, detours, ssh, strange } from './strangers.ts';

/** The generated firewall closes what is not in the port table, and leaves open what is. */
export const firewall: Check = {
  name: 'firewall: strangers closed, also after dockerd restarted',
  services: ['edge', 'coturn'],
  async run(lab) {
    const { world } = lab;
    try {
      await amongStrangers(lab, () => trial(lab));
    } finally {
      await world.server.attempt(['nft', 'delete', 'table', 'inet', 'jitsi_stack']);
    }
    return 'open without it, and again without confirmation; closed with it, published and host ports, IPv4 and IPv6, TCP and UDP; SSH stays';
  },
};

async function trial(lab: Lab): Promise<void> {
  const { world, stack, engine } = lab;
  const own = hostFirewall(lab, 'nftables');
  // A router would hide what is open on a server behind it.
  const near = world.topology === 'nat';
  await own.call(['apply', '--yes'], 1);
  await own.undone();
  await scan(lab, { ...strange, near });
  await own.install();
  await scan(lab, { ...ssh, near });
  same(await detours(lab), [], 'what a neighbour’s route leads to');
  await engine.restart();
  await stack.healthy();
  await scan(lab, { ...ssh, near });
  await own.call(['remove', '--yes']);
  await scan(lab, { ...strange, near });
}
