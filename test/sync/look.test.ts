import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configure, created, generate, lines } from './stack.ts';

const v1 = { 'compose.yaml': lines('compose'), 'nginx.conf': lines('nginx') };
const v2 = { ...v1, 'compose.yaml': lines('compose', { 3: 'new' }), 'new.conf': lines('new') };

const test = suite('a look');
test.before.each(() => configure());

test('runs no program that the repository names', async () => {
  const stack = await created(v1);
  stack.write('compose.yaml', lines('compose', { 20: 'mine' }));
  stack.git('commit', '--quiet', '--all', '--message=mine');
  const mark = stack.path('.git/ran');
  const program = stack.path('.git/program');
  stack.write('.git/program', `#!/bin/sh\necho "$0 $*" >>'${mark}'\ntimeout 1 cat\n`, 0o755);
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit'])
    stack.write(`.git/own/${hook}`, `#!/bin/sh\necho ${hook} >>'${mark}'\n`, 0o755);
  stack.write('.git/info/attributes', '* filter=x merge=x diff=x\n');
  stack.git('config', 'filter.x.clean', program);
  stack.git('config', 'filter.x.smudge', program);
  stack.git('config', 'filter.x.required', 'true');
  stack.git('config', 'core.fsmonitor', program);
  stack.git('config', 'merge.x.driver', `${program} %O %A %B`);
  stack.git('config', 'merge.x.recursive', 'x');
  stack.git('config', 'merge.default', 'x');
  stack.git('config', 'diff.x.command', program);
  stack.git('config', 'diff.x.textconv', program);
  stack.git('config', 'diff.external', program);
  stack.git('config', 'core.editor', program);
  stack.git('config', 'commit.gpgSign', 'true');
  stack.git('config', 'gpg.program', program);
  stack.git('config', 'core.hooksPath', stack.path('.git/own'));
  spawnSync('git', ['-C', stack.directory, 'status'], { env: process.env });
  assert.ok(existsSync(mark), 'git itself runs them');
  rmSync(mark);
  const seen = await stack.sync(generate(v2), { dryRun: true });
  assert.is(seen.outcome, 'preview');
  assert.match(seen.diff ?? '', /^\+new/m, 'both sides’ changes are merged all the same');
  assert.not.ok(existsSync(mark), existsSync(mark) ? readFileSync(mark, 'utf8') : '');
});

test.run();
