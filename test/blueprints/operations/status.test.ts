import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/plan/plan.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const status = suite('./stack status');

/** What status says of a release that came out on this day. */
function saidOf(date: string, notKnownYet?: Plan['release']['notKnownYet']): string {
  const plan = smallPlan({ date });
  const release = { ...plan.release, ...(notKnownYet && { notKnownYet }) };
  const stack = new FakeStack({ ...plan, release });
  try {
    return stack.run(['status']).err;
  } finally {
    stack.remove();
  }
}

const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

status('says how old Jitsi is from three months on, and who knows what is newer', () => {
  assert.match(
    saidOf(daysAgo(120)),
    /Jitsi stable-11146-2 is 120 days old\. npx create-jitsi-stack@/,
  );
  assert.not.match(saidOf(daysAgo(30)), 'days old');
});

status(
  'names a release that was out already when the stack was written, whatever its own age',
  () => {
    const later = { tag: 'stable-11248', since: '2026-09-15', month: 'September 2026' };
    for (const date of [daysAgo(120), daysAgo(3), '']) {
      const said = saidOf(date, later);
      assert.match(
        said,
        /stable-11248 has been out since September 2026; this stack has stable-11146/,
      );
      assert.not.match(said, 'days old');
    }
  },
);

status('is one screen, notes and all', () => {
  const later = { tag: 'stable-11248', since: '2026-09-15', month: 'September 2026' };
  const plan = smallPlan({ date: daysAgo(3) });
  const stack = new FakeStack({ ...plan, release: { ...plan.release, notKnownYet: later } });
  try {
    const { out, err } = stack.run(['status']);
    const lines = `${out}${err}`.split('\n').flatMap((line) => line.match(/.{1,80}/g) ?? ['']);
    assert.ok(lines.length <= 24, `${out}${err}`);
  } finally {
    stack.remove();
  }
});

status('says nothing of the age of a release whose day is not known', () => {
  assert.not.match(saidOf(''), 'days old');
});

status('a Docker that writes no rules is named, by up too', () => {
  const stack = new FakeStack(smallPlan());
  const settings = join(stack.root, 'daemon.json');
  const script = stack.read('stack');
  stack.write('stack', script.replace('/etc/docker/daemon.json ||', `'${settings}' ||`), 0o755);
  const says = () => [stack.run(['status']).err, stack.run(['up']).err];
  try {
    for (const said of says()) assert.not.match(said, 'iptables');
    writeFileSync(settings, '{\n  "iptables": false\n}\n');
    for (const said of says()) assert.match(said, '"iptables": false: containers reach nothing');
  } finally {
    stack.remove();
  }
});

status.run();
