import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changes, configure, created, generate, lines, refusal, type Stack } from './stack.ts';

const v1 = {
  '.gitignore': '.env\n',
  'compose.yaml': lines('compose'),
  'nginx/nginx.conf': lines('nginx'),
  'coturn/turnserver.conf': lines('coturn'),
  stack: { text: '#!/bin/sh\n', executable: true },
};
const v2 = {
  ...v1,
  'nginx/nginx.conf': lines('nginx', { 3: 'new line 3' }),
  'firewall/ports.md': lines('ports'),
};
const { 'coturn/turnserver.conf': _, ...withoutRelay } = v1;

/** Every file with all that a needless write would change. */
function stamps(stack: Stack): string[] {
  return readdirSync(stack.directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.git') || path === '.git/index')
    .map((path) => {
      const { mtimeMs, ctimeMs, ino, mode } = lstatSync(join(stack.directory, path));
      return [path, mtimeMs, ctimeMs, ino, mode].join();
    });
}

const test = suite('update');
test.before.each(() => configure());

test('adds, changes and removes in one commit', async () => {
  const stack = await created(v1);
  const { 'coturn/turnserver.conf': _gone, ...rest } = v2;
  const report = await stack.sync(generate(rest, 'stable-2'));
  assert.is(report.outcome, 'updated');
  assert.equal(changes(report), [
    'coturn/turnserver.conf: removed',
    'firewall/ports.md: added',
    'nginx/nginx.conf: changed',
  ]);
  assert.is(stack.commits, 2);
  assert.is(report.commit, stack.git('rev-parse', 'HEAD'));
  assert.is(stack.read('nginx/nginx.conf'), v2['nginx/nginx.conf']);
  assert.not(stack.has('coturn'));
  assert.ok(stack.isClean);
  assert.is(
    stack.git('log', '-1', '--format=%an %s'),
    'Olga Update Jitsi stack (stable-2, create-jitsi-stack 1.0.0)',
  );
});

test('the commit says why, where a reason is given', async () => {
  const stack = await created(v1);
  await stack.sync(generate(v2), { reason: 'Answers that changed:\nauth.guests: wait → knock' });
  assert.is(
    stack.git('log', '-1', '--format=%b'),
    'Answers that changed:\nauth.guests: wait → knock',
  );
});

test('does nothing at all when nothing changed', async () => {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', 'edited, not even committed\n');
  const before = stamps(stack);
  assert.equal(await stack.sync(generate(v1)), {
    outcome: 'unchanged',
    changes: [],
    overlaps: [],
    notes: [],
  });
  assert.equal(stamps(stack), before);
  assert.is(stack.commits, 1);
});

test('does not commit for a new version of the tool or release alone', async () => {
  const stack = await created(v1);
  assert.is((await stack.sync(generate(v1, 'stable-2', '2.0.0'))).outcome, 'unchanged');
  assert.is(stack.commits, 1);
});

test('leaves files alone that the update does not concern', async () => {
  const stack = await created(v1);
  stack.write('notes.txt', 'untracked\n');
  const before = stamps(stack).filter((stamp) => /^(compose|stack|notes|coturn\/)/.test(stamp));
  await stack.sync(generate(v2));
  assert.equal(
    stamps(stack).filter((stamp) => /^(compose|stack|notes|coturn\/)/.test(stamp)),
    before,
  );
  assert.is(stack.git('status', '--porcelain'), '?? notes.txt');
});

test('an update merges an edit elsewhere in a file', async () => {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', lines('nginx', { 20: 'my line 20' }));
  stack.commit();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'updated');
  assert.ok(changes(report).includes('nginx/nginx.conf: merged'));
  assert.is(stack.read('nginx/nginx.conf'), lines('nginx', { 3: 'new line 3', 20: 'my line 20' }));
  assert.ok(stack.isClean);
});

