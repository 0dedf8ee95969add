import { domainToASCII } from 'node:url';
import { StackError } from '../errors.ts';
import type { Exposure } from './answers.ts';
import {
  fillDefaults,
  isRecord,
  layerAnswers,
  type RawAnswers,
  type Unanswered,
} from './complete.ts';
import { detectedAnswers } from './detect/defaults.ts';
import type { Host } from './detect/host.ts';
import { collision } from './detect/networks.ts';
import type { Field } from './field.ts';
import { argumentOf } from './flags.ts';
import { flagOf, type Section } from './sections.ts';

/** Fills what was not answered: from this host, then from the questions' own defaults. */
export async function fillFromHost(
  all: readonly Section[],
  answers: RawAnswers,
  host: Host,
): Promise<{ answers: RawAnswers; missing: readonly Unanswered[] }> {
  return fillDefaults(all, layerAnswers(all, await suggestions(all, answers, host), answers));
}

/** What this host suggests, for the domain and the way of reaching it that are answered so far. */
export async function suggestions(
  all: readonly Section[],
  answers: RawAnswers,
  host: Host,
): Promise<RawAnswers> {
  const { domain } = answers;
  if (typeof domain !== 'string' || !leavesOpen(answers)) return {};
  const network = isRecord(answers.network) ? answers.network : {};
  const exposure = ['public', 'nat', 'lan'].find((value) => value === network.exposure);
  const detected = await detectedAnswers(
    host,
    domainToASCII(domain.trim()),
    exposure as Exposure | undefined,
  );
  const offered = all.flatMap(({ fields }) => fields.firewall?.options ?? []);
  return {
    ...detected,
    firewall: detected.firewall.filter((name) => offered.some(({ value }) => value === name)),
  };
}

/** Whether the host has anything left to say; an update of a complete stack has no need to look. */
function leavesOpen({ network, host, firewall }: RawAnswers): boolean {
  const lacks = (section: unknown, ...names: string[]) =>
    !isRecord(section) || names.some((name) => section[name] === undefined);
  const places = ['exposure', 'publicAddresses', 'lanAddresses', 'ipv6', 'subnet', 'sshPort'];
  return firewall === undefined || lacks(network, ...places) || lacks(host, 'memory', 'timezone');
}

/** The refusal that names every missing answer with its flag. */
export function missingAnswers(missing: readonly Unanswered[], { domain }: RawAnswers): StackError {
  // A default that is worked out may only wait for the domain.
  const due = missing.filter(({ field }) => domain !== undefined || !isWorkedOut(field));
  return new StackError(
    due.map(({ section, name, field }, index) => ({
      where: `${flagOf(section, name)} ${argumentOf(field)}`.trimEnd(),
      what: `Missing: ${field.description}.`,
      ...(index === due.length - 1 && {
        fix: 'Give it as a flag or with --answers FILE, or run this in a terminal to be asked.',
      }),
    })),
  );
}

function isWorkedOut(field: Field): boolean {
  return typeof field.default === 'function';
}

/** Why the containers cannot have this network on this host; undefined when they can. */
export async function subnetProblem(subnet: unknown, host: Host): Promise<string | undefined> {
  if (typeof subnet !== 'string') return undefined;
  const taken = collision(subnet, await host.networks());
  return taken && `${subnet} collides with ${taken}, which this host already uses.`;
}
