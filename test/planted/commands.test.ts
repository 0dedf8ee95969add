import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from '../blueprints/operations/plan.ts';
import { FakeStack } from '../blueprints/operations/stack.ts';
import { waiting } from '../blueprints/operations/upgrade.ts';
import { needs } from '../programs/needs.ts';
import { plant } from './plant.ts';
import { holding, surroundings } from './surroundings.ts';

const test = suite('planted: the commands of ./stack');
const asRoot = await needs(test, 'root', 'host:openssl', 'host:setpriv');
const mark = 'what nobody else may read';
const evil = 'touch /tmp/pwned';

/**
 * A stack in whose `data/prosody` and `certs` somebody has left things. Its Docker only plays: what would run in a container runs
 * as root with the whole machine in reach, so nothing but the scripts themselves holds it back.
 */
function scene(stack: FakeStack) {
  const victim = mkdtempSync(join(tmpdir(), 'victim-'));
  writeFileSync(join(victim, 'secret'), mark, { mode: 0o600 });
  mkdirSync(join(stack.path, '.git/hooks'), { recursive: true });
  writeFileSync(join(stack.path, '.git/config'), mark);
  // What each of the containers, or of those that commands start, may write.
  const theirs = ['data', 'certs', 'backups', '.env'];
  for (const name of ['data/prosody', 'certs'])
    mkdirSync(join(stack.path, name), { recursive: true });
  execFileSync('chown', ['-R', '1000:1000', 'data', 'certs'], { cwd: stack.path });
  for (const [round, directory] of ['data/prosody', 'certs'].entries())
    plant(join(stack.path, directory), { stack: stack.path, victim, round });
  const outside = () => ({
    stack: surroundings(stack.path, theirs),
    victim: surroundings(victim, []),
  });
  /** Nothing that was left has got out, and nothing of others in. */
  const contained = () => {
    const out = holding(stack.path, evil).filter((path) => !/^(data|certs|backups)\//.test(path));
    assert.equal(out, []);
    for (const reach of ['data', 'certs'])
      assert.equal(holding(join(stack.path, reach), mark), [], `copied into ${reach}`);
    assert.equal(surroundings(victim, []), before.victim);
    assert.not.ok(existsSync('/tmp/pwned'));
  };
  const before = outside();
  const done = () => {
    stack.remove();
    rmSync(victim, { recursive: true });
  };
  return { outside, contained, before, done };
}

asRoot('status, user, rotate, backup and restore change nothing else', () => {
  const stack = new FakeStack();
  stack.write(stack.account('ada'), 'hers', 0o640);
  for (const name of ['focus', 'jvb'])
    stack.write(stack.account(name, 'auth.meet.jitsi'), 'a password', 0o640);
  const { outside, contained, before, done } = scene(stack);
  const backup = join(stack.root, 'backup.tar.gz');
  for (const args of [
    ['status'],
    ['user', 'list'],
    ['user', 'add', 'bob', '--generate'],
    ['user', 'passwd', 'bob', '--generate'],
    ['user', 'del', 'bob'],
    ['user', 'unlock'],
    ['rotate', '--yes'],
    ['certs', 'show'],
    ['backup', backup],
    ['restore', backup, '--yes'],
  ]) {
    const { code, err } = stack.run(args);
    assert.is(code, 0, `${args.join(' ')}: ${err}`);
    assert.equal(outside(), before, args.join(' '));
    contained();
  }
  assert.is(stack.read(stack.account('ada')), 'hers');
  done();
});

asRoot('certs install changes nothing else', () => {
  const stack = new FakeStack();
  const [chain, key] = ['chain.pem', 'key.pem'].map((name) => join(stack.root, name));
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=meet.example.org', '-days', '9', '-keyout', key, '-out', chain],
      ...['-addext', 'subjectAltName=DNS:meet.example.org,DNS:turn.example.org'],
    ] as string[],
    { stdio: 'pipe' },
  );
  const { outside, contained, before, done } = scene(stack);
  const { code, err } = stack.run(['certs', 'install', String(chain), String(key)]);
  assert.is(code, 0, err);
  assert.equal(outside(), before);
  contained();
  done();
});

asRoot('an upgrade and its way back take along nothing and lead nowhere', () => {
  const stack = waiting();
  const { outside, contained, before, done } = scene(stack);
  const { code, err } = stack.run(['upgrade', '--yes']);
  assert.is(code, 0, err);
  assert.equal(outside(), before);
  contained();
  const back = stack.run(['upgrade', '--rollback', '--yes']);
  assert.is(back.code, 0, back.err);
  contained();
  done();
});

test('what a terminal would obey is not shown of names that a container made up', () => {
  const plan = smallPlan();
  const files = 'data/prosody/data/meet%2ejitsi/accounts';
  const stack = new FakeStack({
    ...plan,
    release: { ...plan.release, prosodyShell: false },
    ...(plan.accounts && { accounts: { ...plan.accounts, files, asked: false } }),
  });
  stack.write('data/prosody/data/meet%2ejitsi/accounts/a\u001b[31m\u009b\u202e.dat', '');
  assert.is(stack.run(['user', 'list']).out, 'a?[31m??\n');
  stack.remove();
});

test.run();
