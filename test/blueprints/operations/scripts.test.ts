import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { shellCheck } from '../../programs/shell.ts';
import { smallPlan } from './plan.ts';
import { renderScript, scripts } from './stack.ts';

const plans = {
  'small stack': smallPlan(),
  'acme, open': smallPlan({ auth: 'open', source: 'acme' }),
  'old images': smallPlan({ rootless: false }),
  firewalls: {
    ...smallPlan(),
    firewalls: [{ name: 'one', rules: ['firewall/one.rules'], follows: ['x.service'] }],
  },
  copies: {
    ...smallPlan(),
    copies: { program: 'rsync', place: 'nas:meet', at: '03:30', keep: 14, key: 'age1x' },
  },
};

const directory = mkdtempSync(join(tmpdir(), 'scripts-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
const judged = await needs(test, 'shellcheck');

for (const [title, plan] of Object.entries(plans)) {
  for (const path of scripts) {
    test(`${path} (${title}) parses as sh`, () => {
      const { status, stderr } = spawnSync('sh', ['-n'], {
        input: renderScript(path, plan),
        encoding: 'utf8',
      });
      assert.is(status, 0, stderr);
    });

    judged(`shellcheck has nothing to say about ${path} (${title})`, async () => {
      writeFileSync(join(directory, 'script'), renderScript(path, plan));
      const { ok, output } = await shellCheck(directory, 'script');
      assert.ok(ok, output);
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
