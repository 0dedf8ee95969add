import { isSensitiveName } from '../sensitive.ts';
import { aboutSettings } from './about-settings.ts';
import type { Release } from './release.ts';
import { checkSettings, kindOf, readersOf, type SettingValue } from './settings.ts';

/** A variable that the images of a release read, and that an owner may set. */
export interface KnownSetting {
  readonly name: string;
  /** Services that read it, sorted. */
  readonly services: readonly string[];
  readonly kind: ReturnType<typeof kindOf>;
  /** What it is when nobody sets it, as far as the images say so in one word. */
  readonly default?: string;
  /** A sentence, for those that people ask for. */
  readonly about?: string;
}

/** Every variable of Jitsi’s images that can be a setting, sorted by name. What features decide is among them. */
export function knownSettings(release: Release): KnownSetting[] {
  const names = new Set(
    Object.values(release.services)
      .filter(({ own }) => own)
      .flatMap(({ variables }) => [...variables.keys()]),
  );
  return [...names]
    .filter((name) => !isSensitiveName(name))
    .sort()
    .map((name) => describe(release, name))
    .filter((one) => checkSettings(release, { [one.name]: possibleValue(one) }).length === 0);
}

function describe(release: Release, name: string): KnownSetting {
  const services = readersOf(release, name);
  const defaults = new Set(
    services.flatMap((service) => {
      const value = release.services[service]?.variables.get(name)?.default;
      return value === undefined || value.trim() === '' ? [] : [value];
    }),
  );
  const [value] = defaults;
  const about = aboutSettings[name];
  return {
    name,
    services,
    kind: kindOf(release, name),
    ...(defaults.size === 1 && value !== undefined && !value.includes('\n') && { default: value }),
    ...(about !== undefined && { about }),
  };
}

/** A value that a setting of this kind can have, to ask whether it can be set at all. */
export function possibleValue({ kind, default: value }: KnownSetting): SettingValue {
  return kind === 'text' ? (value ?? '1') : true;
}

/** Properties of `settings` in the JSON Schema, for completion in an editor. */
export function settingsSchema(
  settings: readonly KnownSetting[],
): Record<string, Readonly<Record<string, unknown>>> {
  return Object.fromEntries(
    settings.map(({ name, kind, default: value, services, about }) => [
      name,
      {
        description: `${about ?? ''} Read by ${services.join(', ')}.`.trim(),
        ...(kind !== 'text' && { type: ['boolean', 'number', 'string'] }),
        ...(value !== undefined && { default: kind === 'text' ? value : isSwitchedOn(value) }),
      },
    ]),
  );
}

/** Whether the default of a setting that is no text means that it is on. */
export function isSwitchedOn(value: string): boolean {
  return value === '1' || value === 'true';
}
