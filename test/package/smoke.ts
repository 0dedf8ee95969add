/**
 * The bundle on a system where no other test runs: it shows its help, makes a stack, finds nothing to do the second
 * time, and refuses in a sentence. Needs `dist/` (npm run bundle), Node and git.
 *
 *     npx tsx test/package/smoke.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { checkout, readJson } from './packed.ts';

const home = mkdtempSync(join(tmpdir(), 'smoke-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
const stack = join(home, 'my stack');
const somebody = { NAME: 'A', EMAIL: 'a@example.org' };
const env = {
  ...process.env,
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(somebody).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  ),
};

function call(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(checkout, 'dist/cli.js'), ...words],
    { cwd: home, env, encoding: 'utf8', timeout: 120_000 },
  );
  console.log(`create-jitsi-stack ${words.join(' ')} → ${status}`);
  return { status, stdout, stderr };
}

const answers = [
  ...['--yes', '--domain', 'meet.example.org', '--certificates', 'self-signed'],
  ...['--network-exposure', 'public', '--network-public-addresses', '203.0.113.7'],
];

const { version } = readJson(join(checkout, 'package.json'));
assert.is(call('--version').stdout, `${version}\n`);
assert.match(call('--help').stdout, '--domain NAME');

const made = call(stack, ...answers);
assert.is(made.status, 0, made.stderr);
for (const file of ['compose.yaml', '.env', 'jitsi-stack.json', 'certs/fullchain.pem'])
  assert.ok(existsSync(join(stack, file)), file);
const executable = spawnSync('git', ['ls-files', '--stage', 'stack'], { cwd: stack });
assert.match(executable.stdout.toString(), /^100755 /, 'the script can be run on the server');
assert.not.match(readFileSync(join(stack, 'stack'), 'utf8'), '\r');

const again = call(stack, '--yes', '--json');
assert.is(again.status, 0, again.stderr);
assert.is(JSON.parse(again.stdout).outcome, 'unchanged');

const refused = call(join(home, 'other'), ...answers, '--domain', 'https://x');
assert.is(refused.status, 2);
assert.match(refused.stderr, '--domain');
console.log('The command line works here.');
