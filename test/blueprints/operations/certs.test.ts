import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack, isRoot } from './stack.ts';

const certs = suite<{ stack: FakeStack }>('certs');
const test = await needs(certs, 'host:openssl');
const both = ['meet.example.org', 'turn.example.org'];

certs.before.each((context) => {
  const stack = new FakeStack();
  mkdirSync(join(stack.root, 'pki'));
  stack.write('certs/fullchain.pem', 'present certificate');
  stack.write('certs/privkey.pem', 'present key', 0o640);
  context.stack = stack;
});
certs.after.each(({ stack }) => stack.remove());

interface Wish {
  readonly names?: readonly string[];
  readonly days?: number;
  readonly by?: string;
  readonly authority?: true;
}

/** Makes NAME.pem and NAME.key in the folder `pki` beside the stack. */
function issue(
  stack: FakeStack,
  name: string,
  { names = both, days = 90, by, authority }: Wish = {},
) {
  const cwd = join(stack.root, 'pki');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd, stdio: 'pipe' });
  const alternatives = names.map((n) => `${/^[0-9.]+$/.test(n) ? 'IP' : 'DNS'}:${n}`).join(',');
  openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    'csr',
  );
  writeFileSync(
    join(cwd, 'ext'),
    `subjectAltName=${alternatives}\n${authority ? 'basicConstraints=CA:true\n' : ''}`,
  );
  const signer = by
    ? ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial']
    : ['-signkey', `${name}.key`];
  openssl(
    'x509',
    '-req',
    '-in',
    'csr',
    ...signer,
    '-extfile',
    'ext',
    '-days',
    String(days),
    '-out',
    `${name}.pem`,
  );
}

function bundle(stack: FakeStack, ...names: string[]) {
  const pki = join(stack.root, 'pki');
  writeFileSync(
    join(pki, 'bundle.pem'),
    names.map((name) => readFileSync(join(pki, name), 'utf8')).join(''),
  );
}

const install = (stack: FakeStack, chain: string, key: string) =>
  stack.run(['certs', 'install', `../pki/${chain}`, `../pki/${key}`]);

function refused(stack: FakeStack, chain: string, key: string, why: string | RegExp) {
  const { code, err } = install(stack, chain, key);
  assert.is(code, 1, err);
  assert.match(err, why);
  assert.match(err, 'Nothing was changed.');
  assert.is(stack.read('certs/fullchain.pem'), 'present certificate');
  assert.is(stack.read('certs/privkey.pem'), 'present key');
  assert.equal(
    stack.list('certs'),
    ['fullchain.pem', 'privkey.pem'],
    'nothing is left lying about',
  );
}

test('a good pair is put in place with its chain, owner and modes, and loaded', ({ stack }) => {
  issue(stack, 'root', { names: ['root'], authority: true });
  issue(stack, 'middle', { names: ['middle'], authority: true, by: 'root' });
  issue(stack, 'site', { names: ['*.example.org'], by: 'middle' });
  bundle(stack, 'site.pem', 'middle.pem', 'root.pem');
  const { code, out, err } = install(stack, 'bundle.pem', 'site.key');
  assert.is(code, 0, err);
  assert.is(stack.read('certs/fullchain.pem'), stack.read('../pki/bundle.pem'));
  assert.is(stack.read('certs/privkey.pem'), stack.read('../pki/site.key'));
  const [chain, key] = ['fullchain.pem', 'privkey.pem'].map((name) =>
    statSync(join(stack.path, 'certs', name)),
  );
  assert.is((chain?.mode ?? 0) & 0o777, 0o644);
  assert.is((key?.mode ?? 0) & 0o777, 0o640);
  if (isRoot) assert.is(key?.uid, 1000);
  assert.match(stack.calls(), 'compose exec -T nginx sh -c kill -s "$1" 1 sh HUP');
  assert.match(stack.calls(), 'compose exec -T coturn sh -c kill -s "$1" 1 sh USR2');
  assert.match(out, /(89|90) days left, for \*\.example\.org, by CN ?= ?middle/);
  assert.equal(stack.list('certs'), ['fullchain.pem', 'privkey.pem']);
});

test('a key of another certificate is refused', ({ stack }) => {
  issue(stack, 'site');
  issue(stack, 'other');
  refused(stack, 'site.pem', 'other.key', 'does not belong to the first certificate');
});

test('a certificate that misses a name is refused, with that name', ({ stack }) => {
  issue(stack, 'site', { names: ['meet.example.org'] });
  refused(stack, 'site.pem', 'site.key', /not valid for turn\.example\.org/);
});

test('an expired certificate is refused', ({ stack }) => {
  issue(stack, 'site', { days: -1 });
  refused(stack, 'site.pem', 'site.key', 'has expired');
});

test('a chain in the wrong order is refused', ({ stack }) => {
  issue(stack, 'root', { names: ['root'], authority: true });
  issue(stack, 'middle', { names: ['middle'], authority: true, by: 'root' });
  issue(stack, 'site', { by: 'middle' });
  bundle(stack, 'site.pem', 'root.pem', 'middle.pem');
  refused(stack, 'bundle.pem', 'site.key', /not in order: CN ?= ?root/);
  bundle(stack, 'middle.pem', 'site.pem');
  refused(stack, 'bundle.pem', 'site.key', 'has to be first');
});

test('a certificate alone is taken, with a warning that phones will refuse it', ({ stack }) => {
  issue(stack, 'root', { names: ['root'], authority: true });
  issue(stack, 'site', { by: 'root' });
  const { code, err } = install(stack, 'site.pem', 'site.key');
  assert.is(code, 0);
  assert.match(err, 'phones will refuse it');
});

