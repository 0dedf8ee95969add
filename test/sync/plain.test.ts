import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changes, configure, created, generate, home, lines, Stack } from './stack.ts';

const v1 = {
  'compose.yaml': lines('compose'),
  'nginx/nginx.conf': lines('nginx'),
  'coturn/turnserver.conf': lines('coturn'),
  stack: { text: '#!/bin/sh\n', executable: true },
};
const v2 = {
  ...v1,
  'nginx/nginx.conf': lines('nginx', { 3: 'v2' }),
  'firewall/ports.md': lines('ports'),
};
const { 'coturn/turnserver.conf': _, ...withoutRelay } = v1;
const plain = { git: false };

const path = process.env.PATH ?? '';
/** Hides every program from the runs of one test. */
function withoutGit(): void {
  process.env.PATH = home;
}

const test = suite('plain files');
test.before.each(() => configure());
test.after.each(() => {
  process.env.PATH = path;
});

test('plain files are written without a repository', async () => {
  const stack = new Stack(new Stack().path('new/meet'));
  const report = await stack.sync(generate(v1), plain);
  assert.is(report.outcome, 'created');
  assert.not(stack.has('.git'));
  assert.is(stack.read('compose.yaml'), v1['compose.yaml']);
  assert.ok(stack.isExecutable('stack'));
  const { mtimeMs } = statSync(stack.path('jitsi-stack.lock'));
  assert.is((await stack.sync(generate(v1), plain)).outcome, 'unchanged');
  assert.is(statSync(stack.path('jitsi-stack.lock')).mtimeMs, mtimeMs);
});

test('stay plain files when git is there later', async () => {
  const stack = await created(v1, plain);
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'updated');
  assert.not(stack.has('.git'));
  assert.match(report.notes.join(), 'git init');
});

for (const git of ['with', 'without'] as const) {
  test(`are added, changed, removed and kept (${git} git to merge with)`, async () => {
    const stack = await created({ ...v1, 'coturn/users.conf': lines('users') }, plain);
    stack.write('coturn/turnserver.conf', 'mine\n');
    stack.remove('compose.yaml');
    if (git === 'without') withoutGit();
    const { 'coturn/turnserver.conf': _gone, ...next } = {
      ...v2,
      'compose.yaml': lines('compose', { 3: 'v2' }),
    };
    const report = await stack.sync(generate(next), plain);
    assert.equal(changes(report), [
      'compose.yaml: stays-deleted',
      'coturn/turnserver.conf: kept',
      'coturn/users.conf: removed',
      'firewall/ports.md: added',
      'nginx/nginx.conf: changed',
    ]);
    assert.is(stack.read('coturn/turnserver.conf'), 'mine\n');
    assert.not(stack.has('coturn/users.conf'));
    assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
  });
}

test('are merged where edits do not overlap', async () => {
  const stack = await created(v1, plain);
  stack.write('nginx/nginx.conf', lines('nginx', { 20: 'mine' }));
  assert.ok(changes(await stack.sync(generate(v2), plain)).includes('nginx/nginx.conf: merged'));
  assert.is(stack.read('nginx/nginx.conf'), lines('nginx', { 3: 'v2', 20: 'mine' }));
});

test('are not touched while an overlap is open', async () => {
  const stack = await created(v1, plain);
  stack.write('nginx/nginx.conf', lines('nginx', { 3: 'mine' }));
  const report = await stack.sync(generate(v2), plain);
  assert.is(report.outcome, 'overlap');
  assert.equal(
    report.overlaps.map(({ path, line }) => [path, line]),
    [['nginx/nginx.conf', 3]],
  );
  assert.not(stack.has('firewall'));
  assert.is((await stack.sync(generate(v2), { ...plain, new: ['nginx'] })).outcome, 'updated');
  assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
});

test('get markers beside them, never in them, and an older .new stays', async () => {
  const stack = await created(v1, plain);
  const edited = lines('nginx', { 3: 'mine' });
  stack.write('nginx/nginx.conf', edited);
  stack.write('nginx/nginx.conf.new', 'older\n');
  const report = await stack.sync(generate(v2), { ...plain, markers: true });
  assert.is(report.outcome, 'overlap');
  assert.is(stack.read('nginx/nginx.conf'), edited);
  assert.is(stack.read('nginx/nginx.conf.new'), 'older\n');
  assert.match(
    stack.read('nginx/nginx.conf.new.1'),
    '<<<<<<< mine\nmine\n||||||| generated last time\nnginx line 3\n=======\nv2\n>>>>>>> new\n',
  );
  assert.ok(stack.has('firewall/ports.md'));
  assert.is((await stack.sync(generate(v2), plain)).outcome, 'unchanged');
});

