import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fixesSince } from '../../src/audit/fixes-since.ts';
import { linesOf, pinned } from '../images.ts';
import { planOf } from '../matrix/stack.ts';
import { feature, plan, service } from '../plan/example.ts';

const images = suite('images');

const root = fileURLToPath(new URL('../../', import.meta.url));

images('every one is pinned to a version, and one image to one version', () => {
  const versions = new Map<string, Set<string>>();
  for (const folder of ['src', 'blueprints']) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      // The catalogue has what Jitsi's own compose files name.
      if (!/\.(ts|ejs)$/.test(path) || path === 'releases/data.ts') continue;
      const text = readFileSync(join(root, folder, path), 'utf8');
      for (const name of Object.values(pinned)) {
        const [image = '', tag = ''] = name.split(/:(?=[^/]*$)/);
        assert.match(tag, /\d|trixie/, name);
        const found = text.matchAll(new RegExp(`(?<![\\w/.-])${image}:(v?\\d[\\w.-]*)`, 'g'));
        for (const [, version = ''] of found)
          versions.set(image, (versions.get(image) ?? new Set()).add(version));
      }
    }
  }
  assert.ok(versions.size >= 4, [...versions.keys()].join(' '));
  for (const [image, tags] of versions) assert.is(tags.size, 1, `${image}: ${[...tags].join(' ')}`);
});

images('none is of before a fix that is known', () => {
  for (const name of Object.values(pinned)) assert.equal(fixesSince(name), [], name);
});

images('what a feature brings runs in the stack as it is pinned', async () => {
  const { services } = await planOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
    edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
    certificates: { source: 'acme', email: 'ops@example.org' },
    turn: { mode: 'coturn', domain: 'turn.example.org' },
    auth: {
      mode: 'oidc',
      providerUrl: 'https://id.example.org/realms/meet',
      clientId: 'jitsi',
    },
    extras: ['monitoring', 'logs', 'documents', 'transcription'],
    transcription: { by: 'openai' },
    host: { memory: 8192 },
  });
  for (const [id, name] of Object.entries(pinned)) {
    assert.ok(
      services.some(({ image }) => image === name),
      `${id}: ${name}`,
    );
  }
});

const anew = feature('github', {
  rebuild: { registry: 'ghcr.io/owner/meet', context: './images/rebuilt' },
});

images('built anew, each runs as the user that its maker chose', () => {
  const pads = service('pads', { image: { name: 'etherpad/etherpad:2.1', user: 'etherpad' } });
  const [made] = plan([feature('one', { services: [pads] }), anew]).services;
  assert.is(made?.image, 'ghcr.io/owner/meet/etherpad:2.1');
  assert.equal(made?.build, {
    context: './images/rebuilt',
    args: { BASE: 'etherpad/etherpad:2.1', BASE_USER: 'etherpad' },
  });
});

images(
  'one without a shell is taken as it is published, also where all others are built anew',
  () => {
    const logs = service('logs', {
      image: { name: 'grafana/loki:3.7', user: '10001', bare: true },
    });
    const [taken] = plan([feature('one', { services: [logs] }), anew]).services;
    assert.is(taken?.image, 'grafana/loki:3.7');
    assert.is(taken?.build, undefined);
  },
);

images('built anew, each starts from the newest of its line, which its pin is of', async () => {
  const pads = (line: string) =>
    service('pads', {
      image: { name: `etherpad/etherpad:2.1@sha256:${'0'.repeat(64)}`, line, user: 'root' },
    });
  const [made] = plan([feature('one', { services: [pads('2')] }), anew]).services;
  assert.equal(
    [made?.image, made?.build?.args?.BASE],
    ['ghcr.io/owner/meet/etherpad:2', 'etherpad/etherpad:2'],
  );
  const lines = await linesOf();
  assert.ok(lines.length >= 4);
  for (const { name, line } of lines) {
    const tag = name.replace(/@.*/, '').split(':').at(-1) ?? '';
    assert.ok(tag.startsWith(`${line}.`), `${name} is not of ${line}`);
  }
});

images('one that is made here is made from its own folder', () => {
  const local = {
    ...{ name: 'tool', about: 'x', memory: 64 },
    ...{ image: 'localhost/tool:1', build: { context: './images/tool' } },
  };
  const [made] = plan([feature('one', { services: [local] }), anew]).services;
  assert.equal([made?.image, made?.build], ['ghcr.io/owner/meet/tool:1', local.build]);
});

images.run();