test('keeps a deleted file deleted, whether or not its new version differs', async () => {
  const stack = await created(v1);
  stack.remove('nginx/nginx.conf');
  stack.remove('coturn/turnserver.conf');
  stack.commit();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'updated');
  assert.equal(changes(report), ['firewall/ports.md: added', 'nginx/nginx.conf: stays-deleted']);
  assert.not(stack.has('nginx/nginx.conf'));
  assert.not(stack.has('coturn/turnserver.conf'));
  await stack.sync(generate({ ...v2, 'nginx/nginx.conf': lines('nginx', { 3: 'newer' }) }));
  assert.not(stack.has('nginx/nginx.conf'));
});

test('removes what a switched-off feature wrote, but not what its owner edited', async () => {
  const stack = await created({ ...v1, 'coturn/users.conf': lines('users') });
  stack.write('coturn/turnserver.conf', lines('coturn', { 5: 'my line 5' }));
  stack.commit();
  const report = await stack.sync(generate(withoutRelay));
  assert.equal(changes(report), ['coturn/turnserver.conf: kept', 'coturn/users.conf: removed']);
  assert.match(report.changes[0]?.note ?? '', 'no longer generated');
  assert.is(stack.read('coturn/turnserver.conf'), lines('coturn', { 5: 'my line 5' }));
  assert.not(stack.has('coturn/users.conf'));
});

test('takes an edit along when the tool renames a file', async () => {
  const stack = await created(v1);
  stack.write('coturn/turnserver.conf', lines('coturn', { 5: 'my line 5' }));
  stack.commit();
  const renamed = { ...withoutRelay, 'relay/turn.conf': lines('coturn', { 25: 'new line 25' }) };
  assert.is((await stack.sync(generate(renamed))).outcome, 'updated');
  assert.is(stack.read('relay/turn.conf'), lines('coturn', { 5: 'my line 5', 25: 'new line 25' }));
  assert.not(stack.has('coturn'));
});

test('follows a file that its owner has renamed', async () => {
  const stack = await created(v1);
  stack.git('mv', 'nginx/nginx.conf', 'nginx/main.conf');
  stack.commit();
  await stack.sync(generate(v2));
  assert.is(stack.read('nginx/main.conf'), lines('nginx', { 3: 'new line 3' }));
  assert.not(stack.has('nginx/nginx.conf'));
});

test('keeps both files when both sides rename one, and no conflict markers', async () => {
  const stack = await created(v1);
  stack.write('coturn/turnserver.conf', lines('coturn', { 5: 'my line 5' }));
  stack.git('mv', 'coturn/turnserver.conf', 'coturn/mine.conf');
  stack.commit();
  const renamed = { ...withoutRelay, 'relay/turn.conf': lines('coturn', { 5: 'new line 5' }) };
  const report = await stack.sync(generate(renamed));
  assert.is(stack.read('coturn/mine.conf'), lines('coturn', { 5: 'my line 5' }));
  assert.is(stack.read('relay/turn.conf'), renamed['relay/turn.conf']);
  assert.ok(changes(report).includes('coturn/mine.conf: kept'));
});

test('does not take files that look alike for a rename', async () => {
  const stack = await created({ ...v1, 'hooks/a.conf': lines('same') });
  stack.write('hooks/a.conf', lines('same', { 2: 'my line 2' }));
  stack.commit();
  const changed = Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [index + 10, `other ${index}`]),
  );
  const report = await stack.sync(generate({ ...v1, 'hooks/b.conf': lines('same', changed) }));
  assert.is(stack.read('hooks/b.conf'), lines('same', changed));
  assert.is(stack.read('hooks/a.conf'), lines('same', { 2: 'my line 2' }));
  assert.ok(changes(report).includes('hooks/a.conf: kept'));
});

test("does not move the owner's files along with a renamed directory", async () => {
  const stack = await created(v1);
  stack.write('coturn/mine.conf', 'mine\n');
  stack.commit();
  await stack.sync(generate({ ...withoutRelay, 'relay/turnserver.conf': lines('coturn') }));
  assert.is(stack.read('coturn/mine.conf'), 'mine\n');
  assert.ok(stack.has('relay/turnserver.conf'));
});

