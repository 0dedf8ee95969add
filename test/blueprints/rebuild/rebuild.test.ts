import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('daily rebuild');

const raw: RawAnswers = {
  domain: 'meet.example.org',
  network: { exposure: 'nat', publicAddresses: ['198.51.100.7'], lanAddresses: ['192.168.10.20'] },
  edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
  certificates: { source: 'acme', email: 'ops@example.org' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
};
const github = (registry = 'ghcr.io/example/meet'): RawAnswers => ({
  ...raw,
  rebuild: { by: 'github', registry },
});

async function workflowOf(answers: RawAnswers) {
  const { files } = await renderedOf(answers);
  const { text = '' } = files.find(({ path }) => path === '.github/workflows/images.yml') ?? {};
  const { jobs, permissions, on } = parse(text);
  const steps: { name?: string; run: string; env: Record<string, string> }[] = jobs.build.steps;
  return { on, permissions, steps, step: (name: string) => steps.find((one) => one.name === name) };
}

test('every image keeps its name and tag, and says what it is built from', async () => {
  const before = await planOf(raw);
  const { services } = await planOf(github());
  assert.is(services.length, before.services.length);
  services.forEach(({ name, image, build }, index) => {
    const published = before.services[index]?.image ?? '';
    assert.is(image, `ghcr.io/example/meet/${published.replace(/.*\//, '')}`, name);
    if (published.startsWith('localhost/')) {
      assert.equal(build, { context: './images/go-mmproxy' }, name);
    } else {
      assert.is(build?.context, './images/rebuilt', name);
      assert.is(build?.args?.BASE, published, name);
    }
  });
});

test('a container runs as the same user as on the published image', async () => {
  const userOf = async (release: string) => {
    const { services } = await planOf({ ...github(), release });
    return services.find(({ name }) => name === 'prosody')?.build?.args?.BASE_USER;
  };
  assert.is(await userOf('stable-11146-2'), 's6');
  assert.is(await userOf('stable-11031'), 'root');
});

test('an older release still finds its own images behind the registry’s names', async () => {
  const scriptOf = async (answers: RawAnswers) => {
    const { files } = await renderedOf({ ...answers, release: 'stable-11031' });
    return files.find(({ path }) => path === 'scripts/prepare.sh')?.text;
  };
  assert.is(await scriptOf(github()), await scriptOf(raw));
});

test('the workflow starts what can run anywhere: no relay, no ACME', async () => {
  const { step } = await workflowOf(github());
  const { run = '' } = step('Start, and wait until all are healthy') ?? {};
  const [, names = ''] = /--wait-timeout \d+ ([a-z -]+?) \|\|/.exec(run) ?? [];
  assert.equal(names.split(' ').sort(), [
    ...['go-mmproxy', 'haproxy', 'jicofo', 'jvb', 'nginx', 'prosody', 'web'],
  ]);
});

test('it publishes after everything was healthy, with no more rights than that takes', async () => {
  const at = await workflowOf(github());
  assert.is(at.steps.at(-1)?.name, 'Publish');
  assert.equal(at.permissions, { contents: 'read', packages: 'write' });
  const elsewhere = await workflowOf(github('registry.example.net:5000/jitsi'));
  assert.equal(elsewhere.permissions, { contents: 'read' });
  const publish = elsewhere.step('Publish');
  assert.match(publish?.run ?? '', 'docker login registry.example.net:5000 ');
  assert.is(publish?.env.TOKEN, ['$', '{{ secrets.REGISTRY_TOKEN }}'].join(''));
});

(await needs(test, 'host:bash', 'host:openssl'))(
  'its throw-away secrets are all that Compose asks for',
  async () => {
    const { files } = await renderedOf(github());
    const { step } = await workflowOf(github());
    const folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
    try {
      for (const path of ['.env.example', 'compose.yaml']) {
        writeFileSync(join(folder, path), files.find((file) => file.path === path)?.text ?? '');
      }
      // GitHub runs steps so.
      execFileSync('bash', ['-e', '-c', step('Secrets that are only for this run')?.run ?? ''], {
        cwd: folder,
      });
      const env = readFileSync(join(folder, '.env'), 'utf8');
      const compose = readFileSync(join(folder, 'compose.yaml'), 'utf8');
      const asked = [...compose.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name);
      assert.ok(asked.length > 0);
      for (const name of new Set(asked))
        assert.match(env, new RegExp(`^${name}=[0-9a-f]{32}$`, 'm'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test.run();
