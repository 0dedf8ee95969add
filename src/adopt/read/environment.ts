import { resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import type { Evidence, Stated } from '../evidence.ts';
import type { ComposeSource } from './compose-source.ts';
import { readEnvFile } from './env.ts';
import { interpolate, namesIn, unsetIn } from './interpolate.ts';
import type { ForeignService, Unseen } from './service.ts';
import { nameOf } from './text.ts';

type Raw = Readonly<Record<string, unknown>>;
type At = (...rest: (string | number)[]) => Evidence;

/** What a service is given as its environment, and what of it these files do not show. */
export function readEnvironment(
  raw: Raw,
  source: ComposeSource,
  at: At,
): Pick<ForeignService, 'environment' | 'unseen' | 'missingFiles'> {
  const { values, missingFiles } = readEnvFiles(raw, source);
  const environment = new Map(values);
  const unseen = new Map<string, Unseen>();
  for (const { name, value, evidence } of entriesOf(raw, at)) {
    environment.delete(name);
    // A name alone is handed on from where Compose is started.
    const stated = value === undefined ? source.env.get(name) : state(value, evidence, source);
    const unset = value === undefined ? [] : unsetIn(value, (one) => source.env.get(one)?.value);
    const isWhole = stated !== undefined && unset.every(({ replaced }) => replaced);
    if (isWhole) environment.set(name, stated);
    if (stated === undefined || unset.length > 0)
      unseen.set(name, { evidence, ...(isWhole && { otherwise: stated }) });
  }
  return { environment, unseen, missingFiles };
}

/** A value with the place to change it: the variable behind it, where it is nothing else. */
export function state(raw: unknown, here: Evidence, { env }: ComposeSource): Stated {
  const text = String(raw ?? '');
  const value = interpolate(text, (name) => env.get(name)?.value);
  const behind = namesIn(text).flatMap((name) => env.get(name) ?? [])[0];
  return { value, evidence: behind?.evidence ?? here };
}

interface Entry {
  readonly name: string;
  /** Undefined where the name stands alone. */
  readonly value: string | undefined;
  readonly evidence: Evidence;
}

function entriesOf({ environment: raw }: Raw, at: At): Entry[] {
  const entry = (step: string | number, name: string, value: unknown): Entry => ({
    name,
    value: value === undefined || value === null ? undefined : String(value),
    evidence: { ...at('environment', step), key: name },
  });
  if (Array.isArray(raw))
    return raw.map((item, index) => {
      const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(String(item ?? '')) ?? [];
      return entry(index, name, value);
    });
  return Object.entries(isRecord(raw) ? raw : {}).map(([name, value]) => entry(name, name, value));
}

/** Files of variables for one container; later ones win. */
function readEnvFiles({ env_file: raw }: Raw, { directory, folder, env }: ComposeSource) {
  const values: [string, Stated][] = [];
  const missingFiles: string[] = [];
  for (const entry of Array.isArray(raw) ? raw : [raw ?? []].flat()) {
    const path = isRecord(entry) ? entry.path : entry;
    const lookup = (name: string) => env.get(name)?.value;
    const file = resolve(folder, interpolate(String(path ?? ''), lookup));
    const read = readEnvFile(file, nameOf(file, directory), lookup);
    if (read) values.push(...read);
    else missingFiles.push(nameOf(file, directory));
  }
  return { values, missingFiles };
}
