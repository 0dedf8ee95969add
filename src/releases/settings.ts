import { checkDomains } from '../access/domains.ts';
import type { Problem } from '../errors.ts';
import { isSensitive, isSensitiveName } from '../sensitive.ts';
import { nearest } from '../spelling.ts';
import { accessByName, accessByValue } from './access.ts';
import { adviceOnName } from './names.ts';
import type { Release } from './release.ts';

export type SettingValue = string | number | boolean;

/** Names of the services whose image reads a variable, sorted. */
export function readersOf(release: Release, variable: string): string[] {
  return Object.values(release.services)
    .filter(({ variables }) => variables.has(variable))
    .map(({ name }) => name)
    .sort();
}

/** Whether a name is Jitsi's at all: read by some release, or handed on by its compose file. Of a newer release all may be. */
export function knowsName(release: Release, name: string): boolean {
  const { services, history, assumedFrom } = release;
  return (
    assumedFrom !== undefined ||
    Object.values(services).some(
      ({ variables, unread }) => variables.has(name) || unread.includes(name),
    ) ||
    history.removed.has(name) ||
    history.later.has(name) ||
    adviceOnName(name) !== undefined
  );
}

/**
 * How the images understand a variable: `switch` wants 1 or 0, `word` wants true or false, `text` anything.
 * Where images disagree, `switch` wins: the ones that look for text pass it on unread.
 */
export function kindOf(release: Release, variable: string): 'switch' | 'word' | 'text' {
  const kinds = Object.values(release.services).map(
    ({ variables }) => variables.get(variable)?.kind,
  );
  if (kinds.includes('switch')) return 'switch';
  return kinds.includes('word') ? 'word' : 'text';
}

/** A checked setting as the text that goes into the environment. */
export function environmentValue(release: Release, variable: string, value: SettingValue): string {
  if (typeof value !== 'boolean') return String(value);
  return kindOf(release, variable) === 'switch' ? String(Number(value)) : String(value);
}

/** What stands in the settings for a value that stands in `.env`: git does not keep that, and compose.yaml hands it on. */
export const fromEnv = '.env';

/**
 * What is wrong with the owner's settings for a release: nothing else in Jitsi checks names, so a misspelt one is
 * silently ignored. What decides who gets in, opens a room or moderates is left to the answers.
 */
export function checkSettings(
  release: Release,
  settings: Readonly<Record<string, SettingValue>>,
): Problem[] {
  const problems = Object.entries(settings).flatMap(([name, value]) => {
    const problem = checkName(release, name, String(value)) ?? checkValue(release, name, value);
    return problem === undefined ? [] : [{ answer: `settings.${name}`, ...problem }];
  });
  return [...problems, ...checkDomains(settings)];
}

function checkName(release: Release, name: string, value: string): Problem | undefined {
  const access = accessByName(name);
  if (access) return access;
  const broken = release.avoid.find(({ names }) => names?.includes(name));
  if (broken)
    return { what: `${name} does harm with ${release.tag}.`, why: broken.why, fix: broken.instead };
  const known = readersOf(release, name).length > 0;
  // What is known of a name counts more than what it looks like.
  const advice = known ? undefined : adviceOnName(name);
  if (advice !== undefined) return { what: whyUnknown(release, name), fix: advice };
  const meant = known ? name : nearest(name, knownNames(release));
  const decided = meant === undefined ? undefined : accessByName(meant);
  if (decided) return { ...decided, what: `Nothing reads ${name}. ${decided.what}` };
  if (known && value !== fromEnv && isSensitive(name, value))
    return {
      what: `${name} ${isSensitiveName(name) ? 'is a secret' : 'has a password in it'}, and this file is kept in git.`,
      fix: `Write "${fromEnv}" here as its value, and ${name}=… into .env: compose.yaml hands it on to ${readersOf(release, name).join(' and ')}.`,
    };
  if (!known && meant !== undefined && isSensitiveName(meant))
    return {
      what: `Nothing reads ${name}; ${meant} is read, but it is a secret and this file is kept in git.`,
      fix: `Remove it here and put ${meant} into .env.`,
    };
  if (known) return undefined;
  const later = release.history.later.get(name);
  if (later !== undefined)
    return {
      what: whyUnknown(release, name),
      fix: `It arrives with ${later}; use that release, or remove it.`,
    };
  const removed = release.history.removed.has(name);
  if (meant !== undefined && !removed)
    return { what: whyUnknown(release, name), fix: `Did you mean ${meant}?` };
  if (release.assumedFrom !== undefined && !removed)
    return {
      what: whyUnknown(release, name),
      fix: `Give it to its service in compose.override.yaml, or let the stack learn ${release.tag} from a clone: npx create-jitsi-stack@latest releases add.`,
    };
  return { what: whyUnknown(release, name), fix: 'Remove it: it would be ignored.' };
}

function whyUnknown(release: Release, name: string): string {
  const removed = release.history.removed.get(name);
  if (removed !== undefined) return `${removed} removed ${name}.`;
  // The files of such a release were not read: nobody can say what its images do not read.
  if (release.assumedFrom !== undefined)
    return `Whether ${release.tag} reads ${name} is not known to this version of create-jitsi-stack.`;
  const handedTo = Object.values(release.services).filter(({ unread }) => unread.includes(name));
  if (handedTo.length === 0) return `No image of ${release.tag} reads ${name}.`;
  const services = handedTo.map((service) => service.name).join(' and ');
  return `Jitsi's own compose file hands ${name} to ${services}, but nothing in ${release.tag} reads it.`;
}

function checkValue(release: Release, name: string, value: SettingValue): Problem | undefined {
  const kind = kindOf(release, name);
  const written = JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    return { what: `${name} cannot be ${value}.`, fix: 'Write a number.' };
  if (value === fromEnv && isSensitiveName(name)) return undefined;
  const access = accessByValue(release, name, String(value));
  if (access) return access;
  if (kind === 'text')
    return typeof value === 'boolean'
      ? {
          what: `${name} takes a text, not ${written}.`,
          fix: 'Write the text in quotes, or remove it.',
        }
      : undefined;
  if (typeof value === 'boolean' || value === 0 || value === 1 || value === '0' || value === '1')
    return undefined;
  if (kind === 'word' && typeof value === 'number') return undefined;
  return {
    what: `${name} is switched on or off, and ${written} is neither.`,
    why: 'Templates take every unknown word for "on", and start scripts only know 1.',
    fix: `Write ${meansOff(value) ? 'false' : 'true'} without quotes${meansClear(value) ? '' : ', or false'}.`,
  };
}

function meansOff(value: SettingValue): boolean {
  return /^(?:no|off|false|f|n|disabled?|never)$/i.test(String(value).trim());
}

function meansClear(value: SettingValue): boolean {
  return meansOff(value) || /^(?:yes|on|true|t|y|enabled?|always)$/i.test(String(value).trim());
}

function knownNames(release: Release): Set<string> {
  return new Set(Object.values(release.services).flatMap(({ variables }) => [...variables.keys()]));
}
