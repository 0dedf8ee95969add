import { isDeepStrictEqual } from 'node:util';
import type { Plan, Step } from './plan.ts';

/**
 * What is left to do by hand when a stack that runs becomes one with other answers: the steps that are new or read
 * otherwise, those that have to be taken again, and what becomes of names, certificate and accounts. In their order;
 * empty where nothing but the files changes.
 */
export function planConsequences(before: Plan, after: Plan): readonly Step[] {
  const same = (one: Step, other: Step) => isDeepStrictEqual(one, other);
  const fresh = after.steps.filter(
    (step) =>
      step.phase !== 'start' &&
      (!before.steps.some((old) => same(old, step)) || isDueAgain(step, before, after)),
  );
  const own = [
    ...renamed(before, after),
    ...certified(before, after),
    ...opened(before, after),
    ...addressed(before, after),
  ];
  const start = after.steps.filter(({ phase }) => phase === 'start');
  if (fresh.length + own.length === 0) return [];
  const of = (steps: readonly Step[], phase: Step['phase']) =>
    steps.filter((step) => step.phase === phase);
  return [
    ...of(fresh, 'before'),
    ...of(own, 'before'),
    ...start,
    ...of(own, 'after'),
    ...of(fresh, 'after'),
  ];
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
const nameFacts = ({ url, certificate, front }: Plan) => [url, certificate.names, front];

function renamed(before: Plan, after: Plan): Step[] {
  if (before.answers.name === after.answers.name) return [];
  return [
    {
      phase: 'before',
      title: `Expect what runs as ${before.answers.name} to be stopped`,
      detail: `The stack is called ${after.answers.name} now, and ./stack up stops what was started under the former name. Volumes of your own in compose.override.yaml stay behind under that name.`,
    },
  ];
}

function addressed(before: Plan, after: Plan): Step[] {
  const needed = namesOf(after);
  const gone = namesOf(before).filter((name) => !needed.includes(name));
  if (gone.length === 0) return [];
  const moved =
    before.url === after.url
      ? ''
      : `People meet at ${after.url} now: links and invitations with ${before.url} end, so send the new ones. Accounts and passwords stay as they are. `;
  return [
    {
      phase: 'after',
      title: `Give up ${gone.join(' and ')}`,
      detail: `${moved}Nothing here answers to ${gone.length === 1 ? 'that name' : 'these names'} any more; DNS can forget ${gone.length === 1 ? 'it' : 'them'}.`,
    },
  ];
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
        title: 'Have the certificate issued',
        detail: `It has to name ${names.join(' and ')}. The acme service asks by itself as soon as it runs; when the names lead here later than that, this asks at once:`,
        command: './stack certs renew',
      },
    ];
  }
  if (source !== 'self-signed') return [];
  return [
    {
      phase: 'after',
      title: 'Trust the new certificate',
      detail: `./stack up makes a new self-signed one for ${names.join(' and ')}, and browsers warn about it once more.`,
    },
  ];
}

function opened(before: Plan, after: Plan): Step[] {
  if (before.answers.auth.mode === 'open' || after.answers.auth.mode !== 'open') return [];
  return [
    {
      phase: 'after',
      title: 'Expect everybody to open rooms',
      detail:
        'Nobody is asked for a password any more. The accounts stay in data/prosody and work again when you bring them back.',
    },
  ];
}
