import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { FakeStack } from './stack.ts';
import { after, before, cutAt, inventory, phase, sicken, waiting } from './upgrade.ts';

const all = suite('upgrade, killed');
const test = await needs(all, 'root');
const upgrade = ['upgrade', '--yes'];

/** All but the times of starts, which are more when one was cut short. */
const lasting = (stack: FakeStack) =>
  Object.fromEntries(
    Object.entries(inventory(stack)).filter(([path]) => !path.endsWith('written')),
  );

/** What an upgrade that nobody cuts short leaves, and its calls of Docker that do something, by number. */
function uninterrupted(sick: string): { calls: number[]; result: object; code: number | null } {
  const stack = waiting();
  sicken(stack, sick);
  const { code } = stack.run(upgrade);
  const all = stack.calls().split('\n');
  const result = lasting(stack);
  stack.remove();
  // The way to where it goes wrong is the same.
  const first = sick === 'none' ? 0 : all.findIndex((call) => call.startsWith('compose up'));
  const calls = all.flatMap((call, index) =>
    doing.test(call) && index >= first ? [index + 1] : [],
  );
  return { calls, result, code };
}

const doing = /^(run|pull|ps|compose (up|stop|pause|unpause))/;

for (const [title, sick] of [
  ['a good upgrade', 'none'],
  ['one that is taken back', after],
] as const) {
  test(`${title}, cut at every step and run again, ends the same`, () => {
    const { calls, result, code } = uninterrupted(sick);
    assert.ok(calls.length > 5, String(calls.length));
    for (const call of calls) {
      const stack = waiting();
      sicken(stack, sick);
      cutAt(stack, call);
      const cut = stack.run(upgrade);
      assert.is(cut.code, null, `call ${call}: ${cut.err}`);
      cutAt(stack, undefined);
      const again = stack.run(upgrade);
      const where = `cut at call ${call}, then ended with ${again.code}: ${again.err}`;
      assert.equal(lasting(stack), result, where);
      // Taken back before it was cut, there is nothing left to fail.
      if (again.code !== code) assert.is(phase(stack), 'none', where);
      assert.not.match(stack.read('../fake/containers'), /prosody\|(paused|exited)/, where);
      stack.remove();
    }
  });
}

test('cut anywhere, --rollback leads back to what ran', () => {
  const { calls } = uninterrupted('none');
  let taken = 0;
  for (const call of calls.slice(-6)) {
    const stack = waiting();
    cutAt(stack, call);
    stack.run(upgrade);
    cutAt(stack, undefined);
    if (!['stop', 'apply'].includes(phase(stack))) continue;
    taken += 1;
    const { code, err } = stack.run(['upgrade', '--rollback']);
    assert.is(code, 0, err);
    assert.match(stack.read('stack'), `\nrelease='${before}'\n`, `call ${call}`);
    assert.is(stack.read(stack.account('ada')), 'password of ada');
    stack.remove();
  }
  assert.ok(taken > 3, 'hardly any was cut in the middle');
});

test('the way back, cut at every renaming and repeated, is the same', () => {
  const open = waiting();
  cutAt(open, 'compose up');
  open.run(upgrade);
  const whole = new FakeStack(open);
  whole.helper('scripts/put-back.sh', 'backups/.upgrade');
  const result = lasting(whole);
  assert.match(whole.read('compose.yaml'), before);
  whole.remove();
  let cuts = 0;
  for (let step = 1; step < 40; step++) {
    const stack = new FakeStack(open);
    const bin = join(stack.root, 'bin');
    for (const program of ['mv', 'ln', 'mkdir'])
      stack.write(
        `../bin/${program}`,
        `#!/bin/sh\necho x >>'${bin}/steps'\n[ "$(wc -l <'${bin}/steps')" != ${step} ] || kill -9 0\nexec /bin/${program} "$@"\n`,
        0o755,
      );
    writeFileSync(join(bin, 'steps'), '');
    const put = (path: string) =>
      spawnSync('setsid', ['--wait', 'sh', 'backups/.upgrade/put-back.sh', 'backups/.upgrade'], {
        cwd: stack.path,
        env: { ...process.env, PATH: `${path}${process.env.PATH}` },
      }).status;
    const first = put(`${bin}:`);
    cuts += first === 0 ? 0 : 1;
    if (first !== 0) assert.is(put(''), 0, `step ${step}`);
    assert.equal(lasting(stack), result, `cut at step ${step}`);
    stack.remove();
    if (first === 0) break;
  }
  assert.ok(cuts > 10, `only ${cuts} steps`);
  open.remove();
});

all.run();
