import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { copyingStack, Place } from './place.ts';
import type { FakeStack } from './stack.ts';

const test = suite('copies of backups, by the real programs');
const real = await needs(
  test,
  'root',
  'host:age',
  'host:gpg',
  'host:rsync',
  'host:restic',
  'host:sshd',
);

let place: Place;
let keys: ReturnType<typeof makeKeys> = [];
real.before(async () => {
  place = await Place.open();
  keys = makeKeys();
});
real.after(() => place.close());
real.before.each(() => {
  rmSync(place.folder, { recursive: true });
  execFileSync('mkdir', [place.folder]);
});

/** Calls the script as root of a server that knows the way to the place. */
function call(stack: FakeStack, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const fakes = new URL('programs/', import.meta.url).pathname;
  const path = `${fakes}:${place.programs}:${process.env.PATH}`;
  return stack.run(args, { env: { PATH: path, HOME: place.root, ...env } });
}

const gpgHome = mkdtempSync(join(tmpdir(), 'gpg-'));
process.on('exit', () => rmSync(gpgHome, { recursive: true, force: true }));

/** Public keys for which a copy is encrypted, with the file of the private one. */
function makeKeys(): { readonly kind: string; readonly key: string; readonly file: string }[] {
  const age = join(place.root, 'age');
  const gpg = join(place.root, 'gpg.asc');
  const env = { ...process.env, GNUPGHOME: gpgHome };
  execFileSync('age-keygen', ['--output', age], { stdio: 'pipe' });
  const made = ['--quick-gen-key', 'backup@example.org', 'future-default', 'default', 'never'];
  execFileSync('gpg', ['--batch', '--quiet', '--passphrase', '', ...made], { env, stdio: 'pipe' });
  const list = execFileSync('gpg', ['--batch', '--with-colons', '--list-keys'], {
    env,
    stdio: 'pipe',
  }).toString();
  writeFileSync(
    gpg,
    execFileSync('gpg', ['--batch', '--armor', '--export-secret-keys'], { env, stdio: 'pipe' }),
  );
  const ageKey = /public key: (\S+)/.exec(readFileSync(age, 'utf8'))?.[1] ?? '';
  const ssh = readFileSync(join(place.root, 'key.pub'), 'utf8').trim();
  return [
    { kind: 'age', key: ageKey, file: age },
    { kind: 'age', key: ssh, file: join(place.root, 'key') },
    { kind: 'gpg', key: /^fpr:+(\w{40})/m.exec(list)?.[1] ?? '', file: gpg },
  ];
}

real('encrypted for age, an SSH key and GPG: it leaves, and comes back with the key alone', () => {
  const env = { GNUPGHOME: gpgHome };
  for (const { kind, key, file } of keys) {
    const stack = copyingStack({ program: 'rsync', place: `root@nas:${place.folder}`, key });
    const { code, out, err } = call(stack, ['backup'], env);
    assert.is(code, 0, err);
    assert.match(err, `A copy, encrypted, is at root@nas:${place.folder}.`);
    const name = place.files().find((one) => one.endsWith(`.${kind}`)) ?? '';
    const copy = join(place.folder, name);
    assert.is(statSync(copy).mode & 0o777, 0o600);
    assert.throws(() => execFileSync('tar', ['-tzf', copy], { stdio: 'pipe' }));
    assert.is(out.trim(), join(stack.path, 'backups', name.replace(/\.\w+$/, '')));
    assert.equal(
      stack.list('backups').filter((one) => one.startsWith('.')),
      ['.copied'],
    );

    const anew = copyingStack({ program: 'rsync', place: 'root@nas:x', key });
    anew.write(anew.account('ada'), 'another', 0o640);
    const elsewhere = { GNUPGHOME: mkdtempSync(join(tmpdir(), 'gpg-')) };
    const wrong = call(
      anew,
      ['restore', copy, '--yes', '--key', join(place.root, 'host')],
      elsewhere,
    );
    assert.is(wrong.code, 1);
    assert.match(wrong.err, 'could not be decrypted with that key. Nothing was changed.');
    assert.is(anew.read(anew.account('ada')), 'another');
    const back = call(anew, ['restore', '--key', file, copy, '--yes'], elsewhere);
    assert.is(back.code, 0, back.err);
    assert.is(anew.read(anew.account('ada')), 'the hash of a password');
    assert.not.ok(anew.list('backups').includes('.decrypted'));
    rmSync(elsewhere.GNUPGHOME, { recursive: true });
    rmSync(copy);
    stack.remove();
    anew.remove();
  }
});

