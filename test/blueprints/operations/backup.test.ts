import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack, isRoot, secretsFile } from './stack.ts';

const test = suite<{ stack: FakeStack }>('backup and restore');
const binary = '\u0000\u0001\u0002 bytes \n';

/** The longest name that there is. */
const longest = `${'a.'.repeat(126)}x`;

test.before.each((context) => {
  const stack = new FakeStack();
  stack.write(stack.account('ada'), binary, 0o640);
  stack.write('certs/privkey.pem', 'key', 0o640);
  stack.write('certs/README.md', 'read me');
  stack.write('data/acme-challenge/token', 'token');
  stack.write('data/acme/account.json', '{}', 0o600);
  stack.write('jitsi/web/custom-config.js', '// mine');
  stack.write('nginx/sites/my site.conf', '# mine');
  stack.write('nginx/nginx.conf', '# generated');
  stack.write('compose.override.yaml', 'services: {}\n');
  stack.write('jitsi-stack.lock', 'lock\n');
  if (isRoot)
    spawnSync('chown', [
      '-R',
      '1000:1000',
      join(stack.path, 'data'),
      join(stack.path, 'certs/privkey.pem'),
    ]);
  context.stack = stack;
});
test.after.each(({ stack }) => stack.remove());

/** Everything that counts about the files: content, mode, owner. */
function inventory(stack: FakeStack): Record<string, string> {
  const all = readdirSync(stack.path, { recursive: true }) as string[];
  return Object.fromEntries(
    all
      .filter((path) => !path.startsWith('backups') && !path.includes('acme-challenge'))
      .sort()
      .map((path) => {
        const stat = lstatSync(join(stack.path, path));
        const text = stat.isFile() ? readFileSync(join(stack.path, path), 'hex') : 'directory';
        return [path, `${stat.uid}:${stat.gid} ${(stat.mode & 0o7777).toString(8)} ${text}`];
      }),
  );
}

function names(file: string): string[] {
  return spawnSync('tar', ['-tzf', file], { encoding: 'utf8' }).stdout.trim().split('\n');
}

test('what is lost comes back byte for byte, with its owners and modes', ({ stack }) => {
  const before = inventory(stack);
  const { code, out, err } = stack.run(['backup']);
  assert.is(code, 0, err);
  const file = out.trim();
  for (const path of [
    '.env',
    'certs',
    'data',
    'jitsi',
    'nginx/sites',
    'compose.override.yaml',
    'jitsi-stack.json',
    'jitsi-stack.lock',
  ]) {
    rmSync(join(stack.path, path), { recursive: true });
  }
  const restored = stack.run(['restore', file, '--yes']);
  assert.is(restored.code, 0, restored.err);
  assert.equal(inventory(stack), before);
});

test('the backup is for its owner only, complete, and without what is fleeting or in git', ({
  stack,
}) => {
  const file = stack.run(['backup']).out.trim();
  assert.match(file, /\/my stack\/backups\/meet\.example\.org-\d{8}T\d{6}Z\.tar\.gz$/);
  assert.is(statSync(file).mode & 0o777, 0o600);
  assert.is(statSync(join(stack.path, 'backups')).mode & 0o777, 0o700);
  const list = names(file);
  for (const path of [
    '.env',
    'certs/privkey.pem',
    'data/acme/account.json',
    stack.account('ada'),
    'jitsi/web/custom-config.js',
    'nginx/sites/my site.conf',
    'jitsi-stack.lock',
  ]) {
    assert.ok(list.includes(path), path);
  }
  for (const path of ['data/acme-challenge/token', 'nginx/nginx.conf', 'backups/'])
    assert.not.ok(list.includes(path), path);
  assert.equal(stack.list('backups').length, 1, 'nothing is left lying about');
});

test('prosody is paused while its accounts are copied, and awake again', ({ stack }) => {
  stack.run(['backup']);
  assert.match(
    stack.calls(),
    /compose pause prosody\n.*cp -a .*data\/prosody.*\ncompose unpause prosody\n/,
  );
  assert.match(stack.read('../fake/containers'), 'prosody|running');
});

