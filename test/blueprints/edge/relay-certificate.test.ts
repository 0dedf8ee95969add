import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { onDisk } from '../../matrix/directory.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { shellCheck } from '../../programs/shell.ts';

const copying = suite('the relay’s certificate comes along from the owner’s own proxy');
const test = await needs(copying, 'host:openssl');

const relay = 'turn.example.org';
const scratch = mkdtempSync(join(tmpdir(), 'relay-certificate-'));
copying.after(() => rmSync(scratch, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
};

/** A certificate for a name, with its key. */
function pair(name: string): { chain: string; key: string } {
  const [chain, key] = ['chain', 'key'].map((file) => join(scratch, `${name}.${file}`));
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const subject = ['-nodes', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const files = ['-keyout', key ?? '', '-out', chain ?? ''];
  execFileSync('openssl', [...words, ...subject, ...files], { stdio: 'ignore' });
  const read = (path = '') => readFileSync(path, 'utf8');
  return { chain: read(chain), key: read(key) };
}

let count = 0;

/** A stack behind a flavour whose `./stack` only keeps what is to be installed, and a server with these files. */
async function stackBehind(edge: object, files: Readonly<Record<string, string>>) {
  const { files: rendered } = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
    edge: { proxy: 'external', ...edge },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: relay },
    auth: { mode: 'open', strangers: true, moderators: 'first' },
  });
  const root = join(scratch, String(++count));
  const stack = join(root, 'stack');
  for (const [path, text] of Object.entries(files)) write(join(root, path), text);
  const script = rendered.find(({ path }) => path === 'proxy/relay-certificate.sh')?.text ?? '';
  // The server's own places, below the root of this one.
  const places = /(?<![\w"$}])\/(?=(?:etc|config|data|acme|letsencrypt|certs|var)[/.])/g;
  write(join(stack, 'proxy/relay-certificate.sh'), script.replace(places, `${root}/`));
  write(
    join(stack, 'stack'),
    '#!/bin/sh\n[ "$1 $2" = "certs install" ] && cat "$3" "$4" >installed && mkdir -p certs && cp "$3" certs/fullchain.pem\n',
  );
  write(
    join(root, 'bin/docker'),
    '#!/bin/sh\n[ "$1 $2" = "exec npm" ] && shift 2 && exec "$@"\nexit 1\n',
  );
  const run = (words: readonly string[] = [], home = root) => {
    const env = { ...process.env, PATH: `${root}/bin:${process.env.PATH}`, HOME: home };
    return spawnSync(join(stack, 'proxy/relay-certificate.sh'), words, {
      cwd: root,
      env: { ...env, XDG_DATA_HOME: '' },
      encoding: 'utf8',
    });
  };
  const installed = () => {
    const path = join(stack, 'installed');
    if (!existsSync(path)) return undefined;
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    return text;
  };
  return { root, run, installed };
}

const right = pair(relay);
const other = pair('meet.example.org');

test('from certbot, Caddy, SWAG and nginx-proxy, on the server and in a container', async () => {
  const npm = { place: 'container', container: 'npm' };
  const live = (where: string, name: string, { chain, key }: typeof right) => ({
    [`${where}/${name}/fullchain.pem`]: chain,
    [`${where}/${name}/privkey.pem`]: key,
  });
  const both = (where: string) => ({ ...live(where, 'one', other), ...live(where, 'two', right) });
  const caddy = (home: string) => ({
    [`${home}/certificates/acme.example/${relay}/${relay}.crt`]: right.chain,
    [`${home}/certificates/acme.example/${relay}/${relay}.key`]: right.key,
  });
  const cases: readonly (readonly [object, Readonly<Record<string, string>>])[] = [
    [{ flavour: 'nginx' }, both('etc/letsencrypt/live')],
    [{ flavour: 'apache', ...npm }, both('etc/letsencrypt/live')],
    [{ flavour: 'nginx-proxy-manager', ...npm }, both('etc/letsencrypt/live')],
    [{ flavour: 'swag', ...npm }, both('config/etc/letsencrypt/live')],
    [{ flavour: 'caddy' }, caddy('var/lib/caddy/.local/share/caddy')],
    [{ flavour: 'caddy', ...npm }, caddy('data/caddy')],
    [
      { flavour: 'nginx-proxy', ...npm },
      {
        'etc/nginx/certs/meet.example.org/fullchain.pem': right.chain,
        'etc/nginx/certs/meet.example.org/key.pem': right.key,
      },
    ],
  ];
  for (const [edge, files] of cases) {
    const { run, installed } = await stackBehind(edge, files);
    const name = JSON.stringify(edge);
    const first = run();
    assert.is(first.status, 0, `${name}: ${first.stderr}`);
    assert.is(installed(), right.chain + right.key, name);
    // The second night brings nothing new.
    assert.equal([run().status, installed()], [0, undefined], name);
  }
});

test('from Traefik’s acme.json', async () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const entry = (main: string, { chain, key }: typeof right, sans?: readonly string[]) => ({
    domain: { main, ...(sans && { sans }) },
    certificate: base64(chain),
    key: base64(key),
    Store: 'default',
  });
  const store = (...Certificates: readonly object[]) =>
    JSON.stringify({ le: { Account: { Email: 'ops@example.org' }, Certificates } }, undefined, 2);
  const own = entry(relay, right);
  for (const text of [
    store(entry('meet.example.org', other), own),
    store(own, entry('meet.example.org', other)),
    store(entry('www.example.org', other), entry('meet.example.org', right, ['x.org', relay])),
  ]) {
    const edge = { flavour: 'traefik', container: 'npm' };
    const { run, installed } = await stackBehind(edge, { 'letsencrypt/acme.json': text });
    const { status, stderr } = run();
    assert.is(status, 0, stderr);
    assert.is(installed(), right.chain + right.key);
  }
  const without = store(entry('meet.example.org', other));
  const { run } = await stackBehind({ flavour: 'traefik', place: 'server' }, { 'x.json': without });
  assert.match(run(['x.json']).stderr, `No certificate for ${relay} was found there.`);
  assert.match(run().stderr, 'Name it: relay-certificate.sh ACME.JSON');
});

test('files that are named count, from where the owner stands; nothing found is said', async () => {
  const files = { 'mine/a.pem': right.chain, 'mine/b.pem': right.key };
  const { run, installed } = await stackBehind(
    { flavour: 'nginx', place: 'container', container: 'npm' },
    files,
  );
  const { status, stderr } = run();
  assert.is(status, 1);
  assert.match(stderr, `No certificate for ${relay} was found. Name the files`);
  assert.is(run(['mine/a.pem', 'mine/b.pem']).status, 0);
  assert.is(installed(), right.chain + right.key);
  assert.match(run(['mine/a.pem']).stderr, 'Two files are needed');
});

(await needs(copying, 'sh', 'shellcheck'))(
  'shellcheck accepts it, whoever is in front',
  async () => {
    for (const flavour of ['caddy', 'swag', 'nginx-proxy', 'traefik', 'nginx']) {
      for (const place of ['server', 'container']) {
        if (place === 'server' && ['swag', 'nginx-proxy'].includes(flavour)) continue;
        const stack = await renderedOf({
          ...{ domain: 'meet.example.org', certificates: { source: 'own' } },
          network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
          edge: { proxy: 'external', flavour, place },
        });
        const path = 'proxy/relay-certificate.sh';
        const { directory, remove } = await onDisk(stack, (one) => one === path);
        const { ok, output } = await shellCheck(directory, path);
        remove();
        assert.ok(ok, `${flavour} ${place}: ${output}`);
      }
    }
  },
);

copying.run();
