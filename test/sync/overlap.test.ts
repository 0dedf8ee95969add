import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changes, configure, created, generate, lines, refusal, type Stack } from './stack.ts';

const v1 = { 'compose.yaml': lines('compose'), 'nginx.conf': lines('nginx') };
const v2 = {
  'compose.yaml': lines('compose', { 1: 'new compose' }),
  'nginx.conf': lines('nginx', { 3: 'new line 3', 15: 'new line 15', 25: 'new line 25' }),
};
const mine = lines('nginx', { 3: 'my line 3', 9: 'my line 9', 25: 'my line 25' });

async function overlapping(): Promise<Stack> {
  const stack = await created(v1);
  stack.write('nginx.conf', mine);
  stack.commit();
  return stack;
}

const test = suite('overlap');
test.before.each(() => configure());

test('changes no live file and shows each overlap', async () => {
  const stack = await overlapping();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'overlap');
  assert.equal(report.overlaps, [
    {
      path: 'nginx.conf',
      line: 3,
      lines: 1,
      base: 'nginx line 3\n',
      mine: 'my line 3\n',
      new: 'new line 3\n',
    },
    {
      path: 'nginx.conf',
      line: 25,
      lines: 1,
      base: 'nginx line 25\n',
      mine: 'my line 25\n',
      new: 'new line 25\n',
    },
  ]);
  assert.is(stack.read('compose.yaml'), v1['compose.yaml']);
  assert.is(stack.read('nginx.conf'), mine);
  assert.is(stack.commits, 2);
  assert.ok(stack.isClean);
});

const decisions: [string, Parameters<Stack['sync']>[1], Record<number, string>][] = [
  ['mine for a path', { mine: ['nginx.conf'] }, { 3: 'my line 3', 25: 'my line 25' }],
  ['new for a path', { new: ['nginx.conf'] }, { 3: 'new line 3', 25: 'new line 25' }],
  ['new for all', { new: ['.'] }, { 3: 'new line 3', 25: 'new line 25' }],
  [
    'mine for a path, new for the rest',
    { mine: ['nginx.conf'], new: ['*'] },
    { 3: 'my line 3', 25: 'my line 25' },
  ],
  [
    'one by one',
    { decide: async ({ line }) => (line === 3 ? 'mine' : 'new') },
    { 3: 'my line 3', 25: 'new line 25' },
  ],
  [
    'own words',
    { decide: async ({ mine }) => ({ text: `${mine}äöü\n` }) },
    { 3: 'my line 3\näöü', 25: 'my line 25\näöü' },
  ],
];
for (const [name, options, expected] of decisions) {
  test(`is decided: ${name}`, async () => {
    const stack = await overlapping();
    const report = await stack.sync(generate(v2), options);
    assert.is(report.outcome, 'updated');
    assert.equal(report.overlaps, []);
    assert.is(
      stack.read('nginx.conf'),
      lines('nginx', { 9: 'my line 9', 15: 'new line 15', ...expected }),
    );
    assert.is(stack.read('compose.yaml'), v2['compose.yaml']);
    assert.ok(stack.isClean);
    assert.is((await stack.sync(generate(v2))).outcome, 'unchanged');
  });
}

test('is not asked about again after a decision', async () => {
  const stack = await overlapping();
  await stack.sync(generate(v2), { mine: ['.'] });
  const v3 = { ...v2, 'compose.yaml': lines('compose', { 1: 'newer compose' }) };
  assert.is((await stack.sync(generate(v3))).outcome, 'updated');
  assert.ok(stack.read('nginx.conf').includes('my line 3'));
});

test('an overlap is cancelled without a trace', async () => {
  const stack = await overlapping();
  const error = await refusal(stack.sync(generate(v2), { decide: async () => 'cancel' }));
  assert.is(error.exitCode, 130);
  assert.is(stack.read('compose.yaml'), v1['compose.yaml']);
  assert.ok(stack.isClean);
});

test('whoever cancels after their edits were committed is told that they are', async () => {
  const stack = await overlapping();
  stack.write('compose.yaml', lines('compose', { 9: 'my line 9' }));
  const commits = stack.commits;
  const { message, exitCode } = await refusal(
    stack.sync(generate(v2), { commitDirty: true, decide: async () => 'cancel' }),
  );
  assert.is(exitCode, 130);
  assert.match(message, 'Your own edits of compose.yaml are committed');
  assert.match(message, 'nothing else was changed');
  assert.is(stack.commits, commits + 1);
  assert.ok(stack.isClean);
});

