import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../src/sha256.ts';
import { readDrift, temporaryDirectory } from '../../src/sync/index.ts';
import { lockName } from '../../src/sync/lock/lock.ts';
import { carryOut, finish, type Unfinished } from '../../src/sync/lock/unfinished.ts';
import { runLockName } from '../../src/sync/safety/run-lock.ts';
import { changes, configure, created, generate, lines, refusal, Stack } from './stack.ts';

const v1 = { 'a.conf': lines('a'), 'b.conf': lines('b'), 'c.conf': lines('c') };
const v2 = {
  'a.conf': lines('a', { 3: 'v2' }),
  'b.conf': lines('b', { 3: 'v2' }),
  'd.sh': { text: '#!/bin/sh\n', executable: true },
};
const journal = '.update.jitsi-stack.tmp';
const plain = { git: false };

const test = suite('an update without git that was cut off');
test.before.each(() => configure());

/** A stack whose update to v2 wrote one file of four; its owner has edited b.conf before. */
async function cutOff(): Promise<Stack> {
  const mine = lines('b', { 20: 'mine' });
  const stack = await created(v1, plain);
  const after = await created(v1, plain);
  for (const one of [stack, after]) one.write('b.conf', mine);
  await after.sync(generate(v2), plain);
  const base64 = (path: string) => readFileSync(after.path(path), 'base64');
  const update: Unfinished = {
    lock: after.read(lockName),
    files: [
      { path: 'a.conf', before: sha256(v1['a.conf']), content: base64('a.conf') },
      { path: 'b.conf', before: sha256(mine), content: base64('b.conf') },
      { path: 'd.sh', before: null, content: base64('d.sh'), executable: true },
      { path: 'c.conf', before: sha256(v1['c.conf']), remove: true },
    ],
  };
  stack.write('a.conf', v2['a.conf']);
  stack.write(journal, JSON.stringify(update));
  return stack;
}

function isComplete(stack: Stack): void {
  assert.is(stack.read('a.conf'), v2['a.conf']);
  assert.is(stack.read('b.conf'), lines('b', { 3: 'v2', 20: 'mine' }));
  assert.ok(stack.isExecutable('d.sh'));
  assert.not(stack.has('c.conf'));
  assert.equal(
    readdirSync(stack.directory).filter((name) => name.endsWith('.tmp')),
    [],
  );
}

test('is completed by a run that wants the old version again', async () => {
  const stack = await cutOff();
  const report = await stack.sync(generate(v1), plain);
  assert.match(report.notes[0] ?? '', 'was completed first');
  assert.is(stack.read('a.conf'), v1['a.conf']);
  assert.is(stack.read('b.conf'), lines('b', { 20: 'mine' }));
  assert.is(stack.read('c.conf'), v1['c.conf']);
  assert.not(stack.has('d.sh'));
  assert.not(stack.has(journal));
});

test('is completed by a run that wants the same, and reported', async () => {
  const stack = await cutOff();
  const report = await stack.sync(generate(v2), plain);
  isComplete(stack);
  assert.is(report.outcome, 'updated');
  assert.equal(changes(report).sort(), ['b.conf: changed', 'c.conf: removed', 'd.sh: added']);
  assert.is((await stack.sync(generate(v2), plain)).outcome, 'unchanged');
});

test('shows in a preview, which writes nothing', async () => {
  const stack = await cutOff();
  const before = readdirSync(stack.directory);
  const report = await stack.sync(generate(v2), { ...plain, dryRun: true });
  assert.is(report.outcome, 'preview');
  assert.match(report.notes[0] ?? '', 'cut off here; the next run completes it first');
  assert.equal(changes(report).sort(), ['b.conf: changed', 'c.conf: removed', 'd.sh: added']);
  assert.equal(readdirSync(stack.directory), before);
  assert.is(stack.read('b.conf'), lines('b', { 20: 'mine' }));
});

test('is no edit of the owner’s; the edit before it still is', async () => {
  const stack = await cutOff();
  const files = (await readDrift(stack.directory))?.files ?? [];
  assert.equal(
    files.map(({ path, condition }) => `${path}: ${condition}`),
    ['a.conf: as-generated', 'b.conf: edited', 'd.sh: as-generated'],
  );
});

test('leaves alone what its owner has changed since', async () => {
  const stack = await cutOff();
  stack.write('c.conf', 'mine, and newer\n');
  stack.remove('b.conf');
  await stack.sync(generate(v2), plain);
  assert.is(stack.read('c.conf'), 'mine, and newer\n');
  assert.not(stack.has('b.conf'));
});

test('is taken back when it fails half way; where not even that works, it is said', async () => {
  const stack = await created(v1, plain);
  const full = Object.assign(new Error('no room'), { code: 'ENOSPC' });
  const failing = { path: 'b.conf', before: sha256(v1['b.conf']), content: '' };
  Object.defineProperty(failing, 'content', {
    get() {
      throw full;
    },
  });
  const update: Unfinished = {
    lock: 'lock',
    files: [
      { path: 'a.conf', before: sha256(v1['a.conf']), content: 'YQo=' },
      { path: 'new/x', before: null, content: 'YQo=' },
      failing,
    ],
  };
  const whole = { ...update, toJSON: () => ({}) };
  assert.throws(
    () => carryOut(stack.directory, whole),
    (error: Error) => error === full,
  );
  assert.is(stack.read('a.conf'), v1['a.conf']);
  assert.not(stack.has('new'));
  assert.not(stack.has(journal));
  assert.throws(
    () => finish(stack.directory, whole),
    /some files are changed already.*disk is full.*completes the update/,
  );
  assert.is(stack.read('a.conf'), 'a\n');
});

