import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const umask = suite('who may write in what is made');
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

umask('nobody else may, whatever the umask, with git and without', () => {
  for (const git of ['--git', '--no-git']) {
    const folder = mkdtempSync(join(tmpdir(), 'umask-'));
    try {
      const stack = join(folder, 'meet');
      const tool = [process.execPath, '--import', 'tsx', main, stack, '--yes'];
      const answers = ['--domain', 'meet.example.org', '--network-exposure', 'public'];
      const more = ['--network-public-addresses', '203.0.113.7', '--certificates', 'self-signed'];
      const words = [...tool, ...(git === '--git' ? [] : [git]), ...answers, ...more];
      const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' };
      const env = { ...process.env, ...who, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.c' };
      const { status, stderr } = spawnSync('sh', ['-c', 'umask 000; exec "$@"', 'sh', ...words], {
        env,
        encoding: 'utf8',
        cwd: join(main, '../../..'),
      });
      assert.is(status, 0, stderr);
      const made = readdirSync(stack, { recursive: true, encoding: 'utf8' });
      assert.ok(made.includes('scripts'), made.join());
      const open = [...made, '.'].filter((path) => statSync(join(stack, path)).mode & 0o002);
      assert.equal(open, [], git);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

umask.run();
