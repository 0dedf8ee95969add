import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { executable } from '../../programs/executable.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { attempt, run } from '../process.ts';
import type { Lab } from '../session.ts';
import { openStack, type Stack } from '../stack.ts';

const vulnerability = 'CVE-2026-99999';
const database = path.join(import.meta.dirname, '../rebuild/vulnerability.sql');

/** As dpkg notes a package. */
const madeUp = (version: string) => `RUN printf '%s\\n' 'Package: made-up' \
'Status: install ok installed' 'Maintainer: nobody <nobody@example.org>' 'Architecture: all' \
'Version: ${version}' 'Description: nothing' '' >>/var/lib/dpkg/status`;

/** The scripts of a stack whose images are rebuilt, with the real grype; its database knows that one vulnerability. */
async function scanning({ engine, scratch, world, edge }: Lab) {
  const folder = path.join(scratch, 'scanned');
  const cache = path.join(scratch, 'grype');
  mkdirSync(cache);
  const environment = {
    ...engine.environment,
    GRYPE_DB_CACHE_DIR: cache,
    GRYPE_DB_AUTO_UPDATE: 'false',
    GRYPE_CHECK_FOR_APP_UPDATE: 'false',
  };
  const file = path.join(cache, 'made-up.db');
  await run('sqlite3', [file], { input: readFileSync(database, 'utf8') });
  await run('grype', ['db', 'import', file], { env: environment });
  const stack = openStack(folder, () => environment);
  const architectures = [process.arch === 'arm64' ? 'arm64' : 'amd64'];
  await stack.generate({
    ...answersFor(world, edge),
    rebuild: { by: 'github', registry: 'registry.example.org/meet', architectures },
  });
  const scan = () => attempt(path.join(folder, 'rebuild/scan.sh'), [], { env: environment });
  return { stack, scan, folder };
}

const repository = (image: string) => image.replace(/:[^:/]*$/, '');

/** Makes what a build makes, of the images that stand in here, whatever their tags. */
async function built(
  { stack: running }: Lab,
  stack: Stack,
  instruction: string,
  only = '',
): Promise<readonly string[]> {
  const here = new Map(running.plan().services.map(({ image }) => [repository(image), image]));
  const images = new Map(
    stack.plan().services.map(({ image, build }) => [image, build?.args?.BASE ?? '']),
  );
  const candidates = [...images].flatMap(([image, base]) =>
    base && image.includes(only)
      ? [{ name: `${image}-candidate`, base: here.get(repository(base)) ?? base }]
      : [],
  );
  for (const { name, base } of candidates)
    await stack.docker(['build', '--quiet', '--tag', name, '-'], {
      input: `FROM ${base}\nUSER root\n${instruction}\n`,
    });
  return candidates.map(({ name }) => name);
}

async function trial(
  lab: Lab,
  { stack, scan, folder }: Awaited<ReturnType<typeof scanning>>,
): Promise<string> {
  const names = await built(lab, stack, madeUp('2.0'));
  const clean = await scan();
  same(clean.code, 0, clean.stderr);
  const bills = names.map((name) =>
    path.basename(name).replace('-candidate', '').replace(':', '_'),
  );
  for (const bill of bills)
    ensure(existsSync(path.join(folder, `.rebuild/sbom/${bill}.json`)), `no SBOM of ${bill}`);

  await built(lab, stack, madeUp('1.0'), '/web:');
  const found = await scan();
  same(found.code, 1, 'how it ends with a vulnerability');
  const named = new RegExp(`made-up +1\\.0 +2\\.0 +deb +${vulnerability} +Critical`);
  ensure(named.test(found.stderr), found.stderr);
  ensure(
    /Not used, because grype.*: registry\.example\.org\/meet\/web:\S+\s*$/.test(found.stderr),
    found.stderr,
  );
  ensure(!existsSync(path.join(folder, '.rebuild/scanned')), 'it counts as scanned');

  writeFileSync(path.join(folder, '.grype.yaml'), `ignore:\n  - vulnerability: ${vulnerability}\n`);
  const ignored = await scan();
  same(ignored.code, 0, ignored.stderr);
  return `${names.length} images; ${vulnerability} in one of them keeps all from use, unless .grype.yaml says otherwise`;
}

/** What the gate of a rebuild does with a vulnerability that a real scanner knows. */
export const scanner: Check = {
  name: 'rebuild: the real grype, with a database of one made-up vulnerability',
  services: [],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  lacks: () => {
    const missing = ['grype', 'sqlite3'].filter((name) => !executable(name));
    return missing.length > 0
      ? `${missing.join(' and ')} not installed: docs/testing.md says how to have them`
      : undefined;
  },
  async run(lab) {
    const scanned = await scanning(lab);
    const { stack } = scanned;
    try {
      return await trial(lab, scanned);
    } finally {
      const tags = ['images', '--quiet', '--filter', 'reference=registry.example.org/meet/*'];
      const ids = new Set((await stack.docker(tags)).split('\n').filter(Boolean));
      await stack.docker(['rmi', '--force', ...ids]);
    }
  },
};
