import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Stated } from '../evidence.ts';
import type { ForeignService } from './service.ts';
import { nameOf, readText } from './text.ts';

/** What a file of an NGINX that is part of the installation says about its sites. */
export interface Site {
  readonly names: readonly Stated[];
}

/** Reads `server_name` in the configuration that is mounted into an NGINX of the installation. */
export function readSites(directory: string, { mounts }: ForeignService): Site[] {
  return mounts
    .filter(({ named, target }) => !named && target.startsWith('/etc/nginx'))
    .flatMap(({ source }) => configurations(resolve(directory, source)))
    .map((file) => ({ names: serverNames(file, nameOf(file, directory)) }));
}

function configurations(path: string): string[] {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isFile()) return /\.(conf|template)$|\/nginx\.conf/.test(path) ? [path] : [];
  if (!facts?.isDirectory()) return [];
  return readdirSync(path)
    .sort()
    .filter((name) => name.endsWith('.conf'))
    .map((name) => join(path, name));
}

function serverNames(path: string, file: string): Stated[] {
  const lines = (readText(path, file) ?? '').split('\n');
  return lines.flatMap((text, index) => {
    const [, words = ''] = /^\s*server_name\s+([^;#]+);/.exec(text) ?? [];
    return words
      .split(/\s+/)
      .filter((word) => /^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(word) && word !== 'localhost')
      .map((value) => ({ value, evidence: { file, line: index + 1, key: 'server_name' } }));
  });
}
