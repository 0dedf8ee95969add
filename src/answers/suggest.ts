import { domainToASCII } from 'node:url';
import { StackError } from '../errors.ts';
import type { Exposure } from './answers.ts';
import {
  fillDefaults,
  isRecord,
  layerAnswers,
  type RawAnswers,
  sectionValues,
  type Unanswered,
} from './complete.ts';
import { detectedAnswers } from './detect/defaults.ts';
import type { Host } from './detect/host.ts';
import { collision } from './detect/networks.ts';
import type { Field } from './field.ts';
import { argumentOf } from './flags.ts';
import { flagOf, type Section } from './sections.ts';
import { isInCluster, serverOf } from './whose.ts';

/** Fills what was not answered: from this host, then from the questions' own defaults. */
export async function fillFromHost(
  sections: readonly Section[],
  answers: RawAnswers,
  host: Host,
): Promise<{ answers: RawAnswers; missing: readonly Unanswered[] }> {
  return fillDefaults(
    sections,
    layerAnswers(sections, await suggestions(sections, answers, host), answers),
  );
}

/**
 * What the computer that Jitsi will run on suggests, for the domain and the way of reaching it that are answered so far.
 *
 * @param host the computer at hand; nothing of it is taken when the answers say that Jitsi will run on another one
 */
export async function suggestions(
  sections: readonly Section[],
  answers: RawAnswers,
  host: Host,
): Promise<RawAnswers> {
  const { domain } = answers;
  // Not even where its name leads says anything of a cluster.
  if (typeof domain !== 'string' || isInCluster(answers) || !leavesOpen(sections, answers))
    return {};
  const network = isRecord(answers.network) ? answers.network : {};
  const exposure = ['public', 'nat', 'lan'].find((value) => value === network.exposure);
  const detected = await detectedAnswers(
    serverOf(answers, host),
    domainToASCII(domain.trim()),
    exposure as Exposure | undefined,
    network.fixed === undefined ? undefined : String(network.fixed) === 'true',
  );
  return onlyOffered(sections, { ...detected });
}

/** Without entries that no feature offers: what was found need not be something that the tool knows. */
function onlyOffered(sections: readonly Section[], detected: RawAnswers): RawAnswers {
  const lists = sections
    .filter(({ id }) => id === '')
    .flatMap(({ fields }) => Object.entries(fields).filter(([, { kind }]) => kind === 'choices'));
  const offered = lists.flatMap(([name, { options = [] }]) => {
    const found = detected[name];
    return Array.isArray(found)
      ? [[name, found.filter((entry) => options.some(({ value }) => value === entry))] as const]
      : [];
  });
  return { ...detected, ...Object.fromEntries(offered) };
}

/** Whether the host has anything left to say; an update of a complete stack has no need to look. */
function leavesOpen(sections: readonly Section[], answers: RawAnswers): boolean {
  return sections.some((section) => {
    const values = sectionValues(answers, section);
    return Object.entries(section.fields).some(
      ([name, { detected }]) => detected && values[name] === undefined,
    );
  });
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
        fix: 'Give it as a flag or with --answers FILE, or run this in a terminal, where you will be asked.',
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
