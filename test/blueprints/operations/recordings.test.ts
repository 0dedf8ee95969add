import { existsSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/plan/plan.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const recordings = suite<{ stack: FakeStack }>('recordings');
const test = await needs(recordings, 'root');

const path = 'data/recordings';

/** A stack that records, and keeps what was recorded for 30 days. */
function recording(): Plan {
  const plan = smallPlan();
  return {
    ...plan,
    directories: [
      ...plan.directories,
      { path, mode: '0700', owner: 1000, about: 'recordings', stays: true, passing: true },
    ],
    recordings: {
      path,
      inside: '/storage/recordings',
      service: 'jvb',
      finish: ['/config/finalize.sh'],
      end: ['end-recording'],
      days: 30,
      atOnce: 1,
    },
  };
}

/** Says how much is free, in MB, as df does. */
function withRoom(stack: FakeStack, megabytes: number) {
  const script = `#!/bin/sh\nprintf 'Filesystem\\ndisk 1 1 ${megabytes * 1000} 1%% /\\n'\n`;
  writeFileSync(join(stack.root, 'df'), script, { mode: 0o755 });
  const fakes = new URL('programs/', import.meta.url).pathname;
  return { env: { PATH: `${stack.root}:${fakes}:${process.env.PATH}` } };
}

/** Gives a folder or file this age in days. */
function age(stack: FakeStack, name: string, days: number) {
  const then = Date.now() / 1000 - days * 86400;
  utimesSync(join(stack.path, path, name), then, then);
}

recordings.before.each((context) => {
  context.stack = new FakeStack(recording());
});
recordings.after.each(({ stack }) => stack.remove());

test('they are listed, read out and deleted by their names', ({ stack }) => {
  assert.match(stack.run(['recordings']).err, `There are no recordings in ${path}.`);
  stack.write(`${path}/abc/weekly_2026-11-26-09-00-00.mp4`, 'picture and sound');
  stack.write(`${path}/abc/metadata.json`, '{}');
  stack.write(`${path}/def/daily.mkv`, 'half');
  const { code, out } = stack.run(['recordings', 'list']);
  assert.is(code, 0);
  assert.match(out, /0 MB {2}abc\/weekly_2026-11-26-09-00-00\.mp4\n/);
  assert.match(out, /def\/daily\.mkv {2}\(not finished\)\n/);
  assert.not.match(out, 'metadata');
  const got = stack.run(['recordings', 'get', 'abc/weekly_2026-11-26-09-00-00.mp4']);
  assert.is(got.out, 'picture and sound');
  assert.is(stack.run(['recordings', 'delete', 'abc']).code, 2, 'nobody is there to ask');
  assert.is(stack.run(['recordings', 'delete', 'abc', '--yes']).code, 0);
  assert.not.ok(existsSync(join(stack.path, path, 'abc')));
  assert.ok(existsSync(join(stack.path, path, 'def/daily.mkv')));
});

test('no name leads out of their folder', ({ stack }) => {
  stack.write(`${path}/abc/one.mp4`, 'one');
  symlinkSync('../../../.env', join(stack.path, path, 'abc/link.mp4'));
  symlinkSync('../..', join(stack.path, path, 'up'));
  for (const name of [
    '../../.env',
    'abc/../../../.env',
    '/etc/passwd',
    'abc/link.mp4',
    'abc',
    '',
  ]) {
    const { code, out } = stack.run(['recordings', 'get', name]);
    assert.is(code, 1, name);
    assert.is(out, '', name);
  }
  for (const name of ['..', '.', '', 'up', 'abc/..', '../prosody']) {
    assert.is(stack.run(['recordings', 'delete', name, '--yes']).code, 1, name);
  }
  assert.ok(existsSync(join(stack.path, path, 'abc/one.mp4')));
  assert.ok(existsSync(join(stack.path, '.env')));
});

test('what is too old goes, what was cut off is finished, and what is being written is left alone', ({
  stack,
}) => {
  for (const name of ['old/a.mp4', 'new/b.mp4', 'cut/c.mkv', 'running/d.mkv'])
    stack.write(`${path}/${name}`, name);
  age(stack, 'old', 31);
  age(stack, 'new', 29);
  age(stack, 'cut/c.mkv', 0.1);
  const { code, err } = stack.run(['recordings', 'tidy'], withRoom(stack, 50_000));
  assert.is(code, 0, err);
  assert.match(err, 'Deleted after 30 days: old\n');
  assert.not.ok(existsSync(join(stack.path, path, 'old')));
  assert.ok(existsSync(join(stack.path, path, 'new/b.mp4')));
  assert.match(stack.calls(), 'exec -T jvb /config/finalize.sh /storage/recordings/cut\n');
  assert.not.match(stack.calls(), '/storage/recordings/running');
  assert.not.match(stack.calls(), 'end-recording');
});

test('before the disk is full, recording ends; who is asked whether all is well hears of it earlier', ({
  stack,
}) => {
  stack.write(`${path}/abc/one.mp4`, 'one');
  stack.write('../fake/busy', 'jvb\n');
  const few = withRoom(stack, 11_000);
  const early = stack.run(['recordings', 'tidy'], few);
  assert.is(early.code, 1);
  assert.match(early.err, 'Only 11 GB are free for recordings');
  assert.not.match(stack.calls(), 'end-recording');
  assert.match(stack.run(['check'], few).out, /^warning +recordings +Only 11 GB/m);
  const none = withRoom(stack, 2000);
  const { code, err } = stack.run(['recordings', 'tidy'], none);
  assert.is(code, 1);
  assert.match(err, 'a full disk stops accounts too');
  assert.match(stack.calls(), 'end-recording');
  assert.match(stack.run(['check'], none).out, /^critical +recordings +Only 2 GB/m);
  assert.match(stack.run(['check'], withRoom(stack, 50_000)).out, /^ok +recordings +50 GB free/m);
});

test('a recorder in a meeting is left as it is by up, and cut with --now alone', ({ stack }) => {
  stack.write('../fake/busy', 'jvb\n');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(err, 'A meeting is being recorded or streamed, so jvb stays as it is.');
  const up = /compose up --detach .*/.exec(stack.calls())?.[0] ?? '';
  assert.match(up, ' prosody');
  assert.not.match(up, 'jvb');
  assert.match(up, '--remove-orphans');
  assert.is(stack.run(['up', '--now']).code, 0);
  assert.match(stack.calls(), 'compose up --detach --remove-orphans\n');
});

test('one that the files do not have any more is left too, as long as it is busy', ({ stack }) => {
  stack.write('../fake/busy', 'recorder\n');
  assert.is(stack.run(['up']).code, 0);
  assert.not.match(stack.calls(), '--remove-orphans');
});

test('a backup leaves them out, and putting one back takes none away', ({ stack }) => {
  stack.write(stack.account('ada'), 'account');
  stack.write(`${path}/abc/one.mp4`, 'one');
  const { out: file, err, code } = stack.run(['backup']);
  assert.is(code, 0, err);
  stack.write(`${path}/def/two.mp4`, 'two');
  const back = stack.run(['restore', file.trim(), '--yes']);
  assert.is(back.code, 0, back.err);
  assert.is(stack.read(`${path}/abc/one.mp4`), 'one');
  assert.is(stack.read(`${path}/def/two.mp4`), 'two');
  assert.is(stack.read(stack.account('ada')), 'account');
});

recordings.run();
