import { dirname, join, resolve } from 'node:path';
import { isRecord } from '../../answers/complete.ts';
import type { Evidence, Stated } from '../evidence.ts';
import { readCommented, readEnvFile } from './env.ts';
import { interpolate } from './interpolate.ts';
import type { ForeignService } from './service.ts';
import { nameOf } from './text.ts';

/** What a compose file is read with. */
export interface IncludeContext {
  /** Directory of the installation. */
  readonly directory: string;
  /** The project's directory: paths in its files start there. */
  readonly folder: string;
  readonly env: ReadonlyMap<string, Stated>;
  readonly skipped: { where: string; what: string }[];
}

/** One entry of `include`: compose files that are a project of their own. */
interface Part {
  /** Absolute. */
  readonly files: readonly string[];
  /** The same as people call them. */
  readonly names: readonly string[];
  readonly folder: string;
  /** Variables that its files are read with. */
  readonly env: ReadonlyMap<string, Stated>;
  /** The files of variables behind it, as people call them. */
  readonly envFiles: readonly string[];
  readonly commented: ReadonlyMap<string, Evidence>;
}

/** A part with what is in it. */
export interface Included extends Part {
  readonly services: readonly ForeignService[];
}

/**
 * The entries of `include` (compose-spec, "Include"): a path, or `path` with `project_directory` and `env_file`. The
 * variables of the project that includes count more than those that a part has of its own.
 *
 * @param where the file that they stand in
 */
export function includesOf(raw: unknown, where: string, context: IncludeContext): Part[] {
  const { directory, folder, env, skipped } = context;
  const say = (value: unknown) => interpolate(String(value ?? ''), (name) => env.get(name)?.value);
  return list(raw).flatMap((entry): Part[] => {
    const long = isRecord(entry) ? entry : { path: entry };
    const paths = list(long.path).map(say);
    const [first] = paths;
    if (first === undefined) return [];
    const remote = paths.find((path) => /^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(path));
    if (remote !== undefined) {
      const what = `${remote} comes from another machine and is not read. Put a copy of it beside this file to have it looked at.`;
      skipped.push({ where, what });
      return [];
    }
    const files = paths.map((path) => resolve(folder, path));
    const own = long.project_directory;
    const at = own === undefined ? dirname(files[0] ?? folder) : resolve(folder, say(own));
    const given = list(long.env_file).map((path) => resolve(folder, say(path)));
    const variables = given.length > 0 ? given : [join(at, '.env')];
    const lookup = (name: string) => env.get(name)?.value;
    const read = variables.flatMap((path) => {
      const name = nameOf(path, directory);
      const values = readEnvFile(path, name, lookup);
      return values ? [{ path, name, values }] : [];
    });
    return [
      {
        files,
        names: files.map((file) => nameOf(file, directory)),
        folder: at,
        env: new Map([...read.flatMap(({ values }) => [...values]), ...env]),
        envFiles: read.map(({ name }) => name),
        commented: new Map(read.flatMap(({ path, name }) => [...readCommented(path, name)])),
      },
    ];
  });
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
