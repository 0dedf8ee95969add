import { parseEnv } from '../../env-file.ts';
import { StackError } from '../../errors.ts';
import type { Evidence, Stated } from '../evidence.ts';
import { interpolate, type VariableLookup } from './interpolate.ts';
import { fromBytes, readBytes } from './text.ts';

/**
 * The variables of an environment file with their values as Docker Compose reads them: single quotes are literal, double
 * quotes know escapes, and what is not in single quotes is interpolated with the names above it. The last of several
 * lines for one name counts. Nothing comes from this process's own environment.
 *
 * @param name how the file is called in evidence
 * @param outer names that are known besides those of this file
 */
export function readEnvFile(
  path: string,
  name: string,
  outer: VariableLookup = () => undefined,
): ReadonlyMap<string, Stated> | undefined {
  const text = readBytes(path, name);
  return text === undefined ? undefined : parseValues(text, name, outer);
}

/** Variables of such a file that are commented out, as the example of docker-jitsi-meet has most of them. */
export function readCommented(path: string, name: string): ReadonlyMap<string, Evidence> {
  const lines = (readBytes(path, name) ?? '').split('\n');
  return new Map(
    lines.flatMap((text, index): [string, Evidence][] => {
      const key = /^[ \t]{0,8}#[# \t]{0,8}([A-Z][A-Z0-9_]*)=/.exec(text)?.[1];
      return key === undefined ? [] : [[key, { file: name, line: index + 1, key }]];
    }),
  );
}

/** More than any value that a container can be given sensibly. */
const longest = 64 * 1024;

function parseValues(
  text: string,
  file: string,
  outer: VariableLookup,
): ReadonlyMap<string, Stated> {
  const values = new Map<string, Stated>();
  const lookup: VariableLookup = (name) => outer(name) ?? values.get(name)?.value;
  let line = 1;
  let counted = 0;
  for (const { name, start, end } of parseEnv(text)) {
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    const value = valueIn(fromBytes(text.slice(start, end)), lookup);
    if (value.length > longest)
      throw new StackError({
        where: `${file}, line ${line}`,
        what: `The value of ${name} is longer than 64 KiB once the names in it are replaced.`,
        why: 'Nothing in Jitsi is that long, and names that refer to each other can grow without end.',
        fix: 'Shorten it in a copy of the file, and adopt that one.',
      });
    values.delete(name);
    values.set(name, { value, evidence: { file, line, key: name } });
  }
  return values;
}

function valueIn(raw: string, lookup: VariableLookup): string {
  const inside = raw.slice(1, -1);
  if (raw.startsWith("'")) return inside.replaceAll("\\'", "'");
  if (raw.startsWith('"')) return interpolate(withoutEscapes(inside), lookup);
  return interpolate(raw, lookup);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
  $: '$$',
};

/** The escapes of compose-go's `dotenv`; an escaped dollar is no variable. */
function withoutEscapes(text: string): string {
  return text.replace(/\\(?:([abfnrtv$"\\])|0([0-7]{1,3}))/g, (_, sign?: string, octal?: string) =>
    sign === undefined
      ? String.fromCharCode(Number.parseInt(octal ?? '', 8))
      : (escapes[sign] ?? sign),
  );
}
