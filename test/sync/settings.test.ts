import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, lines, refusal, Stack } from './stack.ts';

const v1 = {
  'compose.yaml': lines('compose'),
  'nginx.conf': lines('nginx'),
  stack: { text: lines('#'), executable: true },
  hook: { text: lines('# hook'), executable: false },
};
const v2 = { ...v1, 'nginx.conf': lines('nginx', { 3: 'v2' }) };
const edited = lines('nginx', { 20: 'mine' });
const expected = lines('nginx', { 3: 'v2', 20: 'mine' });

async function owned(): Promise<Stack> {
  const stack = await created(v1);
  stack.write('nginx.conf', edited);
  stack.commit();
  return stack;
}

const test = suite("the owner's settings");
test.before.each(() => configure());

test('autocrlf with CRLF in the working tree', async () => {
  configure('[core]\n\tautocrlf = true\n\tsafecrlf = true\n');
  const stack = await created(v1);
  stack.git('rm', '-q', '--cached', '-r', '.');
  stack.git('reset', '-q', '--hard');
  assert.match(stack.read('nginx.conf'), '\r\n');
  stack.write('nginx.conf', edited.replaceAll('\n', '\r\n'));
  stack.git('-c', 'core.safecrlf=false', 'commit', '-qam', 'edit');
  assert.is((await stack.sync(generate({ ...v2, 'new.conf': 'new\n' }))).outcome, 'updated');
  assert.is(stack.read('nginx.conf'), expected.replaceAll('\n', '\r\n'));
  assert.is(stack.git('show', 'HEAD:nginx.conf'), expected.trim());
  assert.ok(stack.isClean);
});

test("executable bits follow the tool and stay the owner's", async () => {
  const stack = await created(v1);
  stack.git('update-index', '--chmod=+x', 'compose.yaml');
  stack.git('commit', '-qm', 'executable');
  stack.git('checkout', '-q', '--', '.');
  const next = {
    ...v1,
    hook: { text: lines('# hook'), executable: true },
    'compose.yaml': lines('compose', { 1: 'v2' }),
  };
  await stack.sync(generate(next));
  assert.ok(stack.isExecutable('hook'));
  assert.ok(stack.isExecutable('compose.yaml'));
  assert.ok(stack.isExecutable('stack'));
  assert.not(stack.isExecutable('nginx.conf'));
});

test('a stack is committed where git knows no name', async () => {
  const stack = await owned();
  configure('', '[user]\n\tuseConfigOnly = true\n');
  await stack.sync(generate(v2));
  assert.is(stack.git('log', '-1', '--format=%an'), 'create-jitsi-stack');
  stack.write('nginx.conf', lines('nginx', { 3: 'clash' }));
  stack.git('-c', 'user.name=x', '-c', 'user.email=x', 'commit', '-qam', 'clash');
  const v3 = { ...v1, 'nginx.conf': lines('nginx', { 3: 'v3' }) };
  assert.is((await stack.sync(generate(v3), { markers: true })).outcome, 'overlap');
  assert.match(stack.read('nginx.conf'), '<<<<<<<');
});

test('a signature that fails stops the update, and nothing was touched', async () => {
  const stack = await owned();
  configure('[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = /bin/false\n');
  const error = await refusal(stack.sync(generate(v2)));
  assert.match(error.message, /did not make the commit.*gpg failed to sign.*Nothing was changed/s);
  assert.is(stack.read('nginx.conf'), edited);
  assert.ok(stack.isClean);
});

test('hooks for typed commits do not run, hooks for every commit do', async () => {
  const stack = await owned();
  for (const hook of ['pre-commit', 'commit-msg', 'pre-merge-commit'])
    stack.write(`.git/hooks/${hook}`, '#!/bin/sh\nexit 1\n', 0o755);
  stack.write('.git/hooks/prepare-commit-msg', '#!/bin/sh\necho "Ticket: 7" >> "$1"\n', 0o755);
  await stack.sync(generate(v2));
  assert.match(stack.git('log', '-1', '--format=%B'), 'Ticket: 7');
  stack.write('.git/hooks/prepare-commit-msg', '#!/bin/sh\necho no ticket >&2; exit 1\n', 0o755);
  const error = await refusal(stack.sync(generate(v1)));
  assert.match(error.message, 'no ticket');
  assert.is(stack.read('nginx.conf'), expected);
  assert.ok(stack.isClean);
});

for (const [name, config] of [
  ['merges that are never fast-forward', '[merge]\n\tff = false\n\tverifySignatures = true\n'],
  ['autostash', '[merge]\n\tautostash = true\n'],
  ['no rename detection', '[merge]\n\trenames = false\n[diff]\n\trenames = false\n'],
  [
    'colours and an external diff',
    '[color]\n\tui = always\n[diff]\n\texternal = /bin/false\n\tnoprefix = true\n',
  ],
  [
    'untracked files hidden and renames shown',
    '[status]\n\tshowUntrackedFiles = no\n\trenames = copies\n\trelativePaths = true\n',
  ],
  [
    'quoted paths and template',
    '[commit]\n\tverbose = true\n\tcleanup = scissors\n[core]\n\tquotePath = true\n',
  ],
] as const) {
  test(`a configuration with ${name}`, async () => {
    configure(config);
    const stack = await owned();
    stack.git('mv', 'nginx.conf', 'engine.conf');
    stack.commit();
    assert.is((await stack.sync(generate(v2), { dryRun: true })).outcome, 'preview');
    assert.is((await stack.sync(generate(v2))).outcome, 'updated');
    assert.is(stack.read('engine.conf'), expected);
    assert.ok(stack.isClean);
  });
}

test('a generated path that is ignored is committed all the same', async () => {
  const stack = await created({ ...v1, '.gitignore': 'data/\n' });
  await stack.sync(generate({ ...v2, '.gitignore': 'data/\n', 'data/README.md': 'kept\n' }));
  assert.is(stack.git('ls-files', 'data'), 'data/README.md');
});

test('a run from inside a hook works on its own repository', async () => {
  const stack = await owned();
  const other = new Stack();
  other.git('init', '-q');
  process.env.GIT_DIR = other.path('.git');
  process.env.GIT_INDEX_FILE = other.path('.git/index');
  try {
    await stack.sync(generate(v2));
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
  }
  assert.is(readFileSync(stack.path('nginx.conf'), 'utf8'), expected);
});

test.run();
