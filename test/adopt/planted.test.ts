import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { copyTakes } from '../../src/adopt/copy-takes.ts';
import { readCheckout } from '../../src/adopt/read/checkout.ts';
import { readEnvFile } from '../../src/adopt/read/env.ts';
import type { Take } from '../../src/adopt/take.ts';
import { needs } from '../programs/needs.ts';

const test = suite<{ old: string; stack: string; victim: string }>('adopt: planted');
const asRoot = await needs(test, 'root');
const seeds = new Map<string, string>();
test.before.each((context) => {
  const root = mkdtempSync(join(tmpdir(), 'adopt-planted-'));
  for (const name of ['old', 'stack', 'victim'] as const) {
    context[name] = join(root, name);
    mkdirSync(context[name]);
  }
  writeFileSync(join(context.victim, 'secret'), 'nobody else’s', { mode: 0o600 });
  chmodSync(root, 0o755);
});
test.after.each(({ old }) => rmSync(join(old, '..'), { recursive: true, force: true }));

/** A hook that lies in what a container of the old installation could write. */
const hook = (old: string, path: string, to: string): Take => ({
  kind: 'hook',
  what: 'hook',
  from: join(old, 'cfg', path),
  base: join(old, 'cfg'),
  to,
});

for (const [title, plant, path] of [
  ['a file', (cfg, victim) => symlinkSync(join(victim, 'secret'), join(cfg, 'hook')), 'hook'],
  ['a directory', (cfg, victim) => symlinkSync(victim, join(cfg, 'hook')), 'hook'],
  [
    'the directory that it is in',
    (cfg, victim) => symlinkSync(victim, join(cfg, 'nginx')),
    'nginx/secret',
  ],
  [
    'a directory further down',
    (cfg, victim) => {
      mkdirSync(join(cfg, 'hook'));
      symlinkSync(victim, join(cfg, 'hook/more'));
    },
    'hook',
  ],
  ['a pipe', (cfg) => execFileSync('mkfifo', [join(cfg, 'hook')]), 'hook'],
] satisfies [string, (cfg: string, victim: string) => void, string][]) {
  test(`${title} that a container planted is left out, with a note`, async ({
    old,
    stack,
    victim,
  }) => {
    mkdirSync(join(old, 'cfg'));
    plant(join(old, 'cfg'), victim);
    const { hooks, notes } = await copyTakes(stack, [hook(old, path, 'jitsi/web/hook')], { seeds });
    assert.equal(hooks, []);
    assert.match(notes.join(), /left out/);
    for (const name of ['hook', 'hook/secret', 'hook/more/secret'])
      assert.not.ok(existsSync(join(stack, 'jitsi/web', name)), name);
  });
}

test('a link to the whole directory is its owner’s, and followed', async ({ old, stack }) => {
  mkdirSync(join(old, 'elsewhere'));
  writeFileSync(join(old, 'elsewhere/hook'), 'mine', { mode: 0o600 });
  symlinkSync('elsewhere', join(old, 'cfg'));
  const { hooks } = await copyTakes(stack, [hook(old, 'hook', 'jitsi/web/hook')], { seeds });
  assert.equal(hooks, ['jitsi/web/hook']);
  assert.is(statSync(join(stack, 'jitsi/web/hook')).mode & 0o777, 0o600, 'modes are kept');
});

asRoot(
  'root takes no hook that the owner of the installation may not read',
  async ({ old, stack, victim }) => {
    mkdirSync(join(old, 'cfg'));
    writeFileSync(join(old, 'cfg/mine'), 'mine');
    writeFileSync(join(old, 'cfg/closed'), 'closed', { mode: 0o600 });
    chmodSync(victim, 0o700);
    writeFileSync(join(victim, 'open'), 'behind a closed door');
    const takes = [
      hook(old, 'mine', 'jitsi/web/mine'),
      hook(old, 'closed', 'jitsi/web/closed'),
      { ...hook(old, 'x', 'jitsi/prosody-plugins'), from: victim, base: victim },
    ];
    const { hooks, notes } = await copyTakes(stack, takes, {
      seeds,
      reader: { uid: 1234, gid: 1234 },
    });
    assert.equal(hooks, ['jitsi/web/mine']);
    assert.is(notes.filter((note) => note.includes('may not read it')).length, 3);
  },
);

test('keys and passwords are not put into git', async ({ old, stack }) => {
  mkdirSync(join(old, 'cfg'));
  writeFileSync(join(old, 'cfg/mine.lua'), 'x = "-----BEGIN PRIVATE KEY-----"');
  writeFileSync(join(old, 'cfg/.htpasswd'), 'ada:x');
  const takes = ['mine.lua', '.htpasswd'].map((name) => hook(old, name, `jitsi/web/${name}`));
  const { hooks, notes } = await copyTakes(stack, takes, { seeds });
  assert.equal(hooks, []);
  assert.is(notes.filter((note) => note.includes('not put into git')).length, 2);
  assert.is(readFileSync(join(stack, 'jitsi/web/.htpasswd'), 'utf8'), 'ada:x');
});

test('what the new stack’s containers planted is not written through', async ({
  old,
  stack,
  victim,
}) => {
  mkdirSync(join(old, 'data/meet%2ejitsi/accounts'), { recursive: true });
  writeFileSync(join(old, 'data/meet%2ejitsi/accounts/secret'), 'evil');
  const take: Take = {
    kind: 'data',
    what: 'accounts',
    from: join(old, 'data'),
    to: 'data/prosody/data',
  };
  for (const place of [
    '',
    '/meet%2ejitsi',
    '/meet%2ejitsi/accounts',
    '/meet%2ejitsi/accounts/secret',
  ]) {
    const target = join(stack, `data/prosody/data${place}`);
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(place.endsWith('secret') ? join(victim, 'secret') : victim, target);
    const { notes } = await copyTakes(stack, [take], { seeds });
    assert.match(notes.join(), /left out/, place);
    assert.is(readFileSync(join(victim, 'secret'), 'utf8'), 'nobody else’s');
    assert.equal(execFileSync('ls', ['-A', victim], { encoding: 'utf8' }), 'secret\n');
    rmSync(join(stack, 'data'), { recursive: true });
  }
});

test('sources that grow, are huge, or never answer end in a sentence', async ({ old, stack }) => {
  const doubling = Array.from({ length: 40 }, (_, i) => `A${i + 1}=\${A${i}}\${A${i}}`);
  writeFileSync(join(old, '.env'), ['A0=xx', ...doubling].join('\n'));
  assert.throws(() => readEnvFile(join(old, '.env'), '.env'), /longer than 64 KiB/);
  mkdirSync(join(old, '.git'));
  execFileSync('mkfifo', [join(old, '.git/config')]);
  assert.is(readCheckout(old), undefined);
  mkdirSync(join(old, 'cfg'));
  writeFileSync(join(old, 'cfg/huge'), '');
  truncateSync(join(old, 'cfg/huge'), 5 * 1024 ** 3);
  const { hooks, notes } = await copyTakes(stack, [hook(old, 'huge', 'jitsi/web/huge')], { seeds });
  assert.equal(hooks, []);
  assert.match(notes.join(), 'larger than 1 MiB');
});

test.run();
