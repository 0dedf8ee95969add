import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { digestOf, referenceOf } from '../../projenrc/images/registry.ts';
import { command } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';
import { openRegistry } from './registry.ts';

const digests = suite('the digests of images');
const test = await needs(digests, 'host:docker-registry');
const root = join(import.meta.dirname, '../..');
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [],
});
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

digests('names are taken apart as Docker does', () => {
  const hub = 'https://registry-1.docker.io';
  for (const [image, registry, repository, tag] of [
    ['nginx:1.30.5', hub, 'library/nginx', '1.30.5'],
    [`coturn/coturn:4.10.0@${digest}`, hub, 'coturn/coturn', '4.10.0'],
    ['ghcr.io/jitsi/web:stable-11146-2', 'https://ghcr.io', 'jitsi/web', 'stable-11146-2'],
    ['localhost:5000/a/b:1', 'https://localhost:5000', 'a/b', '1'],
  ] as const)
    assert.equal(referenceOf(image), { registry, repository, tag });
});

const image = (name: string) =>
  `export const image: Image = { name: '${name}', line: '1.30', user: 'root' };\n`;

/** A folder of features like blueprints/, and the command over it. */
async function pinned(registry: string, names: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'digests-'));
  const paths = names.map((_, index) => join(folder, `feature${index}`, 'image.ts'));
  try {
    for (const [index, path] of paths.entries()) {
      mkdirSync(join(path, '..'));
      writeFileSync(path, image(names[index] ?? ''));
    }
    const words = ['--registry', registry, '--folder', folder];
    const tool = ['--import', 'tsx', 'projenrc/images/digests.ts', ...words];
    const { code, output } = await command(process.execPath, tool, { cwd: root });
    return { code, output, texts: paths.map((path) => readFileSync(path, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a real registry is asked for each, and every file of one image says the same', async () => {
  const registry = await openRegistry();
  try {
    for (const repository of ['library/nginx', 'coturn/coturn'])
      await registry.push(repository, '1.30.5', manifest);
    const names = ['nginx:1.30.5', 'coturn/coturn:1.30.5', `nginx:1.30.5@sha256:${'0'.repeat(64)}`];
    const { code, output, texts } = await pinned(registry.url, names);
    assert.is(code, 0, output);
    assert.match(output, 'Pinned 2 images to their digests.');
    const plain = names.map((name) => name.replace(/@.*/, ''));
    assert.equal(
      texts,
      plain.map((name) => image(`${name}@${digest}`)),
    );
    const unknown = await pinned(registry.url, ['nginx:1.30.5', 'nginx:9.9.9']);
    assert.is(unknown.code, 2);
    assert.match(
      unknown.output,
      'The digest of library/nginx:9.9.9 could not be had. It answers 404.',
    );
    assert.equal(unknown.texts, ['nginx:1.30.5', 'nginx:9.9.9'].map(image), 'nothing is written');
  } finally {
    await registry.close();
  }
});

digests('a registry that wants a token, as Docker Hub does, says where to get one', async () => {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const url = new URL(request.url ?? '', `http://127.0.0.1:${port}`);
    if (url.pathname === '/token') {
      const scope = url.searchParams.get('scope');
      response.end(JSON.stringify({ token: `for ${scope} of ${url.searchParams.get('service')}` }));
    } else if (request.headers.authorization === 'Bearer for repository:a/b:pull of hub') {
      response.setHeader('docker-content-digest', digest).end();
    } else {
      const where = `Bearer realm="http://127.0.0.1:${port}/token",service="hub",scope="repository:a/b:pull"`;
      response.writeHead(401, { 'www-authenticate': where }).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = { registry: `http://127.0.0.1:${port}`, repository: 'a/b', tag: '1' };
  try {
    assert.is(await digestOf(at), digest);
  } finally {
    server.close();
  }
  const gone = await digestOf(at).then(
    String,
    (error: { problems: [{ what: string }] }) => error.problems[0].what,
  );
  assert.match(gone, 'It does not answer');
});

digests.run();
