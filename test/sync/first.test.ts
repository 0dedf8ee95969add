import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changes, configure, created, generate, lines, refusal, Stack } from './stack.ts';

const files = {
  '.gitignore': '.env\n',
  'compose.yaml': lines('compose'),
  'nginx/nginx.conf': lines('nginx'),
  stack: { text: '#!/bin/sh\n', executable: true },
};
const test = suite('first generation');
test.before.each(() => configure());

test('makes a repository with one commit in a new directory', async () => {
  const stack = new Stack(new Stack().path('new/meet'));
  const report = await stack.sync(generate(files), { secretPaths: ['.env'] });
  assert.is(report.outcome, 'created');
  assert.equal(report.notes, []);
  assert.equal(changes(report), [
    '.gitignore: added',
    'compose.yaml: added',
    'nginx/nginx.conf: added',
    'stack: added',
  ]);
  assert.is(stack.commits, 1);
  assert.is(report.commit, stack.git('rev-parse', 'HEAD'));
  assert.is(stack.git('branch', '--show-current'), 'main');
  assert.is(
    stack.git('log', '-1', '--format=%an %s'),
    'Olga Create Jitsi stack (stable-1, create-jitsi-stack 1.0.0)',
  );
  assert.ok(stack.isClean);
  assert.is(stack.read('compose.yaml'), files['compose.yaml']);
  assert.ok(stack.isExecutable('stack'));
  assert.match(stack.git('ls-files', '-s', 'stack'), '100755');
});

test('leaves the owner of an existing directory their files', async () => {
  const stack = new Stack();
  stack.write('notes.txt', 'mine\n');
  stack.write('nginx/sites/blog.conf', 'mine\n');
  await stack.sync(generate(files));
  assert.is(stack.read('notes.txt'), 'mine\n');
  assert.equal(stack.git('status', '--porcelain').split('\n').sort(), [
    '?? nginx/sites/',
    '?? notes.txt',
  ]);
});

test('takes the answers that are there, with what is remarked in them', async () => {
  const stack = new Stack();
  stack.write('answers.json', '// ours\n{"a":1}');
  const answers = { text: '{ "a": 1 }\n', remarked: '// ours\n{ "a": 1 }\n' };
  await stack.sync(generate({ ...files, 'answers.json': answers }), { inputs: ['answers.json'] });
  assert.is(stack.read('answers.json'), answers.remarked);
  assert.ok(stack.isClean);
});

test('takes over identical files and refuses different ones, touching nothing', async () => {
  const stack = new Stack();
  stack.write('compose.yaml', files['compose.yaml'].replaceAll('\n', '\r\n'));
  stack.write('stack', 'something else\n');
  const error = await refusal(stack.sync(generate(files)));
  assert.match(error.message, 'stack: Files that git does not track');
  assert.not(stack.has('.git'));
  assert.not(stack.has('nginx'));
  stack.remove('stack');
  await stack.sync(generate(files));
  assert.ok(stack.isClean);
});

test('does not overwrite what was there of a seeded file', async () => {
  const stack = new Stack();
  stack.write('hooks/custom.js', 'mine\n');
  const report = await stack.sync(
    generate({ ...files, 'hooks/custom.js': { text: 'seed\n', kind: 'seeded' } }),
  );
  assert.is(stack.read('hooks/custom.js'), 'mine\n');
  assert.ok(changes(report).includes('hooks/custom.js: kept'));
});

test('commits into an existing repository, below its top', async () => {
  const mono = new Stack();
  mono.git('init', '-q');
  mono.write('README.md', 'monorepo\n');
  mono.commit();
  const stack = new Stack(mono.path('infra/jitsi'));
  const report = await stack.sync(generate(files));
  assert.is(report.outcome, 'created');
  assert.equal(mono.git('ls-files').split('\n'), [
    'README.md',
    'infra/jitsi/.gitignore',
    'infra/jitsi/compose.yaml',
    'infra/jitsi/jitsi-stack.lock',
    'infra/jitsi/nginx/nginx.conf',
    'infra/jitsi/stack',
  ]);
  assert.ok(mono.isClean);
  assert.is((await stack.sync(generate(files))).outcome, 'unchanged');
});