test('a failure wakes prosody and leaves no half backup', ({ stack }) => {
  for (const pattern of ['*cp -a*data/prosody*', '*scripts/pack.sh*']) {
    stack.write('../fake/fail', `${pattern}\n`);
    const { code, err } = stack.run(['backup', 'mine.tar.gz']);
    assert.is(code, 1);
    assert.match(err, 'disk full');
    assert.match(stack.read('../fake/containers'), 'prosody|running');
    assert.not.ok(existsSync(join(stack.path, 'mine.tar.gz')));
    assert.not.ok(existsSync(join(stack.path, 'mine.tar.gz.partial')));
  }
});

test('FILE is meant from where the script was called, and never overwritten', ({ stack }) => {
  const cwd = join(stack.root, 'fake');
  assert.is(stack.run(['backup', 'it’s.tar.gz'], { cwd }).code, 0);
  assert.is(statSync(join(cwd, 'it’s.tar.gz')).mode & 0o777, 0o600);
  assert.is(stack.run(['backup', 'it’s.tar.gz'], { cwd }).code, 1);
  assert.is(stack.run(['restore', 'it’s.tar.gz', '--yes'], { cwd }).code, 0);
});

test('restore keeps what is there as a backup first, with the stack stopped', ({ stack }) => {
  const file = stack.run(['backup', 'old.tar.gz']).out.trim();
  stack.write(stack.account('eve'), 'later');
  stack.write('.env', `${secretsFile}# later\n`, 0o600);
  assert.is(stack.run(['restore', file, '--yes']).code, 0);
  assert.not.ok(existsSync(join(stack.path, stack.account('eve'))), 'replaced, not mixed');
  assert.is(stack.read('.env'), secretsFile);
  const [kept = ''] = stack.list('backups');
  assert.match(kept, /before-restore\.tar\.gz$/);
  assert.ok(names(join(stack.path, 'backups', kept)).includes(stack.account('eve')));
  assert.match(stack.calls(), /compose stop\n[\s\S]*compose up/);
});

test('lost secrets come back although the accounts are still there, and those are kept', ({
  stack,
}) => {
  const file = stack.run(['backup']).out.trim();
  rmSync(join(stack.path, '.env'));
  stack.write(stack.account('ada'), 'later');
  const { code, err } = stack.run(['restore', file, '--yes']);
  assert.is(code, 0, err);
  assert.is(stack.read('.env'), secretsFile);
  assert.is(stack.read(stack.account('ada')), binary);
  const [before = ''] = stack.list('backups').filter((name) => name.includes('before-restore'));
  const kept = names(join(stack.path, 'backups', before));
  assert.ok(kept.includes(stack.account('ada')), kept.join(' '));
  assert.not.ok(kept.includes('.env'));
});

test('a present answers file and lock stay: they belong to the files in git', ({ stack }) => {
  const file = stack.run(['backup', 'old.tar.gz']).out.trim();
  stack.write('jitsi-stack.lock', 'newer\n');
  const { err } = stack.run(['restore', file, '--yes']);
  assert.match(err, 'jitsi-stack.lock is not the one of the backup');
  assert.is(stack.read('jitsi-stack.lock'), 'newer\n');
});

test('when one thing cannot be replaced, nothing is', ({ stack }) => {
  const file = stack.run(['backup', 'old.tar.gz']).out.trim();
  stack.write('.env', `${secretsFile}# later\n`, 0o600);
  mkdirSync(join(stack.root, 'bin'));
  writeFileSync(
    join(stack.root, 'bin/mv'),
    '#!/bin/sh\ncase $* in *.restore/data*) exit 1 ;; esac\nexec /bin/mv "$@"\n',
    { mode: 0o755 },
  );
  const programs = new URL('programs', import.meta.url).pathname;
  const { code, err } = stack.run(['restore', file, '--yes'], {
    env: { PATH: `${join(stack.root, 'bin')}:${programs}:${process.env.PATH}` },
  });
  assert.is(code, 1);
  assert.match(err, 'put back');
  assert.match(stack.read('.env'), '# later');
  assert.is(stack.read(stack.account('ada')), binary);
});

