import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, install, type Packed, pack, readJson, temporaryDirectory } from './packed.ts';
import { filesBelow } from './tree.ts';

const test = suite<{ packed: Packed; root: string }>('what is in the package');

test.before(async (context) => {
  const directory = temporaryDirectory();
  context.packed = await pack(directory);
  context.root = await install(context.packed, directory);
});

test('the package holds the bundle and nothing else', ({ packed }) => {
  const paths = packed.files.map(({ path }) => path);
  const expected = [
    'LICENSE',
    'README.md',
    'package.json',
    'dist/cli.js',
    'dist/jitsi-stack.schema.json',
    'dist/THIRD-PARTY-NOTICES.txt',
  ];
  const missing = expected.filter((path) => !paths.includes(path));
  assert.equal(missing, [], 'missing');
  const chunk = /^dist\/(?:[\w.-]+\.js|templates-\w+\.cjs)$/;
  const others = paths.filter((path) => !expected.includes(path) && !chunk.test(path));
  assert.equal(others, [], 'not wanted');
});

test('the same files after installing, with nothing besides', ({ packed, root }) => {
  assert.equal(filesBelow(root), packed.files.map(({ path }) => path).sort());
  assert.equal(
    filesBelow(join(root, '..')).filter((path) => !path.startsWith('create-jitsi-stack/')),
    ['.package-lock.json'],
  );
});

test('small, and without anything that npm would have to fetch', ({ packed, root }) => {
  assert.ok(packed.unpackedSize < 4_000_000, `${packed.unpackedSize} bytes unpacked`);
  const manifest = readJson(join(root, 'package.json'));
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
    assert.is(manifest[kind], undefined, kind);
  }
  const scripts = Object.keys(manifest.scripts ?? {});
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.not(scripts.includes(hook), hook);
  }
});

test('help and the first question wait for no part of Node that is slow to load', ({ root }) => {
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    if (!path.startsWith('./')) return;
    const text = readFileSync(join(root, 'dist', path), 'utf8');
    for (const [, next = ''] of text.matchAll(/(?:\bfrom|\bimport)"([^"]+)"/g)) load(next);
  };
  load('./cli.js');
  const chunks = readdirSync(join(root, 'dist'));
  for (const later of ['create', 'clack']) {
    const found = chunks.filter((name) => new RegExp(`^${later}-[A-Z0-9]+\\.js$`).test(name));
    assert.is(found.length, 1, later);
    load(`./${found[0]}`);
  }
  assert.ok(loaded.has('node:path'), 'no imports were found');
  const slow = ['crypto', 'fs/promises', 'child_process', 'net', 'dns/promises', 'zlib'];
  const found = slow.filter((name) => loaded.has(name) || loaded.has(`node:${name}`));
  assert.equal(found, []);
});

test('one executable entry; it runs with what Debian has', ({ packed, root }) => {
  const entry = packed.files.find(({ path }) => path === 'dist/cli.js');
  assert.is((entry?.mode ?? 0) & 0o777, 0o755);
  assert.match(readFileSync(join(root, 'dist/cli.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/);
  const manifest = readJson(join(root, 'package.json'));
  assert.equal(manifest.bin, { 'create-jitsi-stack': 'dist/cli.js' });
  assert.is((manifest.engines as { node: string }).node, '>= 20.12.0');
});

test('nothing of the machine that it was built on', ({ packed, root }) => {
  const home = process.env.HOME ?? '';
  // The root of everything, or /root in a text about permissions, would say nothing.
  const traces = [checkout, checkout.replace(/\/$/, ''), ...(home.length > 6 ? [home] : [])];
  for (const { path } of packed.files) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const trace of traces) assert.not.ok(text.includes(trace), `${trace} in ${path}`);
    assert.not.match(text, /sourceMappingURL=data:/, path);
  }
});

test.run();