test('merges with tracked files of an existing repository instead of replacing them', async () => {
  const stack = new Stack();
  stack.git('init', '-q');
  stack.write('compose.yaml', 'services: {}\n');
  stack.commit();
  const report = await stack.sync(generate(files));
  assert.is(report.outcome, 'overlap');
  assert.equal(
    report.overlaps.map(({ path, base, mine }) => [path, base, mine]),
    [['compose.yaml', undefined, 'services: {}\n']],
  );
  assert.not(stack.has('stack'));
  assert.ok(stack.isClean);
  assert.is((await stack.sync(generate(files), { mine: ['compose.yaml'] })).outcome, 'created');
  assert.is(stack.read('compose.yaml'), 'services: {}\n');
  assert.ok(stack.isClean);
});

test('takes over a hand-made repository: exactly what is generated, or mine and small overlaps later', async () => {
  const handMade = async (): Promise<Stack> => {
    const stack = new Stack();
    stack.git('init', '-q');
    stack.write('compose.yaml', lines('compose', { 2: 'mine 2', 20: 'mine 20' }));
    stack.write('nginx/nginx.conf', 'server {}\n');
    stack.commit();
    return stack;
  };
  const taken = await handMade();
  await taken.sync(generate(files), { new: ['.'] });
  for (const path of ['compose.yaml', 'nginx/nginx.conf'] as const)
    assert.is(taken.read(path), files[path]);

  const kept = await handMade();
  await kept.sync(generate(files), { mine: ['.'] });
  assert.is(kept.read('nginx/nginx.conf'), 'server {}\n');
  assert.is(kept.read('compose.yaml'), lines('compose', { 2: 'mine 2', 20: 'mine 20' }));
  const next = { ...files, 'compose.yaml': lines('compose', { 10: 'new 10' }) };
  assert.is((await kept.sync(generate(next))).outcome, 'updated');
  assert.is(
    kept.read('compose.yaml'),
    lines('compose', { 2: 'mine 2', 10: 'new 10', 20: 'mine 20' }),
  );
});

test('has its own repository where the one around ignores it', async () => {
  const dotfiles = new Stack();
  dotfiles.git('init', '-q');
  dotfiles.write('.gitignore', '*\n');
  dotfiles.git('add', '-f', '.gitignore');
  dotfiles.git('commit', '-qm', 'dotfiles');
  const stack = new Stack(dotfiles.path('meet'));
  await stack.sync(generate(files));
  assert.is(dotfiles.commits, 1);
  assert.is(stack.commits, 1);
});

test('is the first commit of a branch without commits', async () => {
  const stack = new Stack();
  stack.git('init', '-q');
  stack.write('notes.txt', 'mine\n');
  assert.is((await stack.sync(generate(files))).outcome, 'created');
  assert.is(stack.commits, 1);
  assert.is(stack.git('status', '--porcelain'), '?? notes.txt');
  assert.is(stack.git('branch', '--show-current'), 'trunk');
});

test('leaves nothing behind when the commit fails', async () => {
  configure('[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = /bin/false\n');
  const stack = new Stack(new Stack().path('new/meet'));
  const error = await refusal(stack.sync(generate(files)));
  assert.match(error.message, 'Git did not make the commit');
  assert.not(stack.has(''));
  const unborn = new Stack();
  unborn.git('init', '-q');
  unborn.write('compose.yaml', files['compose.yaml']);
  await refusal(unborn.sync(generate(files)));
  assert.is(unborn.git('status', '--porcelain'), '?? compose.yaml');
});

test('commits under its own name when git does not know the owner', async () => {
  configure('', '[user]\n\tuseConfigOnly = true\n');
  const stack = await created(files);
  assert.is(stack.git('log', '-1', '--format=%an'), 'create-jitsi-stack');
});

test('shows a preview and touches nothing', async () => {
  const stack = new Stack(new Stack().path('meet'));
  const report = await stack.sync(generate(files), { dryRun: true });
  assert.is(report.outcome, 'preview');
  assert.match(report.diff ?? '', 'diff --git a/compose.yaml b/compose.yaml\nnew file mode 100644');
  assert.match(report.diff ?? '', '+compose line 1\n');
  assert.not(stack.has(''));
});

test('says which secret the next git add would commit', async () => {
  const stack = new Stack();
  const { notes } = await stack.sync(generate({ 'compose.yaml': 'x\n' }), {
    secretPaths: ['.env'],
  });
  assert.match(notes.join(), '.env is not ignored by git');
});

test('refuses a file in the place of the directory', async () => {
  const stack = new Stack();
  stack.write('meet', 'a file\n');
  assert.match(
    (await refusal(new Stack(stack.path('meet')).sync(generate(files)))).message,
    'There is a file',
  );
});

test.run();
