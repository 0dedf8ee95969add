import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv6 } from '../addresses.ts';
import type { AccessAudit } from '../audit/undone.ts';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { checkAccess } from './checks/access.ts';
import { checkAdvertised } from './checks/advertised.ts';
import { checkCertificates } from './checks/certificates.ts';
import { checkConfig } from './checks/config.ts';
import { checkControlPorts } from './checks/control-ports.ts';
import { checkDaemon } from './checks/daemon.ts';
import { checkNames } from './checks/dns.ts';
import { checkExtras } from './checks/extras.ts';
import { checkFirewall } from './checks/firewall.ts';
import { checkImages } from './checks/images.ts';
import { checkMedia } from './checks/media.ts';
import { checkPage } from './checks/page.ts';
import { checkPorts } from './checks/ports.ts';
import { checkRelay } from './checks/relay.ts';
import { checkSignIn } from './checks/sign-in.ts';
import { checkSignalling } from './checks/signalling.ts';
import { checkStrangers } from './checks/strangers.ts';
import type { Examination, NameLookup } from './examination.ts';
import { type CheckName, type Finding, merged } from './finding.ts';
import { hasWayTo, namesOf, placesOf } from './places.ts';
import { type Vantage, vantageOf } from './vantage.ts';

/** Milliseconds for all checks; each of their parts gives up sooner. */
const patience = 9000;

/** What is needed besides the plan. */
export interface Means {
  readonly lookUp: (name: string) => Promise<NameLookup>;
  readonly proxyOf: Examination['proxyOf'];
  readonly interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
  readonly authorities: readonly string[];
  readonly access?: AccessAudit;
  readonly turnSecret?: string;
  readonly bridge?: readonly Problem[];
  readonly pins?: readonly Problem[];
  readonly firewall?: readonly Problem[];
  readonly certificate?: string;
  readonly daemon?: { readonly withoutRules: boolean };
}

export interface Diagnosis {
  readonly url: string;
  readonly vantage: Vantage;
  readonly findings: readonly Finding[];
}

/** In the order in which causes come before their effects. */
const checks: readonly (readonly [
  CheckName,
  (examination: Examination) => readonly Finding[] | Promise<readonly Finding[]>,
])[] = [
  ['dns', checkNames],
  ['addresses', checkAdvertised],
  ['ports', checkPorts],
  ['ports', checkDaemon],
  ['ports', checkFirewall],
  ['certificate', checkCertificates],
  ['page', checkPage],
  ['config', checkConfig],
  ['signalling', checkSignalling],
  ['page', checkExtras],
  ['relay', checkRelay],
  ['access', checkAccess],
  ['access', checkSignIn],
  ['access', checkStrangers],
  ['images', checkImages],
  ['media', checkMedia],
  ['ports', checkControlPorts],
];

/** Looks at a running stack from here, all checks at once. Nothing is changed, on this machine or on the server. */
export async function examine(plan: Plan, means: Means): Promise<Diagnosis> {
  const { lookUp, interfaces, ...known } = means;
  const names = new Map(
    await Promise.all(namesOf(plan).map(async (name) => [name, await lookUp(name)] as const)),
  );
  const vantage = vantageOf(plan.answers.network, interfaces);
  const places = new Map<string, readonly string[]>();
  const beyond = new Set<string>();
  for (const [name, lookup] of names) {
    const all = placesOf(name, plan, lookup, vantage);
    const ways = await Promise.all(all.map(hasWayTo));
    places.set(
      name,
      all.filter((_, index) => ways[index]),
    );
    for (const [index, address] of all.entries()) if (!ways[index]) beyond.add(address);
  }
  const examination: Examination = {
    ...known,
    plan,
    vantage,
    names,
    at: (name) => places.get(name) ?? [],
  };
  const found = await Promise.all(
    checks.map(([name, check]) => guarded(name, async () => check(examination))),
  );
  return { url: plan.url, vantage, findings: merged([...unreached(beyond), ...found.flat()]) };
}

/** Most often IPv6 on a machine without it. */
function unreached(addresses: ReadonlySet<string>): readonly Finding[] {
  return [...addresses].map((address) => ({
    check: 'ports',
    subject: address,
    outcome: 'not checked',
    seen: `This machine cannot reach ${isIPv6(address) ? 'IPv6 addresses' : 'it'}.`,
    fix: 'Run this from a machine that can.',
  }));
}

/** Whatever the server sends, a check ends in findings, in time, and takes no other one with it. */
async function guarded(
  check: CheckName,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const unseen = (subject: string, seen: string, fix: string): readonly Finding[] => [
    { check, subject, outcome: 'not checked', seen, fix },
  ];
  let late: NodeJS.Timeout | undefined;
  const time = new Promise<readonly Finding[]>((resolve) => {
    const seen = `There was no result within ${patience / 1000} seconds.`;
    late = setTimeout(() => resolve(unseen('time', seen, 'Run this again.')), patience);
  });
  try {
    return await Promise.race([look(), time]);
  } catch (error) {
    const seen = `What the server answers could not be read (${(error as Error).message.slice(0, 200)}).`;
    return unseen(
      'answer',
      seen,
      'Run this again. If it happens again, please report it with this line.',
    );
  } finally {
    clearTimeout(late);
  }
}
