import { domainIn } from '../access/domains.ts';
import { isMeasured, numbersPort } from './measured.ts';
import type { Decisions } from './plan.ts';
import { portName, portsOf, sourcedRows } from './ports.ts';

/** What the files of every further machine print, whatever it runs. */
export function machineView(plan: Decisions) {
  const { answers, machine, firewalls, steps, notes } = plan;
  if (!machine) throw new Error('A further machine needs its answer.');
  const { open, administration } = portsOf(plan);
  const [way] = administration;
  if (!way) throw new Error('The port table has no row of the administration.');
  return {
    machine: machine.name,
    reaches: machine.reaches,
    address: machine.address,
    address6: machine.address6 ?? '',
    /** Whence the central machine sees it come. */
    comesFrom: machine.comesFrom,
    folder: `machines/${machine.name}`,
    domain: answers.domain,
    authDomain: domainIn(answers.settings, 'XMPP_AUTH_DOMAIN'),
    release: plan.release.tag,
    /** Where the central machine reads its numbers; it need not where nobody collects any. */
    numbers: isMeasured(answers) ? numbersPort : false,
    ports: [
      ...open.map((row) => ({
        port: portName(row),
        from: row.from === 'lan' ? 'the local network' : 'everybody',
        purpose: row.purpose,
      })),
      ...sourcedRows(plan).map(({ endpoint, address }) => ({
        port: portName(endpoint),
        from: `${address} alone`,
        purpose: endpoint.purpose,
      })),
    ],
    /** What is to be opened on the way, by the firewalls that were chosen. */
    steps: steps
      .filter(({ phase }) => phase === 'before')
      .map(({ title, detail, command = '' }) => ({ title, detail, command })),
    warnings: notes.map(({ text }) => text),
    /** `nftables=firewall/nftables.nft=nftables.service`, with blanks between several. */
    firewalls: firewalls
      .map(({ name, rules = [], follows = [] }) =>
        [name, rules.join(','), follows.join(',')].join('='),
      )
      .join(' '),
    sshPort: way.port,
    sshFrom: way.from,
  };
}