test('are whole-file decisions where nothing can merge', async () => {
  const stack = await created(v1, plain);
  const edited = lines('nginx', { 20: 'mine' });
  stack.write('nginx/nginx.conf', edited);
  withoutGit();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'overlap');
  assert.match(report.notes.join(), 'Git is not installed');
  assert.is(report.overlaps[0]?.mine, edited);
  await stack.sync(generate(v2), { markers: true });
  assert.is(stack.read('nginx/nginx.conf'), edited);
  assert.is(stack.read('nginx/nginx.conf.new'), v2['nginx/nginx.conf']);
});

test('are made where git is not installed', async () => {
  withoutGit();
  const stack = new Stack();
  const report = await stack.sync(generate(v1));
  assert.is(report.outcome, 'created');
  assert.match(report.notes.join(), 'Git is not installed');
});

test('plain files: line ends are no edits', async () => {
  const stack = await created(v1, plain);
  stack.write('nginx/nginx.conf', v1['nginx/nginx.conf'].replaceAll('\n', '\r\n'));
  assert.ok(changes(await stack.sync(generate(v2), plain)).includes('nginx/nginx.conf: changed'));
});

test('are not written through a link out of the stack', async () => {
  const stack = await created(v1, plain);
  const outside = new Stack();
  stack.remove('nginx');
  symlinkSync(outside.directory, stack.path('nginx'));
  outside.write('nginx.conf', v1['nginx/nginx.conf']);
  const report = await stack.sync(generate(v2), plain);
  assert.ok(changes(report).includes('nginx/nginx.conf: kept'));
  assert.is(outside.read('nginx.conf'), v1['nginx/nginx.conf']);
  await stack.sync(generate({ stack: v1.stack }), plain);
  assert.ok(outside.has('nginx.conf'));
});

test('plain files are previewed with a diff', async () => {
  const stack = await created(v1, plain);
  const report = await stack.sync(
    generate({ ...withoutRelay, 'nginx/nginx.conf': v2['nginx/nginx.conf'] }),
    { ...plain, dryRun: true },
  );
  assert.is(report.outcome, 'preview');
  assert.match(
    report.diff ?? '',
    'diff --git a/coturn/turnserver.conf b/coturn/turnserver.conf\ndeleted file',
  );
  assert.match(report.diff ?? '', 'diff --git a/nginx/nginx.conf b/nginx/nginx.conf\n');
  assert.match(report.diff ?? '', '-nginx line 3\n+v2\n');
  assert.ok(stack.has('coturn/turnserver.conf'));
});

test('compare with hand-made files in their place', async () => {
  const stack = new Stack();
  stack.write('compose.yaml', 'services: {}\n');
  const report = await stack.sync(generate(v1), plain);
  assert.is(report.outcome, 'overlap');
  assert.not(stack.has('jitsi-stack.lock'));
  await stack.sync(generate(v1), { ...plain, mine: ['compose.yaml'] });
  assert.is(stack.read('compose.yaml'), 'services: {}\n');
});

test('are taken back when one of them cannot be written', async () => {
  const stack = new Stack();
  mkdirSync(stack.path('nginx/.nginx.conf.jitsi-stack.tmp'), { recursive: true });
  const failed = await stack.sync(generate(v1), plain).then(
    () => false,
    () => true,
  );
  assert.ok(failed);
  assert.not(stack.has('compose.yaml'));
  assert.not(stack.has('jitsi-stack.lock'));
});

test('repeat an interrupted run to the same result', async () => {
  const stack = await created(v1, plain);
  stack.write('nginx/nginx.conf', lines('nginx', { 20: 'mine' }));
  const before = stack.read('jitsi-stack.lock');
  await stack.sync(generate(v2), plain);
  const after = stack.read('jitsi-stack.lock');
  stack.write('jitsi-stack.lock', before);
  stack.remove('firewall/ports.md');
  assert.is((await stack.sync(generate(v2), plain)).outcome, 'updated');
  assert.is(stack.read('nginx/nginx.conf'), lines('nginx', { 3: 'v2', 20: 'mine' }));
  assert.ok(stack.has('firewall/ports.md'));
  assert.is(stack.read('jitsi-stack.lock'), after);
});

test.run();
