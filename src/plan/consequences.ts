import { isDeepStrictEqual } from 'node:util';
import { accessChanges } from './access-changes.ts';
import type { DeadName } from './dead-names.ts';
import { clusterSteps } from './in-cluster.ts';
import type { Plan, Step } from './plan.ts';

export interface Circumstances {
  /** Takes the files over on the server. */
  readonly command?: './stack up' | './stack upgrade';
  /** Where the owner's compose file names services that are gone. */
  readonly named?: readonly {
    readonly path: string;
    readonly line: number;
    readonly word: string;
  }[];
}

/** Services that are gone, to be looked for in the owner's compose file: it cannot add to what is not there. */
export function goneServices(before: Plan, after: Plan): DeadName[] {
  return before.services
    .filter(({ name }) => !after.services.some((service) => service.name === name))
    .map(({ name }) => ({
      word: name,
      pattern: new RegExp(`^ +${name}:`),
      files: /^compose\.override\./,
    }));
}

/**
 * What is left to do by hand when a stack that runs becomes one with other answers: the steps that are new or read
 * otherwise, those that have to be taken again, and what becomes of names, certificate and accounts. In their order;
 * empty where nothing but the files changes.
 */
export function planConsequences(
  before: Plan,
  after: Plan,
  { command = './stack up', named = [] }: Circumstances = {},
): readonly Step[] {
  const same = (one: Step, other: Step) => isDeepStrictEqual(one, other);
  const fresh = after.steps.filter(
    (step) =>
      step.phase !== 'start' &&
      step.phase !== 'meeting' &&
      // A stack that runs is on its server.
      step.fresh !== 'server' &&
      (!before.steps.some((old) => same(old, step)) || isDueAgain(step, before, after)),
  );
  const of = (steps: readonly Step[], phase: Step['phase']) =>
    steps.filter((step) => step.phase === phase);
  const cluster = clusterSteps(after);
  // What is left of a server, the cluster never had.
  if (cluster) return [...of(fresh, 'before'), ...cluster, ...of(fresh, 'after')];
  const own = [
    ...unnamed(named),
    ...renamed(before, after),
    ...certified(before, after),
    ...accessChanges(before, after),
    ...unguarded(before, after),
    ...addressed(before, after),
  ];
  if (fresh.length + own.length === 0) return [];
  return [
    ...of(fresh, 'before'),
    ...of(own, 'before'),
    takeOver(command),
    ...of(own, 'after'),
    ...of(fresh, 'after'),
  ];
}

function takeOver(command: string): Step {
  return {
    phase: 'start',
    title: 'Apply it on the server',
    detail:
      'If you changed the files elsewhere, bring them there first (git pull, or copy them again: README.md, Updates). What has changed restarts, which ends the meetings in it:',
    command,
  };
}

function isDueAgain({ repeat }: Step, before: Plan, after: Plan): boolean {
  if (repeat === undefined) return false;
  const facts = { ports: portFacts, names: nameFacts }[repeat];
  return !isDeepStrictEqual(facts(before), facts(after));
}

/** What firewalls and routers go by. */
const portFacts = ({ endpoints, network, answers }: Plan) => [
  endpoints.filter(({ from }) => from !== 'containers'),
  [network.bridge, network.subnet, network.subnet6],
  [answers.network.publicAddresses, answers.network.lanAddresses, answers.network.sshPort],
];

/** What certificates and the owner's own proxy go by. */
const nameFacts = ({ url, certificate, trustedProxy }: Plan) => [
  url,
  certificate.names,
  trustedProxy,
];

function unnamed(named: NonNullable<Circumstances['named']>): Step[] {
  if (named.length === 0) return [];
  const places = named.map(({ path, line, word }) => `${word} (${path}, line ${line})`);
  return [
    {
      phase: 'before',
      title: `Take ${places.join(' and ')} out`,
      detail: 'That service is gone, and Compose refuses a file that only adds to it.',
    },
  ];
}

function renamed(before: Plan, after: Plan): Step[] {
  if (before.answers.name === after.answers.name) return [];
  return [
    {
      phase: 'before',
      title: 'The stack has a new name',
      detail: `It is called ${after.answers.name} now, and ./stack up stops what was started as ${before.answers.name}. Volumes of your own in compose.override.yaml stay behind under the former name.`,
    },
  ];
}

function addressed(before: Plan, after: Plan): Step[] {
  const needed = namesOf(after);
  const gone = namesOf(before).filter((name) => !needed.includes(name));
  const steps: Step[] = [];
  if (before.url !== after.url) {
    steps.push({
      phase: 'after',
      title: 'Tell people the new address',
      detail: `They meet at ${after.url} now. Links and invitations to ${before.url} stop working. Accounts and passwords stay as they are.`,
    });
  }
  if (gone.length > 0) {
    steps.push({
      phase: 'after',
      title: `Remove the DNS records of ${gone.join(' and ')}`,
      detail: 'Nothing here answers to them any more, so there is no hurry.',
    });
  }
  return steps;
}

function namesOf({ answers, certificate }: Plan): readonly string[] {
  return [...new Set([answers.domain, ...certificate.names])];
}

function certified(before: Plan, after: Plan): Step[] {
  const { names } = after.certificate;
  const source = after.answers.certificates.source;
  const known = before.certificate.names;
  if (source !== before.answers.certificates.source) return [];
  if (names.every((name) => known.includes(name))) return [];
  if (source === 'acme') {
    return [
      {
        phase: 'after',
        title: 'Get the new certificate',
        detail: `It has to name ${names.join(' and ')}. The acme service requests it as soon as it runs. If DNS points here only later, request it then with:`,
        command: './stack certs renew',
      },
    ];
  }
  if (source !== 'self-signed') return [];
  return [
    {
      phase: 'after',
      title: 'Accept the new certificate',
      detail: `./stack up makes a new self-signed one for ${names.join(' and ')}, and browsers will warn once more.`,
    },
  ];
}

/** Where another firewall follows, loading it takes the old one's rules away. */
function unguarded(before: Plan, after: Plan): Step[] {
  if (before.firewalls.length === 0 || after.firewalls.length > 0) return [];
  const names = before.firewalls.map(({ name }) => name).join(' and ');
  return [
    {
      phase: 'after',
      title: 'Take the rules of the firewall away',
      detail: `No firewall of this server is among the answers any more, but the rules for ${names} stay in force until you run:`,
      command: 'sudo ./stack firewall remove',
    },
  ];
}