real('age says which key it wants, and a key for what is not encrypted is a mistake', () => {
  const [{ key, file } = { key: '', file: '' }] = keys.slice(0, 1);
  const stack = copyingStack({ program: 'rsync', place: place.folder, key });
  const plain = call(stack, ['backup']).out.trim();
  const copy = join(place.folder, place.files()[0] ?? '');
  assert.match(call(stack, ['restore', copy, '--yes']).err, 'repeat with --key FILE');
  assert.is(call(stack, ['restore', plain, '--yes', '--key', file]).code, 2);
  assert.is(call(stack, ['restore', copy, '--key']).code, 2);
  stack.remove();
});

real('the newest stay, here and there; what is called otherwise is nobody’s to delete', () => {
  const stack = copyingStack({ program: 'rsync', place: `nas:${place.folder}`, keep: 2 });
  const old = (day: number) => `meet.example.org-2020010${day}T033000Z.tar.gz`;
  const neighbour = 'meet.example.org-two-20200101T033000Z.tar.gz';
  const own = ['meet.example.org-by-hand.tar.gz', 'notes', `${old(1)}.x`];
  const others = [...own, neighbour, `other-${old(1)}`];
  for (const name of [old(1), old(2), `${old(3)}.age`, ...others])
    writeFileSync(join(place.folder, name), '');
  const kept = 'meet.example.org-20200101T033000Z-before-restore.tar.gz';
  for (const name of [old(1), old(2), old(3), kept]) stack.write(`backups/${name}`, '');
  const { code, err } = call(stack, ['backup']);
  assert.is(code, 0, err);
  const today = place
    .files()
    .find((name) => name.startsWith('meet.example.org-2') && name > old(9));
  assert.equal(place.files(), [...others, `${old(3)}.age`, today].sort());
  assert.equal(
    stack.list('backups').filter((name) => !name.startsWith('.')),
    [kept, old(3), today].sort(),
  );
  stack.remove();
});

real('a backup that is given a name goes nowhere', () => {
  const stack = copyingStack({ program: 'rsync', place: `nas:${place.folder}` });
  assert.is(call(stack, ['backup', 'mine.tar.gz']).code, 0);
  assert.equal(place.files(), []);
  stack.remove();
});

real('what does not arrive is said, by exit code and by status, until one arrives', () => {
  const stack = copyingStack({ program: 'rsync', place: 'nas:/dev/null/away' });
  assert.match(call(stack, ['status']).out, 'none has left for nas:/dev/null/away yet');
  const { code, out, err } = call(stack, ['backup']);
  assert.is(code, 1);
  assert.is(out, '');
  assert.match(
    err,
    'The copy did not arrive at nas:/dev/null/away; see above. The backup itself is in',
  );
  assert.is(stack.list('backups').filter((name) => name.endsWith('.tar.gz')).length, 1);
  const status = call(stack, ['status']);
  assert.is(status.code, 1);
  assert.match(status.err, 'The last backup did not leave this server');
  assert.match(status.err, 'did not arrive at nas:/dev/null/away');

  const good = copyingStack({ program: 'rsync', place: `nas:${place.folder}` });
  good.write('backups/.not-copied', 'something\n');
  assert.is(call(good, ['backup']).code, 0);
  assert.is(call(good, ['status']).code, 0);
  assert.match(call(good, ['status']).out, 'the last one left 0 hours ago');
  const days = Date.now() / 1000 - 3 * 86400;
  utimesSync(join(good.path, 'backups/.copied'), days, days);
  const late = call(good, ['status']);
  assert.is(late.code, 1);
  assert.match(late.err, 'more than two days ago');
  stack.remove();
  good.remove();
});

