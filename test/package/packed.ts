import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from '../programs/command.ts';

export const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** What npm would publish, as it says itself. */
export interface Packed {
  readonly tarball: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  /** Bytes on disk after installing. */
  readonly unpackedSize: number;
}

/** A directory for one suite, gone when its process ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'package-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Packs the bundle that is in `dist/`; nothing is built here. */
export async function pack(into: string): Promise<Packed> {
  if (!existsSync(join(checkout, 'dist/cli.js'))) throw new Error('First: npm run bundle');
  const { stdout } = await must(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', into],
    { cwd: checkout },
  );
  const answer = JSON.parse(stdout);
  // npm 10 gives a list, npm 11 and later may give one entry for each name.
  const [entry] = Array.isArray(answer) ? answer : Object.values(answer);
  return { ...entry, tarball: join(into, entry.filename) };
}

/** Installs the tarball into an empty directory without any network. Resolves with where the package is then. */
export async function install({ tarball }: Packed, directory: string): Promise<string> {
  const cache = join(directory, '.npm-cache');
  await must(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--offline',
      '--no-audit',
      '--no-fund',
      '--cache',
      cache,
      tarball,
    ],
    { cwd: directory },
  );
  return join(directory, 'node_modules/create-jitsi-stack');
}

export function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}
