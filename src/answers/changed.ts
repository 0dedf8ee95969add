import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './complete.ts';
import { entryText } from './machine.ts';

/**
 * What has changed between two files of answers, a line each: `auth.guests: wait → knock`.
 *
 * @param before the text of `jitsi-stack.json` as it was
 */
export function changedAnswers(before: string, after: string): readonly string[] {
  const [old, now] = [placesIn(before), placesIn(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((place) => !isDeepStrictEqual(old.get(place), now.get(place)))
    .map((place) => `${place}: ${spoken(old.get(place))} → ${spoken(now.get(place))}`);
}

function placesIn(text: string): Map<string, unknown> {
  const places = new Map<string, unknown>();
  const collect = (value: unknown, place: string) => {
    if (!isRecord(value)) places.set(place, value);
    else
      for (const [key, below] of Object.entries(value))
        collect(below, place === '' ? key : `${place}.${key}`);
  };
  collect(JSON.parse(text), '');
  for (const about of ['$schema', 'version']) places.delete(about);
  return places;
}

function spoken(value: unknown): string {
  if (value === undefined) return 'not set';
  if (!Array.isArray(value)) return String(value);
  return value.map(entryText).join(', ') || 'none';
}
