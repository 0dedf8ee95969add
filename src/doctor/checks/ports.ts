import { listed } from '../../listed.ts';
import type { Endpoint } from '../../plan/plan.ts';
import { portsOf } from '../../plan/ports.ts';
import { tryTcp } from '../connect.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

/** TCP ports are open and closed as the port table says, as far as that can be seen from here. */
export async function checkPorts(examination: Examination): Promise<readonly Finding[]> {
  const { plan, vantage, at } = examination;
  const { exposure } = plan.answers.network;
  const { open, closed } = portsToTry(plan, vantage);
  const places = at(plan.answers.domain);
  const tries = places.map((address) => [
    opened(open, address, examination),
    ...(vantage === 'server' ? [] : [shut(closed, address, plan)]),
  ]);
  const findings = (await Promise.all(tries.flat())).flat();
  const beyond = about('from the internet');
  const seen = `${vantage === 'server' ? 'This is the server itself' : 'This is the server’s own network'}, so no firewall or router in front of it was tested.`;
  const fix = 'Run this from outside as well, for example through a phone’s hotspot.';
  const unseen: Finding[] =
    vantage === 'outside' || exposure === 'lan'
      ? []
      : [{ ...beyond, outcome: 'not checked', seen, fix }];
  if (vantage !== 'server') return [...findings, ...unseen];
  const inner = `Whether ${listed(closed.map(portOf))} are closed to others cannot be seen from the server itself.`;
  const elsewhere = { outcome: 'not checked', seen: inner, fix } as const;
  return [...findings, { ...about('closed ports'), ...elsewhere }, ...unseen];
}

/**
 * The rows that have to be open, and those that have to be closed, for somebody who looks from there. SSH is its owner's affair:
 * who narrows it to his own address does well.
 */
export function portsToTry(plan: Examination['plan'], vantage: Examination['vantage']) {
  const ports = portsOf(plan);
  const routed = plan.answers.network.exposure === 'nat' && vantage === 'outside';
  const tcp = (rows: readonly Endpoint[]) => rows.filter(({ protocol }) => protocol === 'tcp');
  const outer = tcp(ports.open);
  const open = tcp(routed ? ports.forwarded : outer).filter((row) => !row.administration);
  const closed = tcp([...ports.local, ...ports.inside]).filter(
    ({ port }, index, all) =>
      !outer.some((one) => one.port === port) &&
      all.findIndex((one) => one.port === port) === index,
  );
  return { open, closed };
}

async function opened(
  rows: readonly Endpoint[],
  address: string,
  examination: Examination,
): Promise<readonly Finding[]> {
  const states = await Promise.all(rows.map(({ port }) => tryTcp(address, port)));
  const good = rows.filter((_, index) => states[index] === 'open').map(portOf);
  const bad = rows.flatMap((row, index): Finding[] => {
    const state = states[index];
    if (state === undefined || state === 'open') return [];
    return [{ ...about(portOf(row)), ...missing(row, state, examination), at: [address] }];
  });
  if (good.length === 0) return bad;
  const seen = `${listed(good)} ${good.length > 1 ? 'accept' : 'accepts'} connections.`;
  return [{ ...about('open ports'), outcome: 'ok', seen, at: [address] }, ...bad];
}

function missing(
  row: Endpoint,
  state: 'refused' | 'silent',
  { plan, vantage }: Examination,
): Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'> {
  const { lanAddresses, exposure } = plan.answers.network;
  const why = `It is for: ${row.purpose}.`;
  const logs =
    row.service === 'host'
      ? `${plan.trustedProxy.name} has to run on the server and listen there.`
      : `On the server: ./stack status, then docker compose logs ${row.service}.`;
  if (state === 'refused') {
    const seen = 'The connection is refused: nothing listens there, or a firewall rejects it.';
    return {
      outcome: 'wrong',
      seen,
      why,
      fix: `${logs} The rules are in firewall/ports.md.${load(plan)}`,
    };
  }
  const forwards = row.forward
    ? ` Let the router forward ${portOf(row)} to ${lanAddresses[0]}.`
    : '';
  const hairpin =
    exposure === 'nat' && vantage === 'lan'
      ? ' If it works from outside, the router does not lead its public address back inside: see “Inside the local network” there.'
      : '';
  return {
    outcome: 'wrong',
    seen: 'There is no answer: a firewall on the way drops it, or nothing is there.',
    why,
    fix: `Open ${portOf(row)} in every firewall on the way, the provider’s too: firewall/ports.md.${load(plan)}${forwards}${hairpin}`,
  };
}

async function shut(
  rows: readonly Endpoint[],
  address: string,
  plan: Examination['plan'],
): Promise<readonly Finding[]> {
  const states = await Promise.all(rows.map(({ port }) => tryTcp(address, port)));
  const closed = rows.filter((_, index) => states[index] !== 'open').map(portOf);
  const open = rows.filter((_, index) => states[index] === 'open');
  const findings = open.map(
    (row): Finding => ({
      ...about(portOf(row)),
      outcome: 'wrong',
      seen: `It accepts connections from here, but is for ${row.from === 'host' ? 'programs on the server' : 'containers'} only.`,
      why: `It is for: ${row.purpose}. Whoever reaches it bypasses the edge.`,
      fix: `If ${row.service} publishes it (docker compose ps), take that out of compose.override.yaml; if another program of yours listens there, close it with the rules in firewall/. Ports that Docker publishes bypass ufw.${load(plan)}`,
      at: [address],
    }),
  );
  if (closed.length === 0) return findings;
  const seen = `${listed(closed)} ${closed.length > 1 ? 'do' : 'does'} not answer.`;
  return [{ ...about('closed ports'), outcome: 'ok', seen, at: [address] }, ...findings];
}

/** What puts the rules of the server itself in force, where the answers choose some. */
function load({ firewalls }: Examination['plan']): string {
  if (firewalls.length === 0) return '';
  const names = listed(firewalls.map(({ name }) => name));
  return ` On the server, sudo ./stack firewall status says whether those of ${names} are in force, and sudo ./stack firewall apply puts them there.`;
}

function about(subject: string) {
  return { check: 'ports', subject } as const;
}

function portOf({ port, protocol }: Endpoint): string {
  return `${port}/${protocol}`;
}
