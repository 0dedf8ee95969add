import type { Problem } from '../errors.ts';
import { successorsOf } from './names.ts';
import type { Release } from './release.ts';
import { checkSettings, readersOf, type SettingValue } from './settings.ts';

/** Settings on their way to another release. */
export interface CarriedSettings {
  /** What the new release reads, under its names; and what the old one did not read either, to be refused. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly renamed: readonly { readonly from: string; readonly to: readonly string[] }[];
  /** What the old release read and nothing takes the place of. */
  readonly gone: readonly Gone[];
}

export interface Gone extends Problem {
  readonly name: string;
}

/** Takes an owner's settings from one release to another: renamed ones keep their values, dead ones are named. */
export function carrySettings(
  settings: Readonly<Record<string, SettingValue>>,
  before: Release,
  after: Release,
): CarriedSettings {
  const carried: Record<string, SettingValue> = {};
  const renamed: { from: string; to: readonly string[] }[] = [];
  const gone: Gone[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const wasRead = readersOf(before, name).length > 0;
    if (!wasRead || readersOf(after, name).length > 0) {
      carried[name] = value;
      continue;
    }
    const to = successorsOf(name).filter((one) => readersOf(after, one).length > 0);
    if (to.length > 0) {
      renamed.push({ from: name, to });
      // What is set under the new name already was set later.
      for (const one of to) carried[one] = settings[one] ?? value;
    } else {
      const [problem] = checkSettings(after, { [name]: value });
      gone.push({ what: `No image of ${after.tag} reads ${name}.`, ...problem, name });
    }
  }
  return { settings: carried, renamed, gone };
}