test('files in CRLF, and with both line ends, are merged line by line', async () => {
  for (const end of ['\r\n', '\n']) {
    const stack = await created({ 'a.conf': lines('a') }, plain);
    const windows = lines('a').replaceAll('\n', '\r\n');
    stack.write('a.conf', windows.replace('a line 20\r\n', `mine${end}`));
    const report = await stack.sync(generate({ 'a.conf': lines('a', { 3: 'v2' }) }), plain);
    assert.equal([report.outcome, report.overlaps.length], ['updated', 0]);
    assert.is(stack.read('a.conf'), lines('a', { 3: 'v2', 20: 'mine' }).replaceAll('\n', '\r\n'));
  }
});

test('a preview without git shows modes, also where nothing else changes', async () => {
  const stack = await created({ run: '#!/bin/sh\n' }, plain);
  const executable = { text: '#!/bin/sh\n', executable: true };
  const files = generate({ run: executable, new: executable });
  const { diff = '' } = await stack.sync(files, { ...plain, dryRun: true });
  assert.match(diff, 'old mode 100644\nnew mode 100755');
  assert.match(diff, 'new file mode 100755');
});

test('temporary files of a killed run go with the next one', async () => {
  const stack = await created({ 'nginx/a.conf': lines('a') }, plain);
  for (const path of ['.x.json.jitsi-stack.tmp', 'nginx/.a.conf.jitsi-stack.tmp'])
    stack.write(path, 'half');
  stack.write(`.${runLockName}`, '');
  await stack.sync(generate({ 'nginx/a.conf': lines('a') }), plain);
  assert.equal(readdirSync(stack.directory).sort(), [lockName, 'nginx']);
  assert.equal(readdirSync(stack.path('nginx')), ['a.conf']);
});

test('temporary directories of killed runs go with the next one that needs one', async () => {
  const { pid: dead = 0 } = spawnSync('true');
  const folder = (name: string, hours: number) => {
    const path = join(tmpdir(), `create-jitsi-stack-${name}`);
    mkdirSync(path);
    const then = Date.now() / 1000 - hours * 3600;
    utimesSync(path, then, then);
    return path;
  };
  const folders = [folder(`${dead}-old`, 2), folder(`${dead}-new`, 0), folder('1-old', 2)];
  try {
    rmSync(temporaryDirectory(), { recursive: true });
    assert.equal(
      folders.map((path) => existsSync(path)),
      [false, true, true],
    );
  } finally {
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  }
});

test('locks that a killed git has left are named, and those of a killed run removed', async () => {
  for (const name of ['HEAD.lock', 'index.lock', 'refs/heads/main.lock']) {
    const stack = await created(v1);
    const lock = join(stack.directory, '.git', name);
    stack.write(`.git/${name}`, '');
    const { message } = await refusal(stack.sync(generate(v2)));
    assert.match(message, name);
    assert.match(message, 'delete this file');
    const runLock = stack.path(`.git/${runLockName}`);
    stack.write(`.git/${runLockName}`, '');
    const began = Date.now() / 1000 - 60;
    utimesSync(runLock, began, began);
    utimesSync(lock, began - 5, began - 5);
    await refusal(stack.sync(generate(v2)));
    assert.ok(existsSync(lock), 'an older lock is not that run’s');
    stack.write(`.git/${runLockName}`, '');
    utimesSync(runLock, began, began);
    utimesSync(lock, began + 5, began + 5);
    assert.is((await stack.sync(generate(v2))).outcome, 'updated', name);
    assert.ok(stack.isClean);
  }
});

test('names that are of nothing in the stack are refused', async () => {
  const stack = await created(v1);
  for (const name of ['../a.conf', '/etc/passwd', 'a.cnf']) {
    const { message } = await refusal(stack.sync(generate(v2), { mine: [name] }));
    assert.match(message, `--mine ${name}`);
  }
  await stack.sync(generate(v2), { mine: ['./a.conf'], new: ['.'] });
});

test('a place that takes no directories is refused at once', async () => {
  if (!statSync('/proc', { throwIfNoEntry: false })) return;
  const { message } = await refusal(new Stack('/proc/meet').sync(generate(v1)));
  assert.match(message, '/proc/meet: This directory cannot be made.');
});

test('other JSON spacing is no edit', async () => {
  const stack = await created({ 'jitsi-stack.json': '{ "a": 1, "b": [2] }\n' }, plain);
  const condition = async () => (await readDrift(stack.directory))?.files[0]?.condition;
  stack.write('jitsi-stack.json', '{"b":[2],\n\n"a":1}');
  assert.is(await condition(), 'as-generated');
  stack.write('jitsi-stack.json', '{"b":[2,3],"a":1}');
  assert.is(await condition(), 'edited');
});

test.run();
