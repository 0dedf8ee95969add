import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { mmproxyPlan, smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const all = suite<{ stack: FakeStack }>('prepare');
const test = await needs(all, 'root', 'host:openssl');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

const prepare = (stack: FakeStack, before?: string) => stack.once('prepare', before);
const owner = (stack: FakeStack, path: string) => {
  const { uid, gid } = lstatSync(join(stack.path, path));
  return `${uid}:${gid}`;
};
const mode = (stack: FakeStack, path: string) =>
  (statSync(join(stack.path, path)).mode & 0o777).toString(8);

function inventory(stack: FakeStack) {
  return (readdirSync(stack.path, { recursive: true }) as string[]).sort().map((path) => {
    const { uid, gid, mode, mtimeMs, ctimeMs, ino } = lstatSync(join(stack.path, path));
    return { path, uid, gid, mode, mtimeMs, ctimeMs, ino };
  });
}

test('a fresh clone gets its directories, owners and a self-signed pair, and is told so', ({
  stack,
}) => {
  const { code, out, err } = prepare(stack);
  assert.is(code, 0, err);
  assert.match(out, 'Made data/prosody.');
  assert.not.match(out, 'corrected', 'what it makes is right at once');
  assert.match(out, 'Made a self-signed certificate for meet.example.org turn.example.org.');
  assert.is(owner(stack, 'data/prosody'), '1000:1000');
  assert.is(mode(stack, 'data/prosody'), '750');
  assert.is(mode(stack, 'certs/privkey.pem'), '640');
  assert.is(mode(stack, 'certs/fullchain.pem'), '644');
  assert.is(statSync(join(stack.path, 'certs/privkey.pem')).uid, 1000);
  assert.equal(stack.list('certs'), ['fullchain.pem', 'privkey.pem']);
});

test('the first certificate is valid for every name, for ten years, and belongs to its key', ({
  stack,
}) => {
  prepare(stack);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: join(stack.path, 'certs'), encoding: 'utf8' });
  assert.match(
    openssl('x509', '-in', 'fullchain.pem', '-noout', '-text'),
    /DNS:meet\.example\.org, DNS:turn\.example\.org/,
  );
  assert.match(
    openssl('x509', '-in', 'fullchain.pem', '-noout', '-checkend', String(3640 * 86400)),
    'will not expire',
  );
  assert.is(
    openssl('x509', '-in', 'fullchain.pem', '-noout', '-pubkey'),
    openssl('pkey', '-in', 'privkey.pem', '-pubout'),
  );
  assert.is(
    stack.helper('scripts/check-pair.sh', 'certs', 'meet.example.org', 'turn.example.org').code,
    0,
  );
});

