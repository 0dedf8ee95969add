import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { actions } from '../../projenrc/workflows/actions.ts';

const renovate = suite('renovate');
const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { customManagers } = JSON.parse(read('renovate.json'));

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
}

/** What Renovate finds in a file: names with their versions. */
function found(path: string): Map<string, string> {
  const managers = (customManagers as Manager[]).filter(({ managerFilePatterns }) =>
    managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path)),
  );
  const matches = managers.flatMap(({ matchStrings, depNameTemplate }) =>
    matchStrings.flatMap((pattern) =>
      [...read(path).matchAll(new RegExp(pattern, 'g'))].map(
        ({ groups }) =>
          [groups?.depName ?? depNameTemplate ?? '', groups?.currentValue ?? ''] as const,
      ),
    ),
  );
  return new Map(matches);
}

renovate('follows the image of every feature', () => {
  const files = readdirSync(join(root, 'blueprints'), { recursive: true, encoding: 'utf8' })
    .map((path) => `blueprints/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'));
  const pinned = files.filter((path) => /'[\w./-]+:v?\d+\.[\w.-]+'/.test(read(path)));
  assert.ok(pinned.length >= 5, pinned.join());
  for (const path of pinned) assert.is(found(path).size, 1, path);
});

renovate('follows every action', () => {
  const versions = found('projenrc/workflows/actions.ts');
  assert.equal([...versions.keys()].sort(), Object.keys(actions).sort());
});

renovate('follows what generated workflows use, and what their scripts build', () => {
  const of = (id: string, name: string) => [...found(`blueprints/${id}/${name}.ts`).keys()];
  assert.equal(of('rebuild-github', 'actions'), ['actions/checkout']);
  assert.equal(of('rebuild', 'tools'), [
    'github.com/anchore/grype',
    'github.com/sigstore/cosign/v3',
  ]);
});

renovate('follows every package that is pinned to one version', () => {
  const { devDependencies } = JSON.parse(read('package.json'));
  const versions = found('.projenrc.ts');
  const pinned = Object.entries(devDependencies).filter(([name, version]) =>
    name === 'projen' ? false : /^\d/.test(String(version)),
  );
  assert.ok(pinned.length > 10);
  for (const [name, version] of pinned) assert.is(versions.get(name), version, name);
});

renovate.run();
