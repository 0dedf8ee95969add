import { type Decisions, portsOf } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The firewalls of this server, and the way in that none of them may close. */
export function firewallView(plan: Decisions) {
  const [way] = portsOf(plan).administration;
  if (!way) throw new Error('The port table has no row of the administration.');
  return {
    /** `nftables=firewall/nftables.nft=nftables.service`, with commas between several. */
    firewalls: words(
      plan.firewalls.map(({ name, rules = [], follows = [] }) =>
        [name, rules.join(','), follows.join(',')].join('='),
      ),
    ),
    sshPort: way.port,
    sshFrom: way.from,
  };
}
