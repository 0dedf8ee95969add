import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { copyTakes } from '../../src/adopt/copy-takes.ts';
import type { Take } from '../../src/adopt/take.ts';
import { Folder } from './installations.ts';

const test = suite<{ old: Folder; stack: string }>('adopt: bringing files over');
test.before.each((context) => {
  context.old = new Folder({
    'data/meet%2ejitsi/accounts/ada.dat': 'old ada',
    'data/meet%2ejitsi/accounts/bob.dat': 'old bob',
    'data/left/out.dat': 'x',
    'hook.js': 'mine\n',
    'fullchain.pem': 'chain',
    'privkey.pem': 'key',
  });
  context.stack = mkdtempSync(join(tmpdir(), 'stack-'));
});
test.after.each(({ old, stack }) => {
  old.remove();
  rmSync(stack, { recursive: true, force: true });
});

const accounts = (old: Folder): Take => ({
  kind: 'data',
  what: 'accounts',
  from: join(old.path, 'data'),
  to: 'data/prosody/data',
  except: ['left'],
});
const ada = 'data/prosody/data/meet%2ejitsi/accounts/ada.dat';
const bob = 'data/prosody/data/meet%2ejitsi/accounts/bob.dat';
const seeds = new Map([['jitsi/web/custom-config.js', 'seed\n']]);
const read = (stack: string, path: string) => readFileSync(join(stack, path), 'utf8');

test('data is copied with its times, and the original stays', async ({ old, stack }) => {
  const { brought, left } = await copyTakes(stack, [accounts(old)], { seeds });
  assert.equal(brought, [{ what: 'accounts', to: 'data/prosody/data', files: 2 }]);
  assert.equal(left, []);
  assert.is(read(stack, ada), 'old ada');
  assert.equal(readdirSync(join(stack, 'data/prosody/data')), ['meet%2ejitsi']);
  const time = (file: string) => statSync(file).mtimeMs;
  const original = join(old.path, 'data/meet%2ejitsi/accounts/ada.dat');
  assert.ok(Math.abs(time(join(stack, ada)) - time(original)) < 2);
  assert.is(statSync(join(stack, 'data/prosody/data')).mode & 0o007, 0, 'nobody else may look');
});

test('a second run brings what is newer there, and keeps what is newer here', async ({
  old,
  stack,
}) => {
  await copyTakes(stack, [accounts(old)], { seeds });
  const soon = Date.now() / 1000 + 60;
  writeFileSync(join(stack, ada), 'new ada');
  utimesSync(join(stack, ada), soon, soon);
  old.write('data/meet%2ejitsi/accounts/bob.dat', 'bob again');
  utimesSync(join(old.path, 'data/meet%2ejitsi/accounts/bob.dat'), soon, soon);
  const { brought } = await copyTakes(stack, [accounts(old)], { seeds });
  assert.is(brought[0]?.files, 1);
  assert.equal([read(stack, ada), read(stack, bob)], ['new ada', 'bob again']);
});

test('a copy that was killed half-way is finished, and nothing of it stays', async ({
  old,
  stack,
}) => {
  await copyTakes(stack, [accounts(old)], { seeds });
  rmSync(join(stack, bob));
  const { brought } = await copyTakes(stack, [accounts(old)], { seeds });
  assert.is(brought[0]?.files, 1);
  assert.equal(readdirSync(join(stack, ada, '..')).sort(), ['ada.dat', 'bob.dat']);
});

test('links are named, not followed', async ({ old, stack }) => {
  symlinkSync('/etc/passwd', join(old.path, 'data/meet%2ejitsi/accounts/eve.dat'));
  const { notes } = await copyTakes(stack, [accounts(old)], { seeds });
  assert.match(notes.join(), 'eve.dat is a link');
  assert.equal(readdirSync(join(stack, ada, '..')).sort(), ['ada.dat', 'bob.dat']);
});

test('a hook takes the place of what was only generated, and never of its owner’s', async ({
  old,
  stack,
}) => {
  const to = 'jitsi/web/custom-config.js';
  const take: Take = { kind: 'hook', what: 'hook', from: join(old.path, 'hook.js'), to };
  const first = await copyTakes(stack, [take], { seeds });
  assert.equal([first.hooks, read(stack, to)], [[to], 'mine\n']);
  writeFileSync(join(stack, to), 'seed\n');
  await copyTakes(stack, [take], { seeds });
  assert.is(read(stack, to), 'mine\n');
  writeFileSync(join(stack, to), 'edited\n');
  const { notes, hooks } = await copyTakes(stack, [take], { seeds });
  assert.equal([hooks, read(stack, to)], [[], 'edited\n']);
  assert.match(notes.join(), 'yours here was kept');
});

test('a certificate comes with its key, and only where there is no other', async ({
  old,
  stack,
}) => {
  const takes: Take[] = ['fullchain.pem', 'privkey.pem'].map((name) => ({
    kind: 'certificate',
    what: name,
    from: join(old.path, name),
    to: `certs/${name}`,
  }));
  await copyTakes(stack, takes, { seeds });
  assert.equal(
    [read(stack, 'certs/fullchain.pem'), read(stack, 'certs/privkey.pem')],
    ['chain', 'key'],
  );
  assert.is(statSync(join(stack, 'certs/privkey.pem')).mode & 0o007, 0);
  rmSync(join(stack, 'certs/privkey.pem'));
  await copyTakes(stack, takes, { seeds });
  assert.is(read(stack, 'certs/privkey.pem'), 'key', 'a run was killed between the two');
  writeFileSync(join(stack, 'certs/fullchain.pem'), 'renewed');
  rmSync(join(stack, 'certs/privkey.pem'));
  const { brought } = await copyTakes(stack, takes, { seeds });
  assert.equal([brought, readdirSync(join(stack, 'certs'))], [[], ['fullchain.pem']]);
});

test('what may not be read is left, with the command that root brings it with', async ({
  old,
  stack,
}) => {
  const folder = join(old.path, 'data/meet%2ejitsi');
  chmodSync(folder, 0o000);
  // Root may read everything, so this has to be somebody else.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    const { left, brought } = await copyTakes(stack, [accounts(old)], { seeds });
    assert.equal(brought, []);
    assert.match(left[0]?.command ?? '', /^sudo cp -au '.*\/data\/\.' data\/prosody\/data\/$/m);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
});

test.run();