test('leaves a link of the owner in the place of a file', async () => {
  const stack = await created(v1);
  stack.write('my.conf', 'mine\n');
  stack.remove('nginx/nginx.conf');
  stack.git('config', 'core.symlinks', 'true');
  (await import('node:fs')).symlinkSync('../my.conf', stack.path('nginx/nginx.conf'));
  stack.commit();
  const report = await stack.sync(generate(v2));
  assert.ok(changes(report).includes('nginx/nginx.conf: kept'));
  assert.is(stack.read('nginx/nginx.conf'), 'mine\n');
  assert.ok(lstatSync(stack.path('nginx/nginx.conf')).isSymbolicLink());
});

test('takes the answers that its owner has just edited without asking for a commit', async () => {
  const stack = await created({ ...v1, 'jitsi-stack.json': '{\n  "domain": "a"\n}\n' });
  stack.write('jitsi-stack.json', '{"domain":"b"}');
  const report = await stack.sync(
    generate({ ...v2, 'jitsi-stack.json': '{\n  "domain": "b"\n}\n' }),
    {
      inputs: ['jitsi-stack.json'],
    },
  );
  assert.is(report.outcome, 'updated');
  assert.is(stack.read('jitsi-stack.json'), '{\n  "domain": "b"\n}\n');
  assert.ok(stack.isClean);
});

for (const git of [true, false])
  test(`keeps the owner's remarks in a file, ${git ? 'with' : 'without'} git, and not in the lock`, async () => {
    const before = { ...v1, 'jitsi-stack.json': '{ "domain": "a" }\n' };
    const options = { inputs: ['jitsi-stack.json'], git };
    const stack = await created(before, options);
    stack.write('jitsi-stack.json', '// ours\n{ "domain": "b" }\n');
    const text = '{ "domain": "b" }\n';
    const answers = { text, remarked: `// ours\n${text}` };
    const report = await stack.sync(generate({ ...v2, 'jitsi-stack.json': answers }), options);
    assert.is(report.outcome, 'updated');
    assert.is(stack.read('jitsi-stack.json'), answers.remarked);
    const again = await stack.sync(generate({ ...v2, 'jitsi-stack.json': text }), options);
    assert.is(again.outcome, 'unchanged');
    if (git) assert.ok(stack.isClean);
  });

test('previews an update with its overlaps and touches nothing', async () => {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', lines('nginx', { 3: 'my line 3' }));
  stack.commit();
  const before = stamps(stack);
  const report = await stack.sync(generate(v2), { dryRun: true });
  assert.is(report.outcome, 'preview');
  assert.is(report.overlaps.length, 1);
  assert.match(report.diff ?? '', 'diff --git a/firewall/ports.md b/firewall/ports.md');
  assert.not.match(report.diff ?? '', 'jitsi-stack.lock');
  assert.equal(stamps(stack), before);
  assert.ok(stack.isClean);
});

test('commits edits first when its owner agrees', async () => {
  const stack = await created(v1);
  stack.write('nginx/nginx.conf', lines('nginx', { 20: 'my line 20' }));
  const error = await refusal(stack.sync(generate(v2)));
  assert.match(
    error.message,
    'nginx/nginx.conf: Generated files have changes that are not committed.',
  );
  assert.is(stack.commits, 1);
  const asked: string[] = [];
  const report = await stack.sync(generate(v2), {
    commitDirty: async (paths) => asked.push(...paths) > 0,
  });
  assert.match(report.notes.join(), /edits of nginx\/nginx\.conf are committed \(“Keep edits/);
  assert.equal(asked, ['nginx/nginx.conf']);
  assert.is(stack.commits, 3);
  assert.is(stack.read('nginx/nginx.conf'), lines('nginx', { 3: 'new line 3', 20: 'my line 20' }));
});

test.run();
