import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { renderScript } from './stack.ts';

const test = suite<{ folder: string }>('who is told');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'tell-'));
  for (const name of ['scripts', 'bin']) mkdirSync(join(context.folder, name));
  writeFileSync(join(context.folder, 'scripts/tell.sh'), renderScript('scripts/tell.sh'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** A program that writes down how it was called and what it read. */
function stand(folder: string, name: string, code = 0) {
  const text = `#!/bin/sh\n{ printf '%s\\n' "${name} $*"; cat; } >>'${folder}/calls'\nexit ${code}\n`;
  writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
}

function tell(folder: string, words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = spawnSync('sh', [join(folder, 'scripts/tell.sh'), ...words], {
    encoding: 'utf8',
    input: '',
    env: { PATH: `${folder}/bin:${process.env.PATH}`, ...env },
  });
  return { code: status, err: stderr };
}

const calls = (folder: string) => readFileSync(join(folder, 'calls'), 'utf8');

test('a chat gets JSON, by an address that is no argument of any program', ({ folder }) => {
  stand(folder, 'curl');
  writeFileSync(join(folder, '.env'), 'A=1\nNOTIFY_WEBHOOK="https://chat.example.org/\\$hook"\n');
  const { code, err } = tell(folder, ['images', 'Not "good":\n\tback\\slash']);
  assert.is(code, 0, err);
  assert.match(calls(folder), 'url = "https://chat.example.org/$hook"');
  assert.not.match(calls(folder).split('\n')[0] ?? '', 'hook');
  const [, body = ''] = /--data (.*)$/m.exec(calls(folder)) ?? [];
  const text = 'meet.example.org: images\nNot "good":\n back\\slash';
  assert.equal(JSON.parse(body), { text });
});

test('a topic of ntfy gets the words and a title; what begins with @ is no file', ({ folder }) => {
  stand(folder, 'curl');
  const env = { NOTIFY_NTFY: 'https://ntfy.example.org/topic' };
  assert.is(tell(folder, ['a test', '@/etc/passwd'], env).code, 0);
  assert.match(calls(folder), '--header Title: meet.example.org: a test --data-raw @/etc/passwd');
});

test('a mailbox of the answers, or of .env', ({ folder }) => {
  stand(folder, 'sendmail');
  assert.is(tell(folder, ['images', 'No image'], { NOTIFY_MAIL: 'ops@example.org' }).code, 0);
  assert.match(calls(folder), /^To: ops@example\.org\nSubject: meet\.example\.org: images\n/m);
  const plan = smallPlan();
  const alerts = { by: 'mail', address: 'me@example.org' };
  const text = renderScript('scripts/tell.sh', { ...plan, answers: { ...plan.answers, alerts } });
  writeFileSync(join(folder, 'scripts/tell.sh'), text);
  assert.is(tell(folder, ['images', 'No image']).code, 0);
  assert.match(calls(folder), 'To: me@example.org');
});

test('who is told in no way reads it; what leaves in one of two ways has left', ({ folder }) => {
  assert.match(tell(folder, ['images', 'No image']).err, 'meet.example.org: images\nNo image');
  stand(folder, 'curl', 22);
  const both = { NOTIFY_WEBHOOK: 'https://chat.example.org/', NOTIFY_MAIL: 'ops@example.org' };
  const { code, err } = tell(folder, ['images', 'No image'], { ...both, NOTIFY_MAIL: '' });
  assert.is(code, 1);
  assert.match(err, 'not taken by: NOTIFY_WEBHOOK');
  stand(folder, 'sendmail');
  assert.is(tell(folder, ['images', 'No image'], both).code, 0);
});

test.run();
