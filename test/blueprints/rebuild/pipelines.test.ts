import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { raw } from './answers.ts';

const test = suite('pipelines');

/** What a stack that is rebuilt there has of it. */
async function pipeline(by: string, path: string, more: object = {}): Promise<string> {
  const rebuild = { by, registry: 'ghcr.io/example/meet', ...more };
  const { files } = await renderedOf({ ...raw, rebuild });
  return files.find((one) => one.path === path)?.text ?? '';
}

/** Each platform: its file, and the schema that it publishes for it. */
const published = [
  { by: 'github', path: '.github/workflows/images.yml', schema: 'github-workflows' },
];
const registries = ['ghcr.io/example/meet', 'registry.example.org:5000/meet'];

const judged = await needs(test, 'host:check-jsonschema');
for (const { by, path, schema } of published) {
  judged(`${by}: its published schema accepts ${path}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
    try {
      const paths = [];
      for (const registry of registries)
        for (const architectures of [['amd64'], ['amd64', 'arm64']]) {
          const file = join(folder, `${paths.length}.yml`);
          writeFileSync(file, await pipeline(by, path, { registry, architectures }));
          paths.push(file);
        }
      const check = ['--builtin-schema', `vendor.${schema}`];
      const { ok, output } = await command('check-jsonschema', [...check, ...paths]);
      assert.ok(ok, output);
      writeFileSync(join(folder, 'bad.yml'), 'jobs: 1\nstages: 2\nsteps: 3\nlanguage: {}\n');
      assert.not((await command('check-jsonschema', [...check, join(folder, 'bad.yml')])).ok);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test('github: least rights, nothing on disk, and only the default branch publishes', async () => {
  const at = async (more?: object) =>
    parse(await pipeline('github', '.github/workflows/images.yml', more));
  const { permissions, jobs } = await at();
  assert.equal(permissions, {});
  const write = { contents: 'read', packages: 'write', 'id-token': 'write' };
  assert.equal(jobs.build.permissions, write);
  assert.equal(jobs.use.permissions, write);
  assert.equal(jobs.tell.permissions, { issues: 'write' });
  const elsewhere = await at({ registry: 'registry.example.org/meet' });
  assert.equal(elsewhere.jobs.build.permissions, { contents: 'read', 'id-token': 'write' });
  const only = /^github.event_name == 'schedule' \|\| github.ref_name == .*default_branch$/;
  const secret = [];
  for (const [name, { if: when = '', steps }] of Object.entries(jobs) as [string, Job][])
    for (const { uses, with: options, run = '', env, if: condition = when } of steps) {
      if (uses) assert.match(uses, /@[0-9a-f]{40}$/);
      if (uses?.includes('checkout')) assert.equal(options, { 'persist-credentials': false });
      if (!JSON.stringify(env ?? {}).includes('secrets.')) continue;
      secret.push(`${name} ${run.split('\n')[0]}`);
      if (name !== 'tell') assert.match(condition, only, run);
    }
  assert.equal(secret.slice(0, 2), ['build rebuild/publish.sh', 'use rebuild/join.sh']);
  assert.is(secret.length, 3);
});

interface Job {
  readonly if?: string;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: object;
    readonly run?: string;
    readonly env?: object;
    readonly if?: string;
  }[];
}

test.run();
