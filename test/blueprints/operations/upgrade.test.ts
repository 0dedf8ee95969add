import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';
import { after, before, cutAt, inventory, phase, sicken, states, waiting } from './upgrade.ts';

const all = suite<{ stack: FakeStack }>('upgrade');
/** The directories of a stack get the owners of its containers, which only root can give. */
const test = await needs(all, 'root');
test.before.each((context) => {
  context.stack = waiting();
});
test.after.each(({ stack }) => stack.remove());

const upgrade = ['upgrade', '--yes'];
/** All that `data/` holds, without what the containers of the fake write at each start. */
const withoutLog = (all: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith('written')));

test('backup and images first, then the stop, the copy of the data, and the new release', ({
  stack,
}) => {
  const { code, out, err } = stack.run(upgrade);
  assert.is(code, 0, err);
  assert.is(out, 'https://meet.example.org\n');
  const calls = stack.calls();
  const steps = ['scripts/pack.sh', 'pull', 'compose stop', '-exec cp -a', 'compose up'];
  const order = steps.map((step) => calls.indexOf(step));
  assert.equal(
    order,
    [...order].sort((a, b) => a - b),
    calls,
  );
  assert.not.ok(order.includes(-1), calls);
  assert.match(err, `From ${before} to ${after}.`);
  assert.match(err, 'meetings end');
  assert.match(err, /Everything is healthy with stable-11146-2, after \d+ s/);
  assert.match(stack.list('backups').join(), 'before-upgrade.tar.gz');
  assert.is(stack.read(stack.account('ada')), 'password of ada');
  assert.is(phase(stack), 'done');
  assert.match(inventory(stack)[stack.account('ada')] ?? '', /^1000:1000 600/, 'the new owner');
});

test('nothing is touched when an image cannot be fetched, Compose refuses, or the disk is full', ({
  stack,
}) => {
  const untouched = inventory(stack);
  const running = states(stack);
  for (const [pattern, said] of [
    ['pull*', 'Not all images are here'],
    ['compose config --quiet*', 'Compose refuses the files'],
    ['*scripts/pack.sh*', 'disk full'],
    ['*cp -a backups/.started*', 'disk full'],
  ] as const) {
    stack.write('../fake/fail', `${pattern}\n`);
    const { code, err } = stack.run(upgrade);
    assert.is(code, 1, pattern);
    assert.match(err, said);
    assert.equal(inventory(stack), untouched, pattern);
    assert.equal(states(stack), running, pattern);
    assert.is(phase(stack), 'none', pattern);
  }
  assert.not.match(stack.calls(), 'compose stop');
  assert.is(stack.list('backups').filter((name) => name.includes('partial')).length, 0);
});

test('without a terminal and --yes nobody is asked and nothing happens', ({ stack }) => {
  const { code, err } = stack.run(['upgrade']);
  assert.is(code, 2);
  assert.match(err, 'repeat with --yes');
  assert.not.match(stack.calls(), 'compose stop');
});

test('a release that does not come up is taken back: files, data, owners', ({ stack }) => {
  const data = withoutLog(inventory(stack, 'data'));
  const log = stack.read('data/prosody/data/written');
  sicken(stack, after);
  const { code, err } = stack.run(upgrade);
  assert.is(code, 1);
  assert.match(err, `${after} did not come up`);
  assert.match(err, 'jvb is unhealthy');
  assert.match(err, 'The upgrade was taken back.');
  assert.equal(withoutLog(inventory(stack, 'data')), data);
  // What the new release wrote is gone; the old one has been started once more.
  assert.is(stack.read('data/prosody/data/written'), `${log}${before}\n`);
  assert.is(stack.read('compose.yaml'), `# ${before}\n`);
  assert.is(stack.read('nginx/nginx.conf'), '# edited by its owner\n');
  assert.not.ok(existsSync(join(stack.path, 'nginx/new.conf')));
  assert.match(stack.read('stack'), `\nrelease='${before}'\n`);
  assert.ok(states(stack).includes('jvb running healthy'));
  assert.is(phase(stack), 'none');
  const aside = stack.list('backups').find((name) => name.endsWith('-taken-back')) ?? '';
  assert.is(stack.read(`backups/${aside}/failed/nginx/new.conf`), '# new\n', 'nothing is lost');
});