test('a restore that is killed is said by the next commands, until it is repeated', ({ stack }) => {
  const file = stack.run(['backup', 'old.tar.gz']).out.trim();
  stack.write('../fake/kill', '* run *scripts/swap.sh*');
  stack.run(['restore', file, '--yes']);
  rmSync(join(stack.fake, 'kill'));
  for (const command of ['up', 'status'])
    assert.match(stack.run([command]).err, 'A restore was cut short', command);
  assert.match(stack.list('backups').join(), 'before-restore.tar.gz');
  assert.is(stack.run(['restore', file, '--yes']).code, 0);
  assert.not.match(stack.run(['status']).err, 'cut short');
});

test('an archive that is no backup is refused before anything is stopped', ({ stack }) => {
  const bad = (title: string, prepare: string) => {
    const file = join(stack.root, `${title}.tar.gz`);
    const made = spawnSync(
      'sh',
      ['-c', `mkdir -p w/data && cd w && touch .env && ${prepare}`, 'sh', file],
      { cwd: stack.root },
    );
    assert.is(made.status, 0, title);
    const { code, err } = stack.run(['restore', file, '--yes']);
    assert.is(code, 1, title);
    assert.match(err, /not a backup|no backup|holds no \.env/, title);
  };
  bad('text', 'echo hello >"$1"');
  bad('cut short', 'tar -czf - .env | head -c 60 >"$1"');
  bad('upwards', 'touch ../out && tar -czPf "$1" .env data/../../out');
  bad('absolute', 'tar -czPf "$1" .env /etc/hostname');
  bad('foreign', 'echo x >compose.yaml && tar -czf "$1" .env compose.yaml');
  bad('similar', 'mkdir -p database && tar -czf "$1" .env database');
  bad('no env', 'tar -czf "$1" data');
  bad('env elsewhere', 'ln -sf /etc/hostname .env && tar -czf "$1" .env data');
  assert.not.match(stack.calls(), 'compose stop');
  assert.is(stack.read('.env'), secretsFile);
});

test('names of every language, blanks and links among the hooks come back', ({ stack }) => {
  stack.write('jitsi/web/für-uns.html', 'ü');
  stack.write('jitsi/web/with blank & "quote".js', 'x');
  stack.write('jitsi/web/back\\slash', 'x');
  stack.write('jitsi/web/shared/a.conf', 'shared');
  stack.write('nginx/sites/-dash.conf', 'x');
  symlinkSync('shared/a.conf', join(stack.path, 'jitsi/web/a.conf'));
  mkdirSync(join(stack.path, 'jitsi/web/nginx-custom'));
  symlinkSync('../shared/a.conf', join(stack.path, 'jitsi/web/nginx-custom/a.conf'));
  const before = inventory(stack);
  const made = stack.run(['backup']);
  assert.is(made.code, 0, made.err);
  assert.not.match(made.err, 'Left out');
  rmSync(join(stack.path, 'jitsi'), { recursive: true });
  const restored = stack.run(['restore', made.out.trim(), '--yes']);
  assert.is(restored.code, 0, restored.err);
  assert.not.match(restored.err, 'Left out');
  assert.equal(inventory(stack), before);
  assert.is(stack.read('jitsi/web/nginx-custom/a.conf'), 'shared');
});

test('what a container planted is left out and named, and the backup can be restored', ({
  stack,
}) => {
  const inside = join(stack.path, 'data/prosody');
  const made = spawnSync(
    'sh',
    [
      '-c',
      `mkfifo pipe; printf x >'new
line'; mkdir 'dir
ectory'; printf x >'dir
ectory/file'; ln -s ../../../outside up; ln -s /etc abs; ln -s up/../../.. chain; ln -s data/here inside
      printf '\\033[31m' >"$(printf 'esc\\033[31m')"; mkdir -p deep; ln -s ../../../.. deep/up; ln -s nowhere dangling`,
    ],
    { cwd: inside },
  );
  assert.is(made.status, 0, String(made.stderr));
  const { code, out, err } = stack.run(['backup']);
  assert.is(code, 0, err);
  assert.match(err, /Left out/);
  for (const name of ['pipe', 'new?line', 'dir?ectory', 'up', 'abs', 'deep/up'])
    assert.match(err, `data/prosody/${name}\n`, name);
  assert.not.match(err, '\u001b');
  const list = names(out.trim());
  for (const name of ['inside', 'dangling']) assert.ok(list.includes(`data/prosody/${name}`), name);
  const restored = stack.run(['restore', out.trim(), '--yes']);
  assert.is(restored.code, 0, restored.err);
  assert.is(stack.read(stack.account('ada')), binary);
  assert.not.ok(existsSync(join(inside, 'pipe')));
});

