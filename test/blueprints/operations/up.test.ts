import { chmodSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FakeStack, isRoot, secretsFile } from './stack.ts';

const test = suite<{ stack: FakeStack }>('up and status');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

test('a healthy stack ends with its address', ({ stack }) => {
  const { code, out, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.is(out, 'https://meet.example.org\n');
  assert.not.match(stack.calls(), 'force-recreate');
  assert.not.match(stack.calls(), 'HUP');
});

test('a .env that others may read is refused with the command that closes it', ({ stack }) => {
  for (const mode of [0o644, 0o640, 0o604]) {
    chmodSync(join(stack.path, '.env'), mode);
    const { code, err } = stack.run(['up']);
    assert.is(code, 1);
    assert.match(err, 'chmod 600 .env');
  }
  assert.not.match(stack.calls(), 'compose up');
});

test('what is unhealthy is named with the end of its log', ({ stack }) => {
  stack.containers(['nginx', 'prosody']);
  stack.write(
    '../fake/containers',
    'nginx|running|healthy|2100-01-01T00:00:00Z|0\njvb|running|unhealthy|2100-01-01T00:00:00Z|0\n',
  );
  const { code, out, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.is(out, '');
  assert.match(err, "jvb is unhealthy. The end of its log:\n    the log's last words");
  assert.not.match(err, 'nginx is');
});

test('a preparation that failed is named', ({ stack }) => {
  stack.write(
    '../fake/containers',
    'prepare|exited|-|2100-01-01T00:00:00Z|1\nweb|created|-|0001-01-01T00:00:00Z|0\n',
  );
  const { code, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.match(err, 'prepare is exited(1)');
});

test('hooks that are newer than their container bring just that one back, nginx is only reloaded', ({
  stack,
}) => {
  for (const path of [
    'jitsi/jvb/custom-jvb.conf',
    'nginx/nginx.conf',
    'coturn/turnserver.conf',
    'certs/fullchain.pem',
  ])
    stack.write(path, '');
  const past = new Date('2020-01-01');
  for (const path of ['coturn/turnserver.conf', 'coturn'])
    utimesSync(join(stack.path, path), past, past);
  stack.containers(
    ['prepare', 'nginx', 'prosody', 'jvb', 'coturn'],
    'running|healthy',
    '2024-05-06T07:08:09.123456789Z',
  );
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(stack.calls(), 'compose up --detach --no-deps --force-recreate jvb\n');
  assert.match(stack.calls(), 'compose exec -T nginx sh -c kill -s "$1" 1 sh HUP\n');
});

test('a wrong nginx configuration is not taken over', ({ stack }) => {
  stack.fail('*nginx -t*');
  for (const command of ['reload', 'up']) {
    stack.write('nginx/nginx.conf', 'wrong');
    stack.containers(['nginx'], 'running|healthy', '2024-05-06T07:08:09Z');
    const { err } = stack.run([command]);
    assert.match(err, 'goes on with the one it has');
  }
  assert.not.match(stack.calls(), 'HUP');
});

test('files that need another container are not reloaded into the one of before, and ./stack up is named', ({
  stack,
}) => {
  stack.write('../fake/definition', '000000000000');
  const reload = stack.run(['reload']);
  assert.is(reload.code, 1);
  assert.match(reload.err, 'Nothing was reloaded. These files need a new container for nginx');
  assert.match(reload.err, './stack up makes it');
  assert.not.match(stack.calls(), 'nginx -t');
  assert.not.match(stack.calls(), 'kill -s');
  const status = stack.run(['status']);
  assert.is(status.code, 1);
  assert.match(status.err, 'nginx runs in a container of before the last update');
  // A container of before this was compared says nothing.
  stack.write('../fake/definition', '');
  assert.is(stack.run(['reload']).code, 1);
  assert.is(stack.run(['up']).code, 0);
  assert.is(stack.run(['reload']).code, 0);
  assert.match(stack.calls(), 'compose exec -T nginx sh -c kill -s "$1" 1 sh HUP\n');
  assert.is(stack.run(['status']).code, 0);
});

test('what a killed backup left paused is woken', ({ stack }) => {
  stack.containers(['prosody'], 'paused|healthy');
  assert.is(stack.run(['up']).code, 0);
  assert.match(stack.calls(), 'compose unpause prosody\n');
});

test('secrets in the caller’s environment do not win over .env', ({ stack }) => {
  const compose = join(stack.root, 'seen');
  stack.write(
    '../docker',
    `#!/bin/sh\n[ "$2" != up ] || printf '%s' "\${JVB_AUTH_PASSWORD-unset}" >'${compose}'\nexec "$REAL" "$@"\n`,
    0o755,
  );
  const path = process.env.PATH;
  const real = new URL('programs/docker', import.meta.url).pathname;
  stack.run(['up'], {
    env: { PATH: `${stack.root}:${path}`, REAL: real, JVB_AUTH_PASSWORD: 'stale' },
  });
  assert.is(stack.read('../seen'), 'unset');
});

test('works through a link, from anywhere, and stops without .env', ({ stack }) => {
  symlinkSync('my stack/stack', join(stack.root, 'link'));
  rmSync(join(stack.path, '.env'));
  stack.write('../elsewhere/run', '#!/bin/sh\nexec ../link "$@"\n', 0o755);
  const { code, err } = stack.run(['down']);
  assert.is(code, 0, err);
  assert.match(stack.calls(), 'compose down');
});

test('status shows each service, and 1 when something is missing', ({ stack }) => {
  stack.containers(['prepare', 'nginx'], 'running|healthy', '2026-01-02T03:04:05.6Z');
  const good = stack.run(['status']);
  assert.is(good.code, 0, good.err);
  assert.match(good.out, /nginx +running +healthy +2026-01-02 03:04\n/);
  assert.match(good.out, /prepare +done/);
  assert.match(good.out, 'stable-11146-2');
  assert.match(good.out, 'GB free of');
  stack.containers(['nginx'], 'exited|-');
  assert.is(stack.run(['status']).code, 1);
});

test('an old or absent Compose is named with the packages that bring it', ({ stack }) => {
  assert.match(
    stack.run(['up'], { env: { FAKE_COMPOSE: '1.29.2' } }).err,
    'Compose 1.29.2 is too old',
  );
  stack.fail('compose version*');
  assert.match(stack.run(['up']).err, 'docker-compose-plugin');
});

test('wrong calls end with 2, help with 0', ({ stack }) => {
  for (const args of [
    ['nope'],
    ['up', 'x'],
    ['user'],
    ['user', 'add'],
    ['certs', 'x'],
    ['restore'],
    ['backup', '--x'],
    ['rotate', 'x'],
  ]) {
    const { code, err } = stack.run(args);
    assert.is(code, 2, args.join(' '));
    assert.match(err, './stack help');
  }
  for (const args of [[], ['help'], ['--help']]) assert.is(stack.run(args).code, 0);
});

test('the help is one screen with every command, and says more about each', ({ stack }) => {
  const page = stack.run([]).out.trimEnd().split('\n');
  assert.ok(page.length <= 24 && page.every((line) => line.length <= 80), page.join('\n'));
  const script = readFileSync(join(stack.path, 'stack'), 'utf8');
  const [, list = ''] = /^ {4}(.*)\) "stack_\$command"/m.exec(script) ?? [];
  const commands = [...list.split(' | '), 'ldap-test'];
  assert.ok(commands.length > 15);
  for (const command of commands) {
    assert.ok(
      page.some((line) => line.startsWith(`  ${command} `)),
      command,
    );
    const more = stack.run(['help', command]).out;
    assert.match(more, new RegExp(`^  \\./stack ${command}\\b.*\\n      [A-Z]`));
    assert.not.match(more, 'Exit codes, but');
  }
  const all = stack.run(['help', 'all']).out.split('\n');
  assert.equal(
    all.filter((line) => line.length > 80),
    [],
  );
  assert.match(stack.run(['stop']).err, 'Did you mean down?');
  assert.is(stack.run(['help', 'nope']).code, 2);
});

test('an owner who is not root is told when .env belongs to somebody else', ({ stack }) => {
  if (isRoot) return; // root reads everything
  chmodSync(join(stack.path, '.env'), 0o000);
  assert.match(stack.run(['up']).err, 'cannot be read by');
  assert.ok(secretsFile);
});

test.run();
