import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answers } from '../../src/answers/answers.ts';
import { StackError } from '../../src/errors.ts';
import { writeStack } from '../../src/generate.ts';
import { createStackPlan } from '../../src/stack-plan.ts';
import { GitFailed, lacksRoom } from '../../src/sync/run-git.ts';
import { planOf } from '../matrix/stack.ts';
import { needs } from '../programs/needs.ts';
import { home, refusal, Stack } from './stack.ts';

const raw = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  certificates: { source: 'self-signed' },
  turn: { mode: 'none' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  firewall: [],
};
const v1 = await planOf({ ...raw, release: 'stable-11031' });
const v2 = await createStackPlan({ ...v1.answers, release: 'stable-11146-2' } as Answers);

const mounts: string[] = [];

function mount(...args: string[]): void {
  execFileSync('mount', args);
  mounts.push(args.at(-1) ?? '');
}

const full = /The disk is full|Make room on the disk/;

/** A directory on a small disk of its own. */
function smallDisk(name: string): {
  stack: Stack;
  fill: (left: number) => void;
  empty: () => void;
} {
  const disk = join(home, name);
  mkdirSync(disk);
  mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk);
  const ballast = join(disk, 'ballast');
  mkdirSync(join(disk, 'meet'));
  return {
    stack: new Stack(join(disk, 'meet')),
    fill(left) {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left * 1024), 1));
    },
    empty: () => rmSync(ballast, { force: true }),
  };
}

/** Contents of the managed files as they are, by path. */
const texts = (stack: Stack) =>
  Object.fromEntries(
    v1.files
      .filter(({ kind }) => kind === 'managed')
      .map(({ path }) => [path, stack.has(path) ? stack.read(path) : undefined]),
  );

const test = suite('a disk that takes no more');
const disks = await needs(test, 'root');
test.after(() => {
  for (const mount of mounts.reverse()) execFileSync('umount', ['--lazy', mount]);
});

disks('full at any level: nothing is half written, and it goes on once there is room', async () => {
  const { stack, fill, empty } = smallDisk('full');
  await writeStack(stack.directory, v1);
  stack.write('notes.txt', 'mine\n');
  stack.write('compose.yaml', `${stack.read('compose.yaml')}# mine\n`);
  stack.commit();
  const [start, old, env] = [stack.git('rev-parse', 'HEAD'), texts(stack), stack.read('.env')];
  assert.is((await writeStack(stack.directory, v2)).outcome, 'updated');
  const wanted = texts(stack);
  const levels = [0, 8, 32, 96, 160, 224, 288, 304, 320, 336, 384, 512, 768, 1024];
  let refused = 0;
  for (const left of levels) {
    stack.git('reset', '-q', '--hard', start);
    stack.git('reflog', 'expire', '--expire=now', '--all');
    stack.git('gc', '-q', '--prune=now');
    fill(left);
    const outcome = await writeStack(stack.directory, v2).then(
      (report) => report.outcome,
      (error) => error,
    );
    if (outcome !== 'updated') {
      refused++;
      assert.instance(outcome, StackError, `${left} KiB: ${outcome}`);
      const { message } = outcome;
      assert.match(message, full, `${left} KiB: ${message}`);
    }
    for (const [path, text] of Object.entries(texts(stack)))
      assert.ok([old[path], wanted[path]].includes(text), `${left} KiB: ${path} is neither`);
    assert.is(stack.read('notes.txt'), 'mine\n');
    assert.is(stack.read('.env'), env);
    empty();
    await writeStack(stack.directory, v2);
    assert.equal(texts(stack), wanted, `${left} KiB`);
    assert.ok(stack.isClean, `${left} KiB`);
  }
  assert.ok(refused > 2 && refused < levels.length, `${refused} of ${levels.length} refused`);
});

test('what git says when it could not write is known for that', () => {
  for (const said of [
    'fatal: write error: No space left on device',
    'error: unable to write file .git/objects/ab/cd',
    'error: failed to write new configuration file /meet/.git/config.lock',
  ])
    assert.ok(lacksRoom(new GitFailed(128, '', said)), said);
  for (const said of ['fatal: not a git repository', 'fatal: failed to write commit object'])
    assert.not(lacksRoom(new GitFailed(128, '', said)), said);
});

disks(
  'full at a first generation: either nothing is there, or a later run completes it',
  async () => {
    const { stack, fill, empty } = smallDisk('first');
    let refused = 0;
    for (const left of [0, 8, 64, 128, 256, 320, 384, 448, 512, 640]) {
      rmSync(stack.directory, { recursive: true });
      mkdirSync(stack.directory);
      fill(left);
      try {
        await writeStack(stack.directory, v2);
      } catch (error) {
        refused++;
        assert.instance(error, StackError, `${left} KiB: ${error}`);
        const { message } = error as StackError;
        assert.match(message, full, `${left} KiB: ${message}`);
      }
      empty();
      await writeStack(stack.directory, v2);
      assert.is(stack.commits, 1, `${left} KiB`);
      assert.ok(stack.isClean);
      for (const path of ['.env', 'certs/fullchain.pem', 'certs/privkey.pem'])
        assert.ok(stack.read(path).length > 30, `${left} KiB: ${path}`);
    }
    assert.ok(refused > 2, `${refused} refused`);
  },
);

disks('read-only: a sentence, and nothing changes', async () => {
  const stack = new Stack();
  await writeStack(stack.directory, v1);
  const old = texts(stack);
  mount('--bind', stack.directory, stack.directory);
  execFileSync('mount', ['-o', 'remount,bind,ro', stack.directory]);
  for (const options of [{}, { git: false }]) {
    const error = await refusal(writeStack(stack.directory, v2, options));
    assert.match(error.message, /read-only/i);
    assert.is(error.exitCode, 2);
  }
  assert.equal(texts(stack), old);
  // What changes nothing needs no right to write.
  assert.is((await writeStack(stack.directory, v1)).outcome, 'unchanged');
  const empty = new Stack();
  mount('--bind', empty.directory, empty.directory);
  execFileSync('mount', ['-o', 'remount,bind,ro', empty.directory]);
  for (const options of [{}, { git: false }])
    assert.match((await refusal(writeStack(empty.directory, v2, options))).message, /read-only/i);
});

test('a run that ended between its commit and the secrets is completed by the next one', async () => {
  const stack = new Stack();
  await writeStack(stack.directory, v2);
  stack.remove('.env');
  stack.remove('certs/privkey.pem');
  stack.remove('certs/fullchain.pem');
  const { outcome, secrets, certificate } = await writeStack(stack.directory, v2);
  assert.is(outcome, 'unchanged');
  assert.equal(
    secrets.added,
    v2.secrets.map(({ name }) => name),
  );
  assert.ok(certificate && stack.has('certs/privkey.pem'));
  assert.is(stack.commits, 1);
});

test.run();