test('an archive with more than a backup holds is restored without it', ({ stack }) => {
  const file = join(stack.root, 'hostile.tar.gz');
  const made = spawnSync(
    'sh',
    [
      '-c',
      `mkdir -p w/data/prosody && cd w && cp '../my stack/.env' .env && chmod 666 .env && echo 'services: {}' >compose.override.yaml &&
      ln -s /etc data/link && mkfifo data/pipe && printf x >data/prosody/suid && chmod 6755 data/prosody/suid &&
      tar -czf "$1" .env data compose.override.yaml`,
      'sh',
      file,
    ],
    { cwd: stack.root },
  );
  assert.is(made.status, 0, String(made.stderr));
  assert.match(stack.run(['restore', file]).err, 'compose.override.yaml, which may start anything');
  const { code, err } = stack.run(['restore', file, '--yes']);
  assert.is(code, 0, err);
  assert.match(err, /Left out.*\n.*data\/(link|pipe)/);
  assert.equal(stack.list('data'), ['prosody']);
  assert.is(statSync(join(stack.path, 'data/prosody/suid')).mode & 0o7777, 0o755);
  assert.is(statSync(join(stack.path, '.env')).mode & 0o777, 0o600);
});

test('what was not there is not in the backup, and is not taken away by it', ({ stack }) => {
  const account = stack.account('ada');
  spawnSync('mv', ['data', '../data'], { cwd: stack.path });
  const file = stack.run(['backup']).out.trim();
  assert.equal(
    names(file).filter((name) => name.startsWith('data')),
    [],
  );
  spawnSync('mv', ['../data', 'data'], { cwd: stack.path });
  assert.is(stack.run(['restore', file, '--yes']).code, 0);
  assert.is(stack.read(account), binary);
});

test('where .env is a link, its content is in the backup', ({ stack }) => {
  const elsewhere = join(stack.root, 'secrets');
  writeFileSync(elsewhere, secretsFile, { mode: 0o600 });
  rmSync(join(stack.path, '.env'));
  symlinkSync(elsewhere, join(stack.path, '.env'));
  const { code, out, err } = stack.run(['backup']);
  assert.is(code, 0, err);
  const text = spawnSync('tar', ['-xzOf', out.trim(), '.env'], { encoding: 'utf8' }).stdout;
  assert.is(text, secretsFile);
});

test('a backup of another stack says so before it asks', ({ stack }) => {
  stack.write(
    'jitsi-stack.json',
    '// "domain": "old.example.net"\n{ "domain": "other.example.net" }\n',
  );
  const file = stack.run(['backup', 'other.tar.gz']).out.trim();
  const { code, err } = stack.run(['restore', file]);
  assert.is(code, 2);
  assert.match(err, 'other.example.net would become its own');
  assert.not.match(stack.calls(), 'compose stop');
});

(await needs(test, 'root'))(
  'on another server, secrets and hooks belong to whoever owns the directory there',
  ({ stack }) => {
    const file = stack.run(['backup', 'old.tar.gz']).out.trim();
    chownSync(stack.path, 1234, 1234);
    assert.is(stack.run(['restore', file, '--yes']).code, 0);
    for (const path of ['.env', 'jitsi/web/custom-config.js'])
      assert.is(statSync(join(stack.path, path)).uid, 1234, path);
    assert.is(statSync(join(stack.path, stack.account('ada'))).uid, 1000);
  },
);

test('a backup of a stack with the longest of all names is a file like any other', () => {
  const plan = smallPlan();
  const stack = new FakeStack({ ...plan, answers: { ...plan.answers, domain: longest } });
  const { code, out, err } = stack.run(['backup']);
  assert.is(code, 0, err);
  assert.ok(existsSync(out.trim()), out);
  stack.remove();
});

test.run();
