import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { renderScript, scripts } from './stack.ts';

const plans = {
  'small stack': smallPlan(),
  'acme, open': smallPlan({ auth: 'open', source: 'acme' }),
  'old images': smallPlan({ rootless: false }),
};

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

for (const [title, plan] of Object.entries(plans)) {
  for (const path of scripts) {
    test(`${path} (${title}) parses as sh`, () => {
      const { status, stderr } = spawnSync('sh', ['-n'], {
        input: renderScript(path, plan),
        encoding: 'utf8',
      });
      assert.is(status, 0, stderr);
    });

    test(`shellcheck has nothing to say about ${path} (${title})`, () => {
      if (!has('shellcheck')) {
        assert.not.ok(process.env.CI, 'shellcheck is needed in CI');
        console.warn('SKIPPED: shellcheck is not installed');
        return;
      }
      const { status, stdout } = spawnSync('shellcheck', ['-s', 'sh', '-'], {
        input: renderScript(path, plan),
        encoding: 'utf8',
      });
      assert.is(status, 0, stdout);
    });
  }
}

test('facts of the stack stand at the top, quoted', () => {
  const script = renderScript('stack');
  assert.match(script, /^#!\/bin\/sh\n/);
  assert.match(script, "\ncertificate_names='meet.example.org turn.example.org'\n");
  assert.match(script, "\nsecret_users='prosody jicofo jvb coturn'\n");
});

test('a secret whose other end is elsewhere is not for rotation', () => {
  const [line] = renderScript('stack').match(/^rotated=.*$/m) ?? [];
  assert.is(
    line,
    "rotated='JICOFO_AUTH_PASSWORD:focus@auth.meet.jitsi JVB_AUTH_PASSWORD:jvb@auth.meet.jitsi TURN_CREDENTIALS:'",
  );
});

test('every template is rendered by a test, or is a part of one', () => {
  const script = renderScript('stack');
  for (const command of [
    'up',
    'down',
    'status',
    'logs',
    'reload',
    'user',
    'backup',
    'restore',
    'certs',
    'rotate',
    'help',
  ]) {
    assert.match(script, `stack_${command}() {`, command);
  }
});

test.run();