test('what stays is neither copied nor taken back', ({ stack }) => {
  const plan = smallPlan({ tag: after });
  const path = 'data/recordings';
  const large = { path, mode: '0700', owner: 1000, about: 'recordings', stays: true } as const;
  stack.update({ ...plan, directories: [...plan.directories, large] });
  stack.write(`${path}/abc/one.mp4`, 'one');
  assert.is(stack.run(upgrade).code, 0);
  assert.not.ok(existsSync(join(stack.path, 'backups/.upgrade/data/recordings')));
  assert.ok(existsSync(join(stack.path, 'backups/.upgrade/data/prosody')));
  stack.write(`${path}/def/two.mp4`, 'two');
  stack.run(['upgrade', '--rollback', '--yes']);
  assert.is(stack.read(`${path}/abc/one.mp4`), 'one');
  assert.is(stack.read(`${path}/def/two.mp4`), 'two');
  assert.match(stack.read('stack'), `\nrelease='${before}'\n`);
});

test('what is being recorded is not cut, but for --now', ({ stack }) => {
  stack.write('../fake/busy', 'jvb\n');
  const { code, err } = stack.run(upgrade);
  assert.is(code, 1);
  assert.match(err, 'A meeting is being recorded or streamed (jvb), and would be cut.');
  assert.not.match(stack.calls(), /compose stop|pause/);
  assert.is(phase(stack), 'none');
  assert.is(stack.run([...upgrade, '--now']).code, 0);
});

test('after it was taken back, the next try is an upgrade again', ({ stack }) => {
  sicken(stack, after);
  stack.run(upgrade);
  stack.update(smallPlan({ tag: after }));
  sicken(stack, 'none');
  assert.is(stack.run(upgrade).code, 0);
  assert.is(phase(stack), 'done');
});

test('a full disk while the data are copied: the old release runs again', ({ stack }) => {
  const data = withoutLog(inventory(stack, 'data'));
  stack.fail('*-exec cp -a *');
  const { code, err } = stack.run(upgrade);
  assert.is(code, 1);
  assert.match(err, 'The data could not be copied');
  assert.equal(withoutLog(inventory(stack, 'data')), data);
  assert.match(stack.read('stack'), `\nrelease='${before}'\n`);
  assert.ok(states(stack).includes('web running healthy') || states(stack).length > 0);
  assert.ok(
    states(stack).every((line) => !line.includes('exited -') || line.startsWith('prepare')),
  );
});

test('--rollback takes back an upgrade that came up, and keeps what came since', ({ stack }) => {
  assert.is(stack.run(upgrade).code, 0);
  stack.write(stack.account('eve'), 'later');
  assert.is(stack.run(['upgrade', '--rollback']).code, 2, 'asks first');
  const { code, err } = stack.run(['upgrade', '--rollback', '--yes']);
  assert.is(code, 0, err);
  assert.not.ok(existsSync(join(stack.path, stack.account('eve'))));
  assert.is(stack.read(stack.account('ada')), 'password of ada');
  assert.match(stack.read('stack'), `\nrelease='${before}'\n`);
  assert.match(stack.list('backups').join(), 'before-rollback.tar.gz');
  assert.is(stack.run(['upgrade', '--rollback', '--yes']).code, 1, 'once');
});

test('--rollback: a name with a digest means one image for ever, which is there or not', ({
  stack,
}) => {
  const [pinned, gone] = ['1', '2'].map((digit) => `nginx:1.30.7@sha256:${digit.repeat(64)}`);
  stack.images('images', ['nginx:1.30.7', `${pinned}`]);
  stack.images('used', [`${pinned} 2`, `${gone} 9`, 'nginx:1.30.7 1']);
  assert.is(stack.run(upgrade).code, 0);
  const { code, err } = stack.run(['upgrade', '--rollback', '--yes']);
  assert.is(code, 0, err);
  const missing = err.split('\n').filter((line) => line.includes('is not here any more'));
  assert.is(missing.length, 1, err);
  assert.match(missing[0] ?? '', `${gone}`);
});

