import type { Contribution } from './blueprint.ts';
import type { OwnFirewall } from './own-firewall.ts';

/** What is to be done once, whichever firewalls of the server were chosen. */
export function loadFirewall(firewalls: readonly OwnFirewall[]): Pick<Contribution, 'steps'> {
  if (firewalls.length === 0) return {};
  const names = firewalls.map(({ name }) => name).join(' and ');
  return {
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        title: 'Load the firewall',
        detail: `It shows the rules for ${names} and asks. A minute later those from before come back, unless you confirm from a second connection: sudo ./stack firewall confirm.`,
        command: 'sudo ./stack firewall apply',
      },
    ],
  };
}
