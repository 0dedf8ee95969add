import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { command, must } from '../programs/command.ts';
import { checkout, install, pack, readJson, temporaryDirectory } from './packed.ts';
import { stackTree } from './tree.ts';

const test = suite<{ directory: string; bin: string }>('the installed package');
const answers = [
  ...['--yes', '--domain', 'meet.example.org', '--certificates', 'self-signed'],
  ...['--network-exposure', 'public', '--network-public-addresses', '203.0.113.7'],
  ...['--network-ipv6', 'false', '--network-subnet', '172.28.0.0/24', '--network-ssh-port', '22'],
  ...['--firewall', 'nftables', '--host-memory', '4096', '--host-timezone', 'UTC'],
];
/** Nobody's configuration, so that the result is the same everywhere; a name, because a commit needs one. */
const env = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', NODE_PATH: '', NO_COLOR: '1' },
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' },
  ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' },
};

test.before(async (context) => {
  context.directory = temporaryDirectory();
  await install(await pack(context.directory), context.directory);
  context.bin = join(context.directory, 'node_modules/.bin/create-jitsi-stack');
});

/** Only the package can tell what its files follow from. */
function treeOf(stack: string) {
  const { 'jitsi-stack.lock': lock = '', ...tree } = stackTree(stack);
  return { ...tree, 'jitsi-stack.lock': lock.replace(/^ {2}"(source|sum)": .*\n/gm, '') };
}

test('--version', async ({ bin }) => {
  const { stdout } = await must(bin, ['--version']);
  assert.is(stdout.trim(), readJson(join(checkout, 'package.json')).version);
});

test('--help is the same as from the sources', async ({ bin }) => {
  const tsx = join(checkout, 'node_modules/.bin/tsx');
  const [packed, source] = await Promise.all([
    must(bin, ['--help']),
    must(tsx, [join(checkout, 'src/cli/main.ts'), '--help']),
  ]);
  assert.match(packed.stdout, /--domain NAME/);
  assert.is(packed.stdout, source.stdout);
});

test('creates a committed stack in an empty directory, and then has nothing to do', async ({
  bin,
  directory,
}) => {
  const stack = join(directory, 'stack');
  mkdirSync(stack);
  await must(bin, answers, { cwd: stack, env });
  const status = await must('git', ['status', '--porcelain'], { cwd: stack, env });
  assert.is(status.stdout, '');
  const log = await must('git', ['log', '--format=%an %s'], { cwd: stack, env });
  assert.match(log.stdout, /^A Create Jitsi stack \(stable-\S+, create-jitsi-stack \S+\)\n$/);
  assert.is(statSync(join(stack, '.env')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(stack, 'certs/fullchain.pem'), 'utf8'), /^-----BEGIN CERT/);

  const source = () => String(readJson(join(stack, 'jitsi-stack.lock')).source);
  const first = source();
  assert.match(first, /^[0-9a-f]{64}$/);
  const again = await must(bin, ['--yes', '--json'], { cwd: stack, env });
  assert.is(JSON.parse(again.stdout).outcome, 'unchanged');
  const other = await must(bin, ['--yes', '--json', '--turn-port', '3479'], { cwd: stack, env });
  assert.is(JSON.parse(other.stdout).outcome, 'updated');
  assert.match(source(), /^[0-9a-f]{64}$/);
  assert.is.not(source(), first);
});

test('writes the same files as the sources do', async ({ bin, directory }) => {
  const [packed, source] = [join(directory, 'packed'), join(directory, 'source')];
  const tsx = join(checkout, 'node_modules/.bin/tsx');
  await must(bin, [packed, ...answers], { env });
  await must(tsx, [join(checkout, 'src/cli/main.ts'), source, ...answers], { env });
  assert.equal(treeOf(packed), treeOf(source));
});

test('runs by its name, as npm create does', async ({ directory }) => {
  const stack = join(directory, 'by-name');
  const npm = ['exec', '--offline', '--', 'create-jitsi-stack', stack, ...answers, '--dry-run'];
  const { stdout } = await must('npm', npm, { cwd: directory, env });
  assert.match(stdout, /compose\.yaml/);
});

test('refuses in a sentence, exit code 2', async ({ bin, directory }) => {
  const wrong = [join(directory, 'wrong'), ...answers, '--domain', 'https://x'];
  const outcome = await command(bin, wrong, { cwd: directory, env });
  assert.is(outcome.code, 2, outcome.output);
  assert.match(outcome.stderr, /--domain/);
});

test.run();