test('without a copy of the files that ran, the data are put back and the rest is said', ({
  stack,
}) => {
  rmSync(join(stack.path, 'backups/.started'), { recursive: true });
  const data = withoutLog(inventory(stack, 'data'));
  sicken(stack, after);
  const { code, err } = stack.run(upgrade);
  assert.is(code, 1);
  assert.match(err, 'only the data could be taken back');
  assert.match(err, 'Bring back the files of the release that ran');
  assert.equal(withoutLog(inventory(stack, 'data')), data);
  assert.match(stack.read('stack'), `\nrelease='${after}'\n`);
});

test('an older release is refused', ({ stack }) => {
  assert.is(stack.run(upgrade).code, 0);
  stack.update(smallPlan({ tag: 'stable-11146-1' }));
  const { code, err } = stack.run(upgrade);
  assert.is(code, 1);
  assert.match(err, 'older than stable-11146-2');
  assert.match(err, './stack restore FILE');
});

test('with nothing new it is ./stack up; on a server without anything, the first start', ({
  stack,
}) => {
  assert.is(stack.run(upgrade).code, 0);
  stack.write('../fake/calls', '');
  assert.match(stack.run(['upgrade']).err, 'nothing to upgrade');
  assert.not.match(stack.calls(), 'compose stop');
  const fresh = new FakeStack();
  fresh.containers([]);
  fresh.write('../fake/containers', '');
  assert.match(fresh.run(['upgrade']).err, 'first start');
  fresh.remove();
});

test('up does not slip into another release, and nothing else works on an open upgrade', ({
  stack,
}) => {
  assert.match(stack.run(['up']).err, './stack upgrade changes over');
  assert.not.match(stack.calls(), 'compose up');
  cutAt(stack, 'compose up');
  stack.run(upgrade);
  assert.is(phase(stack), 'apply');
  cutAt(stack, undefined);
  const file = readdirSync(join(stack.path, 'backups')).find((name) => name.endsWith('.tar.gz'));
  for (const args of [['up'], ['rotate', '--yes'], ['restore', `backups/${file}`, '--yes']])
    assert.match(stack.run(args).err, './stack upgrade goes on with it', args.join(' '));
  assert.match(stack.run(['status']).err, 'cut short');
});

test('a second one at the same time is refused', ({ stack }) => {
  const other = spawn('flock', ['-F', 'backups', 'sleep', '60'], { cwd: stack.path });
  try {
    while (spawnSync('flock', ['-n', 'backups', 'true'], { cwd: stack.path }).status === 0) {}
    const { code, err } = stack.run(upgrade);
    assert.is(code, 1);
    assert.match(err, 'Another ./stack upgrade or refresh is running');
    assert.not.match(stack.calls(), 'compose stop');
  } finally {
    other.kill('SIGKILL');
  }
});

test('files of the same release that changed go the same way', ({ stack }) => {
  assert.is(stack.run(upgrade).code, 0);
  stack.write('nginx/nginx.conf', '# broken\n');
  sicken(stack, after);
  const { err } = stack.run(upgrade);
  assert.match(err, 'the release stays stable-11146-2');
  assert.is(stack.read('nginx/nginx.conf'), '# edited by its owner\n');
});

(await needs(test, 'root', 'host:openssl'))(
  'images that are published anew under the same names are taken over, and taken back',
  () => {
    const image = 'ghcr.io/owner/meet/jvb:stable-11146-2';
    const plan = smallPlan();
    const services = plan.services.map((one) =>
      one.name === 'jvb' ? { ...one, image, build: { context: './images/rebuilt' } } : one,
    );
    const stack = new FakeStack({ ...plan, services });
    stack.write('../fake/sick', '');
    stack.images('images', [image]);
    stack.images('wanted', [image]);
    stack.images('used', [`${image} 2`]);
    assert.is(stack.run(['up']).code, 0);
    stack.fail('pull*');
    assert.match(stack.run(upgrade).err, 'nothing to upgrade', 'the registry cannot be reached');
    assert.not.match(stack.calls(), 'compose stop');
    stack.write('../fake/fail', '');
    sicken(stack, after);
    const { code, err } = stack.run(upgrade);
    assert.is(code, 1);
    assert.match(err, 'newer images of stable-11146-2 have been published');
    assert.match(stack.calls(), `tag 2 ${image}\n`, 'what ran has its name again');
    stack.remove();
  },
);

all.run();