real('whatever else ends it is noted too: Docker, a missing program, an unknown key', () => {
  const asked = { program: 'rsync', place: `nas:${place.folder}` };
  const stack = copyingStack(asked);
  stack.fail('version --format*');
  assert.is(call(stack, ['backup']).code, 1);
  assert.match(stack.read('backups/.not-copied'), 'The Docker daemon does not answer');
  const gone = copyingStack({ ...asked, program: 'rsync', key: 'A'.repeat(40) });
  assert.match(call(gone, ['backup']).err, 'GPG does not know the key');
  const bare = mkdtempSync(join(tmpdir(), 'bare-'));
  for (const name of [
    'sh',
    'setsid',
    'sed',
    'id',
    'date',
    'mkdir',
    'dirname',
    'tr',
    'stat',
    'chown',
    'rm',
  ])
    execFileSync('ln', ['-s', `/bin/${name}`, join(bare, name)]);
  const none = gone.run(['backup'], { env: { PATH: bare } });
  assert.match(none.err, 'sudo apt-get install rsync');
  rmSync(bare, { recursive: true });
  stack.remove();
  gone.remove();
});

real(
  'restic: encrypted with the secret, which nobody sees; the newest stay; the file comes back',
  () => {
    const repository = join(place.folder, 'repo');
    const secret = 'RESTIC_PASSWORD';
    const stack = copyingStack({
      program: 'restic',
      place: `sftp:nas:${repository}`,
      keep: 2,
      secret,
    });
    const missing = call(stack, ['backup']);
    assert.match(missing.err, 'RESTIC_PASSWORD is missing in .env; ./stack up makes it.');
    stack.write('.env', `${stack.read('.env')}RESTIC_PASSWORD=0123secret4567\n`, 0o600);
    for (let count = 0; count < 3; count += 1) {
      const { code, out, err } = call(stack, ['backup']);
      assert.is(code, 0, err);
      assert.not.match(out + err + stack.calls(), '0123secret4567');
      // The name of a backup is its second.
      execFileSync('sleep', ['1.1']);
    }
    const env = {
      ...process.env,
      RESTIC_PASSWORD: '0123secret4567',
      RESTIC_REPOSITORY: repository,
    };
    const ask = (...args: string[]) =>
      execFileSync('restic', args, { env, stdio: 'pipe' }).toString();
    assert.is(JSON.parse(ask('snapshots', '--json')).length, 2);
    const target = join(place.root, 'fetched');
    ask('restore', 'latest', '--target', target);
    const [file = ''] = execFileSync('find', [target, '-name', '*.tar.gz']).toString().split('\n');
    stack.write(stack.account('ada'), 'another', 0o640);
    const back = call(stack, ['restore', file, '--yes']);
    assert.is(back.code, 0, back.err);
    assert.is(stack.read(stack.account('ada')), 'the hash of a password');
    stack.write('.env', stack.read('.env').replace('0123secret4567', 'another one'), 0o600);
    const other = call(stack, ['backup']);
    assert.is(other.code, 1, 'a repository that does not open is not made anew');
    assert.match(other.err, 'wrong password');
    stack.remove();
  },
);

real('a backup that is being written is waited for', () => {
  const stack = copyingStack({ program: 'rsync', place: place.folder });
  execFileSync('mkdir', ['-p', join(stack.path, 'backups')]);
  const began = Date.now();
  execFileSync('sh', ['-c', 'exec 8<backups && flock 8 && { sleep 2 & }'], {
    cwd: stack.path,
    stdio: 'ignore',
  });
  assert.is(call(stack, ['backup']).code, 0);
  assert.ok(Date.now() - began > 1800);
  stack.remove();
});

test.run();
