import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { formatLocal } from '../../src/releases/index.ts';
import { clone, gitIn, nextFacts } from '../releases/checkout.ts';
import { type Desk, desk } from './stand-ins.ts';

const home = mkdtempSync(join(tmpdir(), 'add-release-'));
process.env.HOME = home;
writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Olga\n\temail = olga@example.org\n');
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const next = await nextFacts('stable-20001', (facts) => {
  facts.webPorts.http = 8100;
  for (const { variables = {} } of Object.values(facts.services)) delete variables.ENABLE_LOBBY;
});
const checkout = join(home, 'docker-jitsi-meet');
clone(checkout, [next]);

let folder = '';
const path = (file: string) => join(folder, file);
const read = (file: string) => readFileSync(path(file), 'utf8');
const real = (directory = folder): Desk => ({ ...desk(directory), stages: loadStages });

/** One call in a directory, with its exit code and everything that it said. */
async function call(words: readonly string[], directory = folder) {
  const there = real(directory);
  const code = await run(words, there);
  return { code, printed: there.printed(), said: there.said().replace(/\n\s+/g, ' ') };
}
const answers = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];

const add = suite('releases add');
add.before.each(async () => {
  folder = mkdtempSync(join(home, 'stack-'));
  const { code, said } = await call(['.', '--yes', ...answers]);
  assert.is(code, 0, said);
});

add('shows what is different, and commits the facts alone', async () => {
  writeFileSync(path('notes.txt'), 'mine\n');
  const { code, printed, said } = await call(['releases', 'add', '--from', checkout]);
  assert.is(code, 0, said);
  assert.match(printed, 'stable-11146-2 → stable-20001');
  assert.match(printed, '8100 and 8443 instead of 8000 and 8443');
  assert.match(printed, 'releases/stable-20001.json has its facts now, in commit ');
  const git = gitIn(folder);
  assert.is(git('show', '--format=', '--name-only', 'HEAD'), 'releases/stable-20001.json');
  assert.is(git('status', '--porcelain'), '?? notes.txt');
  const again = await call(['releases', 'add', '--from', checkout, 'stable-20001']);
  assert.match(again.printed, 'says all this already');
  assert.is(git('rev-list', '--count', 'HEAD'), '2');
});

add('makes the stack by these facts, and plan, README and list say whose they are', async () => {
  await call(['releases', 'add', '--from', checkout]);
  const dry = await call(['--dry-run', '--release', 'stable-20001']);
  assert.match(dry.printed, 'Of stable-20001 this version knows what was read from its files');
  const { code, said } = await call(['--yes', '--release', 'stable-20001']);
  assert.is(code, 0, said);
  assert.match(said, 'are in releases/stable-20001.json');
  assert.match(read('nginx/upstreams.conf'), ':8100;');
  assert.match(read('README.md'), 'are in releases/stable-20001.json');
  const { printed } = await call(['releases']);
  assert.match(printed, /^stable-20001 .*this stack\n.*own: releases\/stable-20001\.json\n/);
  assert.is(gitIn(folder)('status', '--porcelain'), '');

  const check = await call(['--check']);
  assert.is(check.code, 0, check.said);
  const explained = await call(['explain', 'compose.yaml']);
  assert.is(explained.code, 0, explained.said);
  const diff = await call(['diff', '--set', 'settings.ENABLE_LOBBY=1']);
  assert.is(diff.code, 2);
  assert.match(diff.said, 'stable-20001 removed ENABLE_LOBBY');
  const compared = await call(['releases', 'diff', 'stable-11146-2', 'stable-20001']);
  assert.match(compared.printed, '8100 and 8443');
  const named = await call(['explain', 'releases/stable-20001.json']);
  assert.match(named.printed, 'The facts of stable-20001 that this stack is made by');
});

add('another machine makes the same of the same repository', async () => {
  await call(['releases', 'add', '--from', checkout]);
  await call(['--yes', '--release', 'stable-20001']);
  const other = join(home, 'other');
  gitIn(home)('clone', '-q', folder, other);
  const { code, said } = await call(['--check', 'other'], home);
  assert.is(code, 0, said);
});