test("becomes git's own conflict on request, with the abort as the way back", async () => {
  const stack = await overlapping();
  const report = await stack.sync(generate(v2), { markers: true });
  assert.is(report.outcome, 'overlap');
  assert.is(stack.git('diff', '--name-only', '--diff-filter=U'), 'nginx.conf');
  assert.match(stack.read('nginx.conf'), /<<<<<<< HEAD\nmy line 3\n=======\nnew line 3\n>>>>>>> /);
  assert.is(stack.read('compose.yaml'), v2['compose.yaml']);
  assert.match((await refusal(stack.sync(generate(v2)))).message, 'A cherry-pick is in progress');
  stack.git('cherry-pick', '--abort');
  assert.is(stack.read('nginx.conf'), mine);
  assert.is(stack.read('compose.yaml'), v1['compose.yaml']);
  assert.ok(stack.isClean);

  await stack.sync(generate(v2), { markers: true });
  stack.write('nginx.conf', lines('nginx', { 3: 'both', 15: 'both' }));
  stack.git('add', 'nginx.conf');
  stack.git('-c', 'core.editor=true', 'cherry-pick', '--continue');
  assert.is((await stack.sync(generate(v2))).outcome, 'unchanged');
  assert.is(stack.git('log', '-1', '--format=%an'), 'Olga');
  stack.git('commit', '-q', '--amend', '-m', 'in my own words');
  const v3 = {
    ...v2,
    'nginx.conf': lines('nginx', { 3: 'new line 3', 15: 'v3', 25: 'new line 25' }),
  };
  const next = await stack.sync(generate(v3));
  assert.is(next.outcome, 'overlap');
  assert.equal(
    next.overlaps.map(({ line }) => line),
    [15],
  );
});

test("becomes git's own conflict in a subdirectory and for a renamed file", async () => {
  const stack = await created({ ...v1, 'old.conf': lines('old') });
  stack.write('old.conf', lines('old', { 3: 'my line 3' }));
  stack.commit();
  await stack.sync(generate({ ...v1, 'new.conf': lines('old', { 3: 'new line 3' }) }), {
    markers: true,
  });
  assert.match(stack.read('new.conf'), /<<<<<<< HEAD.*\nmy line 3\n=======\nnew line 3\n>>>>>>> /);
  assert.not(stack.has('old.conf'));
  stack.git('cherry-pick', '--abort');
  assert.ok(stack.isClean);
});

test('offers a remembered resolution again (rerere)', async () => {
  configure('[rerere]\n\tenabled = true\n');
  const stack = await overlapping();
  await stack.sync(generate(v2), { markers: true });
  stack.write('nginx.conf', lines('nginx', { 3: 'resolved' }));
  stack.git('add', 'nginx.conf');
  stack.git('-c', 'core.editor=true', 'cherry-pick', '--continue');
  stack.git('reset', '-q', '--hard', 'HEAD~1');
  assert.is((await stack.sync(generate(v2))).outcome, 'updated');
  assert.is(stack.read('nginx.conf'), lines('nginx', { 3: 'resolved' }));
});

test('keeps bytes of any encoding, and the missing end of the last line', async () => {
  const stack = await created({ 'a.conf': 'one\ntwo\nthree\nfour\nfive' });
  stack.write('a.conf', Buffer.from('one\ntwo\nthr\xe9e\nfour\nfive mine', 'latin1'));
  stack.commit();
  await stack.sync(generate({ 'a.conf': 'new one\ntwo\nthree\nfour\nfive new' }), {
    mine: ['a.conf'],
  });
  const bytes = (await import('node:fs')).readFileSync(stack.path('a.conf'));
  assert.is(bytes.toString('latin1'), 'new one\ntwo\nthr\xe9e\nfour\nfive mine');
});

test('is only what overlaps when the owner saved the file with CRLF', async () => {
  const stack = await created(v1);
  stack.write('nginx.conf', lines('nginx', { 9: 'my line 9' }).replaceAll('\n', '\r\n'));
  stack.commit();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'updated');
  assert.ok(changes(report).includes('nginx.conf: merged'));
  assert.is(
    stack.read('nginx.conf'),
    lines('nginx', {
      3: 'new line 3',
      9: 'my line 9',
      15: 'new line 15',
      25: 'new line 25',
    }).replaceAll('\n', '\r\n'),
  );
});

test('is not fooled by conflict markers in the text', async () => {
  const text = `<<<<<<< HEAD\n${lines('doc')}=======\n>>>>>>> x\n`;
  const stack = await created({ 'README.md': text });
  stack.write('README.md', text.replace('doc line 3\n', 'my line 3\n'));
  stack.commit();
  const { overlaps } = await stack.sync(
    generate({ 'README.md': text.replace('doc line 3\n', 'new line 3\n') }),
  );
  assert.equal(
    overlaps.map(({ line, mine }) => [line, mine]),
    [[4, 'my line 3\n']],
  );
});

test.run();
