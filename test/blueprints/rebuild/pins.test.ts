import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { raw } from './answers.ts';

const test = suite('a bot for what is pinned');

const places = {
  renovate: { path: 'renovate.json', schema: 'renovate', nonsense: '{ "packageRules": 1 }' },
  dependabot: {
    path: '.github/dependabot.yml',
    schema: 'dependabot',
    nonsense: 'version: 2\nupdates: 1\n',
  },
} as const;
type Bot = keyof typeof places;
const registry = 'ghcr.io/example/meet';

async function written(pins: Bot, rebuild: object = { by: 'none' }) {
  const { files } = await renderedOf({ ...raw, rebuild: { ...rebuild, pins } } as RawAnswers);
  const read = (path: string) => files.find((one) => one.path === path)?.text;
  const images = Object.values(parse(read('compose.yaml') ?? '').services as { image: string }[])
    .map(({ image }) => /^(.*):([^:/]+)$/.exec(image)?.slice(1) ?? [])
    .map(([name = '', tag = '']) => ({ name, tag }));
  return { text: read(places[pins].path) ?? '', read, images };
}

interface Rule {
  readonly matchPackageNames: string[];
  readonly allowedVersions?: string;
  readonly enabled?: boolean;
}

/** The versions that a bot may take of an image: a pattern, or none. */
const renovateMay = (text: string, name: string) => {
  const rules = (JSON.parse(text).packageRules as Rule[]).filter(({ matchPackageNames }) =>
    matchPackageNames.includes(name),
  );
  assert.is(rules.length, 1, name);
  if (rules[0]?.enabled === false) return undefined;
  return new RegExp(rules[0]?.allowedVersions?.slice(1, -1) ?? 'no rule is no limit');
};

test('renovate: each image stays within its line, and Jitsi’s within its release', async () => {
  const { text, images } = await written('renovate');
  assert.ok(images.length > 6);
  for (const { name, tag } of images) {
    const versions = renovateMay(text, name);
    if (/jitsi|localhost/.test(name)) {
      assert.is(versions, undefined, name);
      continue;
    }
    assert.match(tag, versions as RegExp, name);
    const [major = 0, minor = 0] = tag.replace('v', '').split('.').map(Number);
    const v = tag.startsWith('v') ? 'v' : '';
    assert.match(`${v}${major}.${minor}.999`, versions as RegExp, name);
    assert.not.match(`${v}${major + 1}.0.0`, versions as RegExp, name);
    assert.not.match('latest', versions as RegExp);
    if (name === 'nginx' || name === 'haproxy')
      assert.not.match(`${major}.${minor + 1}.0`, versions as RegExp, name);
  }
});

test('dependabot: the same, by the names that it has for images', async () => {
  const { text, images } = await written('dependabot');
  const [{ 'package-ecosystem': ecosystem, ignore }] = parse(text).updates;
  assert.is(ecosystem, 'docker-compose');
  const ruleOf = (name: string) =>
    ignore.find((one: { 'dependency-name': string }) => one['dependency-name'] === name);
  for (const { name } of images) {
    const rule = ruleOf(name.replace(/^(localhost|[^/]+\.[^/]+)\//, ''));
    assert.ok(rule, name);
    const types = rule['update-types'] ?? ['all'];
    if (/jitsi|localhost/.test(name)) assert.equal(types, ['all'], name);
    else assert.ok(types.includes('version-update:semver-major') && !types.includes('all'), name);
    assert.is(types.includes('version-update:semver-minor'), /^(nginx|haproxy)$/.test(name), name);
  }
});

test('images that are rebuilt follow their line by themselves, and workflows pin actions', async () => {
  const rebuild = { by: 'github', registry };
  const renovate = await written('renovate', rebuild);
  for (const { name } of renovate.images) assert.is(renovateMay(renovate.text, name), undefined);
  const dependabot = parse((await written('dependabot', rebuild)).text);
  assert.equal(
    dependabot.updates.map((one: Record<string, string>) => one['package-ecosystem']),
    ['docker-compose', 'github-actions'],
  );
  const [manager] = JSON.parse(renovate.text).customManagers;
  const pattern = new RegExp(manager.matchStrings[0], 'g');
  const found = [...(renovate.read('rebuild/tools.sh') ?? '').matchAll(pattern)];
  assert.equal(
    found.map(({ groups }) => groups?.depName),
    ['github.com/anchore/grype', 'github.com/sigstore/cosign/v3'],
  );
  assert.match('rebuild/tools.sh', new RegExp(manager.managerFilePatterns[0].slice(1, -1)));
});

test('only the bot that was chosen has a file', async () => {
  const { read } = await written('renovate');
  assert.is(read(places.dependabot.path), undefined);
  assert.is((await written('dependabot')).read(places.renovate.path), undefined);
});

const judged = await needs(test, 'host:check-jsonschema');
for (const bot of Object.keys(places) as Bot[])
  judged(`${bot}: its published schema accepts the file`, async () => {
    const { schema, nonsense } = places[bot];
    const folder = mkdtempSync(join(tmpdir(), 'pins-'));
    const check = (file: string, text: string) => {
      writeFileSync(join(folder, file), text);
      const words = ['--builtin-schema', `vendor.${schema}`, join(folder, file)];
      return command('check-jsonschema', words);
    };
    const end = bot === 'renovate' ? 'json' : 'yml';
    try {
      for (const rebuild of [{ by: 'none' }, { by: 'github', registry }, { by: 'timer' }]) {
        const { ok, output } = await check(`right.${end}`, (await written(bot, rebuild)).text);
        assert.ok(ok, output);
      }
      assert.not((await check(`wrong.${end}`, nonsense)).ok);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

test.run();
