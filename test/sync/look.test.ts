import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, lines } from './stack.ts';

const v1 = { 'compose.yaml': lines('compose'), 'nginx.conf': lines('nginx') };
const v2 = { ...v1, 'compose.yaml': lines('compose', { 3: 'new' }), 'new.conf': lines('new') };

const test = suite('a look');
test.before.each(() => configure());

test('runs no hook, filter or monitor of the repository', async () => {
  const stack = await created(v1);
  const mark = stack.path('.git/ran');
  const program = stack.path('.git/program');
  stack.write('.git/program', `#!/bin/sh\necho "$0 $*" >>'${mark}'\ncat\n`, 0o755);
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit'])
    stack.write(`.git/own/${hook}`, `#!/bin/sh\necho ${hook} >>'${mark}'\n`, 0o755);
  stack.write('.git/info/attributes', '* filter=x\n');
  stack.git('config', 'filter.x.clean', program);
  stack.git('config', 'filter.x.smudge', program);
  stack.git('config', 'filter.x.required', 'true');
  stack.git('config', 'core.fsmonitor', program);
  stack.git('config', 'core.hooksPath', stack.path('.git/own'));
  stack.write('compose.yaml', lines('compose', { 20: 'mine' }));
  spawnSync('git', ['-C', stack.directory, 'status'], { env: process.env });
  assert.ok(existsSync(mark), 'git itself runs them');
  rmSync(mark);
  const { outcome } = await stack.sync(generate(v2), { dryRun: true });
  assert.is(outcome, 'preview');
  assert.not.ok(existsSync(mark), existsSync(mark) ? readFileSync(mark, 'utf8') : '');
});

test.run();