test('files that are no certificate, no key, or a locked key are named', ({ stack }) => {
  issue(stack, 'site');
  const pki = join(stack.root, 'pki');
  writeFileSync(join(pki, 'text'), 'hello');
  execFileSync(
    'openssl',
    ['pkey', '-in', 'site.key', '-aes256', '-passout', 'pass:x', '-out', 'locked.key'],
    { cwd: pki },
  );
  bundle(stack, 'site.pem', 'site.key');
  refused(stack, 'text', 'site.key', 'holds no certificate');
  refused(stack, 'site.pem', 'text', 'no private key');
  refused(stack, 'site.pem', 'locked.key', 'has a pass phrase');
  refused(stack, 'bundle.pem', 'site.key', 'holds a private key too');
});

test('when nginx refuses the new pair, the old one is back', ({ stack }) => {
  issue(stack, 'site');
  stack.fail('*nginx -t*');
  const { code, err } = install(stack, 'site.pem', 'site.key');
  assert.is(code, 1);
  assert.match(err, 'The certificate that was there is back.');
  assert.is(stack.read('certs/fullchain.pem'), 'present certificate');
  assert.is(stack.read('certs/privkey.pem'), 'present key');
});

test('a container of before an update does not read a new certificate, which stays for ./stack up', ({
  stack,
}) => {
  issue(stack, 'site');
  stack.write('../fake/definition', '000000000000');
  const { code, err } = install(stack, 'site.pem', 'site.key');
  assert.is(code, 0, err);
  assert.match(err, 'The certificate is in place, but nginx takes it only with ./stack up');
  assert.is(stack.read('certs/fullchain.pem'), stack.read('../pki/site.pem'));
  assert.not.match(stack.calls(), 'sh HUP');
  assert.match(stack.calls(), 'compose exec -T coturn sh -c kill -s "$1" 1 sh USR2');
});

test('show compares the file with what visitors get', async ({ stack }) => {
  issue(stack, 'site', { days: 30 });
  issue(stack, 'stale', { days: 3 });
  stack.write('certs/fullchain.pem', stack.read('../pki/site.pem'));
  assert.match(stack.run(['certs']).out, 'nothing answers with a certificate');
  const pki = join(stack.root, 'pki');
  const server: ChildProcess = spawn(
    'openssl',
    ['s_server', '-accept', '127.0.0.1:18443', '-cert', 'stale.pem', '-key', 'stale.key'],
    { cwd: pki },
  );
  try {
    await new Promise((resolve) => server.stdout?.once('data', resolve));
    const { code, out } = stack.run(['certs', 'show']);
    assert.is(code, 0);
    assert.match(
      out,
      /in certs\/ {2}(29|30) days left, for meet\.example\.org turn\.example\.org, self-signed/,
    );
    assert.match(out, /on port 18443 {2}[23] days left/);
    assert.match(out, 'missing    a real one: ./stack certs install FULLCHAIN PRIVKEY');
  } finally {
    server.kill();
  }
});

test('a self-signed pair is missing something only where another one is wanted', () => {
  for (const [source, missing] of [
    ['acme', 'missing    a real one: ./stack logs acme says why, ./stack certs renew asks again'],
    ['self-signed', undefined],
  ] as const) {
    const stack = new FakeStack(smallPlan({ source }));
    mkdirSync(join(stack.root, 'pki'));
    issue(stack, 'site');
    stack.write('certs/fullchain.pem', stack.read('../pki/site.pem'));
    const { out } = stack.run(['certs']);
    if (missing) assert.match(out, missing);
    else assert.not.match(out, 'missing');
    issue(stack, 'authority', { authority: true });
    issue(stack, 'real', { by: 'authority' });
    stack.write('certs/fullchain.pem', stack.read('../pki/real.pem'));
    assert.not.match(stack.run(['certs']).out, 'missing');
    stack.remove();
  }
});

certs('renew asks the acme service, and without one says what to do', ({ stack }) => {
  assert.is(stack.run(['certs', 'renew']).code, 2);
  assert.match(stack.run(['certs', 'renew']).err, './stack certs install');
  const acme = new FakeStack(smallPlan({ source: 'acme' }));
  acme.containers(['acme']);
  assert.is(acme.run(['certs', 'renew']).code, 0);
  assert.match(acme.calls(), 'compose exec -T acme /bin/sh /etc/acme/renew.sh now');
  acme.fail('*renew.sh*');
  assert.is(acme.run(['certs', 'renew']).code, 1);
  acme.remove();
});

test('every reader of the certificate is told, whatever it is called', () => {
  const plan = smallPlan();
  const second = plan.services.flatMap((one) =>
    one.name === 'coturn' ? [one, { ...one, name: 'coturn-443' }] : [one],
  );
  const consumers = [...plan.certificate.consumers, 'coturn-443'];
  const certificate = { ...plan.certificate, consumers };
  const all = new FakeStack({ ...plan, services: second, certificate });
  all.containers(['prepare', 'nginx', 'prosody', 'coturn', 'coturn-443'], 'running|healthy');
  const { code, err } = all.run(['reload']);
  assert.is(code, 0, err);
  for (const name of ['coturn', 'coturn-443']) {
    assert.match(all.calls(), `compose exec -T ${name} sh -c kill -s "$1" 1 sh USR2\n`);
    assert.match(err, `${name} has taken over its certificate`);
  }
  all.remove();
});

certs.run();
