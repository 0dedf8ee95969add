import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, home, lines, Stack } from './stack.ts';

const v1 = { 'compose.yaml': lines('compose'), 'nginx/nginx.conf': lines('nginx') };
const v2 = { ...v1, 'nginx/nginx.conf': lines('nginx', { 3: 'v2' }) };
const edited = lines('nginx', { 20: 'mine' });
const expected = lines('nginx', { 3: 'v2', 20: 'mine' });

const test = suite('places');
test.before.each(() => configure());

async function updates(stack: Stack): Promise<void> {
  stack.write('nginx/nginx.conf', edited);
  stack.commit();
  assert.is((await stack.sync(generate(v2))).outcome, 'updated');
  assert.is(stack.read('nginx/nginx.conf'), expected);
  assert.is(stack.git('status', '--porcelain'), '');
}

test('a stack in a linked working tree is updated', async () => {
  const main = await created(v1);
  const linked = new Stack(join(mkdtempSync(join(home, 'linked-')), 'tree'));
  main.git('worktree', 'add', '-q', '-b', 'side', linked.directory);
  await updates(linked);
  assert.is(main.read('nginx/nginx.conf'), v1['nginx/nginx.conf']);
  assert.is(main.git('worktree', 'list').split('\n').length, 2);
});

test('a stack in a submodule is updated', async () => {
  const origin = await created(v1);
  const outer = new Stack();
  outer.git('init', '-q');
  outer.git(
    '-c',
    'protocol.file.allow=always',
    'submodule',
    '--quiet',
    'add',
    origin.directory,
    'meet',
  );
  outer.commit();
  await updates(new Stack(outer.path('meet')));
});

test('a directory of a monorepo, whose other projects are not read', async () => {
  const mono = new Stack();
  mono.git('init', '-q');
  mono.write('other/nginx.conf', lines('nginx'));
  mono.commit();
  const stack = new Stack(mono.path('infra/my [jitsi] ü'));
  await stack.sync(generate(v1));
  await updates(stack);
  mono.write('staged.txt', 'elsewhere\n');
  mono.git('add', 'staged.txt');
  stack.remove('nginx/nginx.conf');
  stack.git('commit', '-qm', 'deleted', '--', 'nginx/nginx.conf');
  const report = await stack.sync(
    generate({ ...v1, 'nginx/nginx.conf': lines('nginx', { 3: 'v3' }) }),
  );
  assert.equal(
    report.changes.map(({ change }) => change),
    ['stays-deleted'],
  );
  assert.is(mono.read('other/nginx.conf'), lines('nginx'));
  assert.is(mono.git('status', '--porcelain'), 'A  staged.txt');
});

test('a stack that was moved into a subdirectory', async () => {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', edited);
  stack.commit();
  const moved = new Stack(stack.path('infra/meet'));
  moved.write('.keep', '');
  for (const path of ['compose.yaml', 'nginx', 'jitsi-stack.lock'])
    stack.git('mv', path, `infra/meet/${path}`);
  stack.git('commit', '-qm', 'move');
  moved.remove('.keep');
  assert.is((await moved.sync(generate(v2))).outcome, 'updated');
  assert.is(moved.read('nginx/nginx.conf'), expected);
  assert.not(stack.has('nginx'));
});

test('a directory that is reached through a link', async () => {
  const stack = await created(v1);
  const link = join(home, `link-${Date.now()}`);
  (await import('node:fs')).symlinkSync(stack.directory, link);
  await updates(new Stack(link));
});

test('a stack in a repository with sha256 objects is updated', async () => {
  const stack = new Stack();
  stack.git('init', '-q', '--object-format=sha256');
  stack.write('notes.txt', 'first\n');
  stack.commit();
  await stack.sync(generate(v1));
  await updates(stack);
});

test.run();
