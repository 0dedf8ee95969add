import { isIPv6, localRanges } from '../addresses.ts';
import type { Contribution } from './blueprint.ts';
import type { Decisions, Endpoint } from './plan.ts';
import { portRange, portsOf, visitedRows } from './ports.ts';
import { series } from './view.ts';

/** Where everybody comes from. */
const anywhere = { ipv4: ['0.0.0.0/0'], ipv6: ['::/0'] } as const;

/** A script that opens a provider's firewall by the provider's own program. */
export interface ProviderScript {
  readonly path: string;
  /** The program, and where it is to be had. */
  readonly calls: string;
  readonly install: string;
  /** What has to be named behind the command: `INSTANCE ZONE`. */
  readonly takes: string;
}

/**
 * What the firewall of a provider lets in, whichever one it is: the way in of whoever looks after the server first, since most
 * of them close what they do not name. A 1:1 NAT (`exposure: nat`) is the provider's own, so the rows that a router would
 * forward are those that visitors reach; none of these firewalls translates.
 */
export function providerFirewall(plan: Decisions, script?: ProviderScript) {
  const { domain, name, network } = plan.answers;
  const { administration, machines } = portsOf(plan);
  const { ipv4, ipv6 } = network.exposure === 'lan' ? localRanges : anywhere;
  // Whoever looks after the server may do so over IPv6 where nobody else is served over it.
  const all = [...ipv4, ...ipv6];
  const visitors = plan.network.subnet6 === undefined ? [...ipv4] : all;
  return {
    domain,
    /** What everything of this stack is called there: letters, digits and dashes, 50 of them at most. */
    name: `jitsi-${name}`.replaceAll('_', '-').slice(0, 50).replace(/-+$/, ''),
    rows: [...administration, ...visitedRows(plan)].map(providerRow),
    /** What only further machines reach. */
    machines: machines.map((endpoint) => ({
      ...providerRow(endpoint),
      sources: series((endpoint.sources ?? []).map(({ address }) => alone(address))),
    })),
    sshSources: series(all),
    sources: series(visitors),
    ...(script && { script: scriptView(script) }),
  };
}

/** What the end of every such script goes by: how many words it takes, the command among them, and what it cannot do without. */
function scriptView({ calls, install, takes }: ProviderScript) {
  const words = takes.split(' ').length + 1;
  return { words, calls, missing: `${calls} is missing: ${install}` };
}

function providerRow(endpoint: Endpoint) {
  const { name, protocol, port, lastPort = port, purpose } = endpoint;
  return {
    name,
    protocol,
    port: portRange(endpoint),
    first: port,
    last: lastPort,
    administration: endpoint.administration === true,
    purpose,
  };
}

/** The network of one address. */
function alone(address: string): string {
  return `${address}/${isIPv6(address) ? 128 : 32}`;
}

/** The step, and the warning, of a provider whose files nobody has tried in a real account. */
export function openProvider(provider: {
  /** As in “the firewall of Hetzner”. */
  readonly name: string;
  /** The folder of the files for OpenTofu. */
  readonly module: string;
  readonly script?: ProviderScript;
}): Contribution {
  const { name, module, script } = provider;
  const bySelf = script
    ? `On your own computer, with ${script.calls} set up: ${script.path} apply ${script.takes}. Or by OpenTofu or Terraform: ${module} is a module that takes the server.`
    : `By OpenTofu or Terraform, on your own computer: ${module} is a module that takes the server.`;
  return {
    ...(script && { files: { [script.path]: { executable: true } } }),
    steps: [
      {
        phase: 'before',
        repeat: 'ports',
        covers: 'forwards',
        title: `Open the firewall of ${name}`,
        detail: `${bySelf} SSH stays open to everybody until you narrow it there.`,
      },
    ],
    notes: [
      {
        level: 'warning',
        text: `The files for ${name} follow its documentation; they have not been tried in a real account. Check from outside afterwards, as firewall/ports.md says.`,
      },
    ],
  };
}
