import {
  audienceOf,
  audiences,
  type Decisions,
  isIPv6,
  portName,
  portsOf,
  series,
  wayToServer,
} from '../../src/blueprint.ts';

/** The stack as its README tells it. */
export function present(plan: Decisions) {
  const { answers } = plan;
  const { local, machines, open } = portsOf(plan);
  const names = plan.certificate.names;
  const inside = addressesInside(plan);
  // A tunnel's name does not.
  const leadingHere = [...new Set([answers.domain, ...names])].filter(
    (name) => name !== answers.domain || !plan.trustedProxy.tunnel,
  );
  return {
    domain: answers.domain,
    url: plan.url,
    release: plan.release.tag,
    /** A release that is out and not known yet; empty where there is none. */
    later: plan.release.notKnownYet?.tag ?? '',
    laterSince: plan.release.notKnownYet?.month ?? '',
    /** How files are brought to a server that is not the computer at hand; empty where it is. */
    copyAgain:
      answers.host.here === true
        ? ''
        : wayToServer(answers.network).copy.replace(
            ' -a ',
            ' -a --exclude=.env --exclude=certs --exclude=data ',
          ),
    behindRouter: answers.network.exposure === 'nat',
    links: links(plan),
    services: plan.services.map(({ name, about }) => ({ name, about })),
    steps: plan.steps.map(({ title, detail, command = '' }, index) => ({
      number: index + 1,
      title,
      detail,
      ...commandsOf(command),
    })),
    notes: plan.notes.map(({ level, text }) => ({
      kind: level === 'warning' ? 'Warning' : 'Note',
      text,
    })),
    ports: [...open, ...machines, ...local].map((row) => ({
      port: portName(row),
      audience: audiences[audienceOf(row, plan)],
      forward: row.forward,
      service: row.service === 'host' ? 'this server itself' : row.service,
      purpose: row.purpose,
    })),
    records: leadingHere.flatMap((name) =>
      inside.map((address) => ({
        name,
        record: `${isIPv6(address) ? 'AAAA' : 'A'} ${address}`,
      })),
    ),
    /** People in the server's own network need records of their own. */
    hasLocalRecords: answers.network.exposure === 'nat' && leadingHere.length > 0,
    recordsOfIPv6: inside.some(isIPv6),
    renewals: plan.secrets.flatMap(({ name, ends }) =>
      ends === undefined ? [] : [{ command: `./stack rotate ${name}`, ends }],
    ),
    whoGetsIn: plan.access?.sentences ?? [],
    accounts: answers.auth.mode === 'internal',
    /** Rules of the server itself. */
    firewall: plan.firewalls.length > 0,
    places: plan.ownersPlaces.flatMap(({ about, edit, blueprint }) =>
      edit !== undefined && plan.features.some(({ id }) => id === blueprint)
        ? [{ about, edit }]
        : [],
    ),
    /** Some service shows the certificate; behind the owner's own proxy it may be none. */
    certified: plan.certificate.consumers.length > 0,
    secrets: plan.secrets.map(({ name }) => name),
    names: series(names),
    troubles: plan.troubles.map(({ symptom, cause, fix }) => ({ symptom, cause, fix })),
  };
}

/** The arrows of the drawing, in Mermaid's words where they do not begin at a service. */
function links({ links, answers }: Decisions) {
  const sources: Readonly<Record<string, string>> = {
    outside: answers.network.exposure === 'nat' ? 'router' : 'people((people))',
    host: 'server((this server))',
  };
  return links.map(({ from, to, label }) => ({ from: sources[from] ?? from, to, label }));
}

/**
 * The server's addresses in its own network. IPv6 is not translated: a public address of that kind is the server's own,
 * inside as outside.
 */
function addressesInside({ answers: { network } }: Decisions): readonly string[] {
  return [...network.lanAddresses, ...network.publicAddresses.filter(isIPv6)];
}

/** One command stands at the end of its sentence, several below it. */
function commandsOf(command: string): { command: string; commands: readonly string[] } {
  const commands = command.split('\n');
  return commands.length > 1 ? { command: '', commands } : { command, commands: [] };
}