add('a new stack from such answers gets the facts beside them, in its first commit', async () => {
  await call(['releases', 'add', '--from', checkout]);
  await call(['--yes', '--release', 'stable-20001']);
  const twin = mkdtempSync(join(home, 'twin-'));
  const made = await call(['.', '--yes', '--answers', path('jitsi-stack.json')], twin);
  assert.is(made.code, 0, made.said);
  const facts = readFileSync(join(twin, 'releases/stable-20001.json'), 'utf8');
  assert.is(facts, read('releases/stable-20001.json'));
  assert.match(gitIn(twin)('ls-files'), 'releases/stable-20001.json');
  assert.is((await call(['--check'], twin)).code, 0);
  const plain = mkdtempSync(join(home, 'plain-'));
  const words = ['.', '--yes', '--no-git', '--answers', path('jitsi-stack.json')];
  assert.is((await call(words, plain)).code, 0);
  assert.is(readFileSync(join(plain, 'releases/stable-20001.json'), 'utf8'), facts);
  assert.is((await call(['--check', '--no-git'], plain)).code, 0);
});

add('facts that are not committed are no base for an update', async () => {
  mkdirSync(path('releases'));
  writeFileSync(path('releases/stable-20001.json'), formatLocal(next));
  const { code, said } = await call(['--yes', '--release', 'stable-20001']);
  assert.is(code, 2);
  assert.match(said, 'it is not committed in this stack');
  assert.is(gitIn(folder)('rev-list', '--count', 'HEAD'), '1');
  gitIn(folder)('add', '.');
  gitIn(folder)('commit', '-qm', 'facts');
  writeFileSync(path('releases/stable-20001.json'), `${formatLocal(next)}\n`);
  const edited = await call(['--yes', '--release', 'stable-20001']);
  assert.match(edited.said, 'have changes that are not committed');
});

add('a file of the owner’s in its place stays', async () => {
  mkdirSync(path('releases'));
  writeFileSync(path('releases/stable-20001.json'), 'mine\n');
  const { code, said } = await call(['releases', 'add', '--from', checkout]);
  assert.is(code, 2);
  assert.match(said, 'Files that git does not track');
  assert.is(read('releases/stable-20001.json'), 'mine\n');
});

add('without git the file is written, and that is all', async () => {
  const plain = mkdtempSync(join(home, 'plain-'));
  await call(['.', '--yes', '--no-git', ...answers], plain);
  const { code, printed } = await call(['releases', 'add', '--from', checkout, '--no-git'], plain);
  assert.is(code, 0);
  assert.match(printed, 'has its facts now; commit it with the stack.');
});

add('a version that knows the release says that the file can go', async () => {
  mkdirSync(path('releases'));
  const facts = await nextFacts('stable-11146-2', ({ webPorts }) => {
    webPorts.http = 8100;
  });
  writeFileSync(path('releases/stable-11146-2.json'), formatLocal(facts));
  const { code, printed } = await call(['--yes']);
  assert.is(code, 0);
  assert.match(printed, 'is up to date');
  assert.match(printed, 'the file can go (git rm releases/stable-11146-2.json)');
});

add('wrong calls are refused in a sentence', async () => {
  for (const [words, sentence] of [
    [['add'], 'A checkout of docker-jitsi-meet and at most one tag are needed.'],
    [['add', '--from', checkout, 'a', 'b'], 'at most one tag'],
    [['add', '--from', checkout, 'v1'], '“v1” is not the tag of a release.'],
    [['add', '--from', checkout, 'stable-11031'], 'This version knows it by itself'],
    [['add', '--from', checkout, 'stable-20009'], 'has no tag stable-20009'],
    [['add', '--from', 'nowhere'], 'no such directory'],
  ] as const) {
    const { code, said } = await call(['releases', ...words]);
    assert.is(code, 2, said);
    assert.match(said, sentence);
  }
  const empty = mkdtempSync(join(home, 'empty-'));
  assert.match((await call(['releases', 'add', '--from', checkout], empty)).said, 'no stack here');
});

add('files that upstream has moved are named, and nothing is written', async () => {
  const moved = mkdtempSync(join(home, 'moved-'));
  clone(moved, [next]);
  rmSync(join(moved, 'prosody/rootfs/defaults/prosody.cfg.lua'));
  const git = gitIn(moved);
  git('commit', '-qam', 'moved');
  git('tag', '-f', 'stable-20001');
  const { code, said } = await call(['releases', 'add', '--from', moved]);
  assert.is(code, 2);
  assert.match(said, /prosody\.cfg\.lua is not in .* npx create-jitsi-stack@latest/);
  assert.is(gitIn(folder)('status', '--porcelain'), '');
});

add.run();