test('addresses and very long names fit into it too', ({ stack }) => {
  const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.org`;
  const certificate = { names: [long, '192.0.2.7', '2001:db8::7'], consumers: [] };
  const other = new FakeStack({ ...smallPlan(), certificate });
  const { code, err } = prepare(other);
  assert.is(code, 0, err);
  assert.is(other.helper('scripts/check-pair.sh', 'certs', ...certificate.names).code, 0);
  other.remove();
  assert.ok(stack);
});

/** The same stack with another name, after `prepare` has run for the first one. */
function renamed(stack: FakeStack, source = 'own') {
  const plan = smallPlan({ source });
  const names = ['new.example.org', 'turn.example.org'];
  stack.update({ ...plan, certificate: { names, consumers: [] } });
  return prepare(stack);
}

test('a pair that was made here follows the names; the old one is put aside', ({ stack }) => {
  prepare(stack);
  const [chain, key] = [stack.read('certs/fullchain.pem'), stack.read('certs/privkey.pem')];
  const { code, out, err } = renamed(stack);
  assert.is(code, 0, err);
  assert.match(out, 'Made a self-signed certificate for new.example.org turn.example.org.');
  assert.is(stack.helper('scripts/check-pair.sh', 'certs', 'new.example.org').code, 0);
  assert.equal(
    [stack.read('certs/.replaced.pem'), stack.read('certs/.replaced.key')],
    [chain, key],
  );
  assert.is(renamed(stack).out, '');
});

test('a pair that somebody put there stays, also a self-signed one', ({ stack }) => {
  prepare(stack);
  const subject = ['-subj', '/CN=meet.example.org', '-days', '2', '-nodes'];
  const files = ['-keyout', 'certs/privkey.pem', '-out', 'certs/fullchain.pem'];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], {
    cwd: stack.path,
  });
  assert.is(made.status, 0);
  const before = stack.read('certs/fullchain.pem');
  assert.is(renamed(stack).code, 0);
  assert.is(stack.read('certs/fullchain.pem'), before);
  // Where the stack is to sign for itself, an earlier version's pair reads like that.
  renamed(stack, 'self-signed');
  assert.is(stack.read('certs/.replaced.pem'), before);
});

test('a run that is killed while it replaces a pair is finished by the next one', ({ stack }) => {
  prepare(stack);
  const pair = (from: string, to: string) => stack.write(to, stack.read(from), 0o640);
  pair('certs/fullchain.pem', 'certs/.first.pem');
  pair('certs/privkey.pem', 'certs/.first.key');
  for (const gone of ['certs/fullchain.pem', 'certs/privkey.pem']) rmSync(join(stack.path, gone));
  stack.write('certs/privkey.pem', 'of the old one', 0o640);
  const { code, err } = prepare(stack);
  assert.is(code, 0, err);
  assert.is(stack.helper('scripts/check-pair.sh', 'certs', 'meet.example.org').code, 0);
});

test('a second run changes nothing, not even a time, and says nothing', ({ stack }) => {
  prepare(stack);
  const before = inventory(stack);
  const { code, out, err } = prepare(stack);
  assert.is(code, 0);
  assert.is(out + err, '');
  assert.equal(inventory(stack), before);
});

test('wrong owners are repaired, links are not followed', ({ stack }) => {
  prepare(stack);
  stack.write('data/prosody/data/x.dat', 'x');
  stack.write('../outside', 'x');
  symlinkSync(join(stack.root, 'outside'), join(stack.path, 'data/link'));
  chownSync(join(stack.path, 'certs/privkey.pem'), 0, 0);
  const { code, out } = prepare(stack);
  assert.is(code, 0);
  assert.match(out, /Owners corrected in data\/: [23]\./);
  assert.is(owner(stack, 'data/prosody/data/x.dat'), '1000:1000');
  assert.is(owner(stack, 'data/link'), '1000:1000');
  assert.is(owner(stack, '../outside'), '0:0');
  assert.is(statSync(join(stack.path, 'certs/privkey.pem')).uid, 1000);
});

test('whoever cloned the stack can still change what git keeps in certs/', ({ stack }) => {
  stack.write('certs/README.md', 'read me');
  for (const path of ['certs', 'certs/README.md']) chownSync(join(stack.path, path), 1234, 1234);
  prepare(stack);
  assert.is(owner(stack, 'certs/README.md'), '1234:1234');
  assert.is(owner(stack, 'certs'), '1000:1234');
  assert.is(mode(stack, 'certs'), '775');
});

test('a strict umask hides no configuration, and only the containers get to read it', ({
  stack,
}) => {
  const files = ['nginx/nginx.conf', 'jitsi/prosody/README.md', 'coturn/turnserver.conf'];
  for (const path of files) stack.write(path, '', 0o600);
  stack.write('nginx/sites/.htpasswd', 'ada:secret', 0o640);
  chownSync(join(stack.path, 'nginx/sites/.htpasswd'), 1234, 33);
  for (const path of ['nginx', 'jitsi', 'jitsi/prosody', 'scripts'])
    chmodSync(join(stack.path, path), 0o700);
  for (const path of stack.list('scripts')) chmodSync(join(stack.path, 'scripts', path), 0o600);
  const { code, out, err } = prepare(stack);
  assert.is(code, 0, err);
  assert.match(out, 'Made readable for the containers in nginx: 3.');
  for (const path of [...files, 'nginx/sites/.htpasswd']) {
    assert.is(mode(stack, path), '640', path);
    assert.match(owner(stack, path), /:1000$/, path);
  }
  assert.is(mode(stack, 'jitsi/prosody'), '750');
  assert.is(mode(stack, '.env'), '600');
  assert.not.match(prepare(stack).out, 'readable', 'nothing is left to do');
});

test('whoever shares configuration with a group can still change it', ({ stack }) => {
  stack.write('nginx/sites/team.conf', '', 0o660);
  for (const path of ['nginx/sites', 'nginx/sites/team.conf'])
    chownSync(join(stack.path, path), 1234, 1235);
  chmodSync(join(stack.path, 'nginx/sites'), 0o2770);
  prepare(stack);
  for (const path of ['nginx/sites', 'nginx/sites/team.conf'])
    assert.is(owner(stack, path), '1000:1235', path);
  assert.is(mode(stack, 'nginx/sites/team.conf'), '660');
  assert.is(prepare(stack).out, '');
});

test('HAProxy reads as its own user, go-mmproxy as root without further rights', () => {
  const stack = new FakeStack(mmproxyPlan());
  stack.write('haproxy/haproxy.cfg', '', 0o600);
  stack.write('go-mmproxy/network/start.sh', '', 0o600);
  for (const path of ['haproxy/haproxy.cfg', 'go-mmproxy/network/start.sh'])
    chownSync(join(stack.path, path), 1234, 1234);
  const { code, err } = prepare(stack);
  assert.is(code, 0, err);
  assert.is(owner(stack, 'haproxy/haproxy.cfg'), '1234:99');
  assert.is(owner(stack, 'go-mmproxy/network/start.sh'), '1234:0');
  stack.remove();
});

for (const [gone, named] of [
  ['privkey.pem', 'key certs/privkey.pem is missing'],
  ['fullchain.pem', 'certificate certs/fullchain.pem is missing'],
] as const) {
  test(`half a pair, without ${gone}, is refused and not touched`, ({ stack }) => {
    prepare(stack);
    rmSync(join(stack.path, 'certs', gone));
    const before = stack.list('certs');
    const { code, err } = prepare(stack);
    assert.is(code, 1);
    assert.match(err, named);
    assert.equal(stack.list('certs'), before);
  });
}

test('an empty certificate is refused', ({ stack }) => {
  prepare(stack);
  stack.write('certs/fullchain.pem', '');
  const { code, err } = prepare(stack);
  assert.is(code, 1);
  assert.match(err, 'certs/fullchain.pem is empty');
});

test('a run that was killed while it put the pair in place is finished', ({ stack }) => {
  prepare(stack);
  execFileSync('mv', ['certs/fullchain.pem', 'certs/.first.pem'], { cwd: stack.path });
  assert.is(prepare(stack).code, 0);
  assert.equal(stack.list('certs'), ['fullchain.pem', 'privkey.pem']);
});

test('the accounts of images that run as root keep the owner that those gave them', () => {
  const stack = new FakeStack(smallPlan({ rootless: false }));
  prepare(stack);
  stack.write('data/prosody/x.dat', '');
  chownSync(join(stack.path, 'data/prosody/x.dat'), 101, 101);
  assert.is(prepare(stack).out, '');
  assert.is(owner(stack, 'data/prosody/x.dat'), '101:101');
  assert.is(owner(stack, 'data/acme-challenge'), '1000:1000');
  stack.remove();
});

/** A stack with a feature whose container works as a user of its own. */
function withOtherUser() {
  const plan = smallPlan();
  const pads = { path: 'data/pads', mode: '0750', owner: 5001, about: 'shared documents' } as const;
  return new FakeStack({ ...plan, directories: [...plan.directories, pads] });
}

test('a directory belongs to the user that its feature names, with all that is in it', () => {
  const stack = withOtherUser();
  const first = prepare(stack);
  assert.is(first.code, 0, first.err);
  assert.not.match(first.out, 'corrected', 'what it makes is right at once');
  assert.equal([owner(stack, 'data/pads'), mode(stack, 'data/pads')], ['5001:5001', '750']);
  assert.is(owner(stack, 'data/prosody'), '1000:1000');

  stack.write('data/pads/a/pad.db', 'text');
  stack.write('data/prosody/x.dat', '');
  symlinkSync('/etc/passwd', join(stack.path, 'data/pads/a/out'));
  chownSync(join(stack.path, 'data/pads'), 1000, 1000);
  const again = prepare(stack);
  assert.is(again.code, 0, again.err);
  assert.match(
    again.out,
    "Owners corrected in data/pads: 4. They are those of its container's user (5001) now.",
  );
  for (const path of ['data/pads', 'data/pads/a', 'data/pads/a/pad.db', 'data/pads/a/out'])
    assert.is(owner(stack, path), '5001:5001', path);
  assert.is(statSync('/etc/passwd').uid, 0, 'where the link leads');
  assert.is(owner(stack, 'data/prosody/x.dat'), '1000:1000');

  const before = inventory(stack);
  assert.is(prepare(stack).out, '');
  assert.equal(inventory(stack), before);
  stack.remove();
});

test('a link in the place of such a directory is refused, and leads nowhere', () => {
  const stack = withOtherUser();
  prepare(stack);
  rmSync(join(stack.path, 'data/pads'), { recursive: true });
  symlinkSync('../scripts', join(stack.path, 'data/pads'));
  const before = owner(stack, 'scripts/prepare.sh');
  const { code, err } = prepare(stack);
  assert.is(code, 1);
  assert.match(err, 'data/pads has to be a directory');
  assert.is(owner(stack, 'scripts/prepare.sh'), before);
  stack.remove();
});

test('what another user keeps comes back from a backup as that user’s', () => {
  const stack = withOtherUser();
  prepare(stack);
  stack.write('data/pads/pad.db', 'text', 0o600);
  prepare(stack);
  const backup = stack.run(['backup']);
  assert.is(backup.code, 0, backup.err);
  rmSync(join(stack.path, 'data'), { recursive: true });
  const { code, err } = stack.run(['restore', backup.out.trim(), '--yes']);
  assert.is(code, 0, err);
  assert.is(stack.read('data/pads/pad.db'), 'text');
  assert.equal(
    [owner(stack, 'data/pads'), owner(stack, 'data/pads/pad.db')],
    ['5001:5001', '5001:5001'],
  );
  assert.is(owner(stack, 'data/prosody'), '1000:1000');
  stack.remove();
});

test('accounts of stable-11146 and -1 are moved to where prosody looks, once, and never over others', ({
  stack,
}) => {
  prepare(stack);
  const above = 'data/prosody/meet%2ejitsi/accounts';
  const below = 'data/prosody/data/meet%2ejitsi/accounts';
  stack.write(`${above}/ada.dat`, 'ada', 0o640);
  stack.write(`${above}/bob.dat`, 'bob of before');
  stack.write(`${below}/bob.dat`, 'bob in use');
  stack.write('data/prosody/auth%2emeet%2ejitsi/accounts/focus.dat', 'focus');
  chownSync(join(stack.path, above, 'ada.dat'), 1000, 1000);
  const { code, out, err } = prepare(stack);
  assert.is(code, 0, err);
  assert.match(out, 'Accounts of meet%2ejitsi were moved to data/prosody/data; those that');
  assert.match(out, 'Accounts of auth%2emeet%2ejitsi were moved to data/prosody/data.\n');
  assert.is(stack.read(`${below}/ada.dat`), 'ada');
  assert.is(stack.read(`${below}/bob.dat`), 'bob in use');
  assert.is(stack.read('data/prosody/data/auth%2emeet%2ejitsi/accounts/focus.dat'), 'focus');
  assert.is(owner(stack, `${below}/ada.dat`), '1000:1000');
  assert.equal(stack.list('data/prosody'), ['data', 'replaced']);
  const [aside = ''] = stack.list('data/prosody/replaced');
  assert.is(stack.read(`data/prosody/replaced/${aside}/accounts/bob.dat`), 'bob of before');
  const before = inventory(stack);
  assert.is(prepare(stack).out, '');
  assert.equal(inventory(stack), before);
});

test('the files of each start are kept for the way back, for their owner only', ({ stack }) => {
  stack.write('nginx/nginx.conf', 'one');
  stack.write('compose.override.yaml', 'services: {}\n');
  chownSync(stack.path, 1234, 1234);
  stack.once('remember');
  assert.is(stack.read('backups/.started/nginx/nginx.conf'), 'one');
  assert.is(mode(stack, 'backups'), '700');
  assert.is(owner(stack, 'backups'), '1234:1234');
  for (const secret of ['.env', 'certs', 'data'])
    assert.not.ok(stack.list('backups/.started').includes(secret), secret);
  stack.write('nginx/nginx.conf', 'two');
  rmSync(join(stack.path, 'compose.override.yaml'));
  assert.is(stack.helper('scripts/remember.sh', '--check').code, 1);
  stack.once('remember');
  assert.is(stack.helper('scripts/remember.sh', '--check').code, 0);
  assert.is(stack.read('backups/.started/nginx/nginx.conf'), 'two');
  assert.not.ok(stack.list('backups/.started').includes('compose.override.yaml'));
});

test('something in the way, a full and a read-only disk are named in a sentence', ({ stack }) => {
  stack.write('data', 'a file');
  assert.match(prepare(stack).err, 'data has to be a directory');
  rmSync(join(stack.path, 'data'));
  mkdirSync(join(stack.path, 'data'));
  const fresh =
    'cp -a "$1" /tmp/stack.$$ && mount -t tmpfs -o size=2M none "$1" && cp -a /tmp/stack.$$/. "$1" && rm -r /tmp/stack.$$';
  const full = 'head -c 3M /dev/zero >"$1/filler" 2>/dev/null || true';
  assert.match(prepare(stack, `${fresh}; ${full}`).err, 'The disk is full');
  assert.match(prepare(stack, `${fresh}; mount -o remount,ro "$1"`).err, 'is read-only');
});

all.run();
