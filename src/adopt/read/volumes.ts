import { isRecord } from '../../answers/complete.ts';
import type { Stated } from '../evidence.ts';
import { interpolate } from './interpolate.ts';

/**
 * The volumes that a compose file declares, each with the name that Docker has for it; undefined where that is made of
 * the project's name (compose-spec, "Volumes": `name`, `external`).
 */
export function volumesOf(
  raw: unknown,
  { env }: { readonly env: ReadonlyMap<string, Stated> },
): ReadonlyMap<string, string | undefined> {
  const say = (value: unknown) => interpolate(String(value), (name) => env.get(name)?.value);
  return new Map(
    Object.entries(isRecord(raw) ? raw : {}).map(([key, value]) => {
      const { name, external } = isRecord(value) ? value : {};
      const old = isRecord(external) ? external.name : undefined;
      const outside = name ?? old ?? (external === true ? key : undefined);
      return [key, outside === undefined ? undefined : say(outside)];
    }),
  );
}
