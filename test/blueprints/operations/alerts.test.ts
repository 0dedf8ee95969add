import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ server: Server }>('what is told when something is wrong');

/** A stack that tells, on a server where all but the containers is well, and a curl that writes down what leaves. */
class Server {
  readonly stack: FakeStack;
  readonly bin: string;

  constructor() {
    const plan = smallPlan();
    this.stack = new FakeStack({ ...plan, answers: { ...plan.answers, alerts: { by: 'ntfy' } } });
    this.bin = join(this.stack.root, 'bin');
    mkdirSync(this.bin);
    this.takes(true);
    const { stack } = this;
    stack.write('.env', `${stack.read('.env')}NOTIFY_NTFY=https://ntfy.example.org/t\n`, 0o600);
    const text = stack
      .read('stack')
      .replace(/^look\(\) \{/m, 'look() { look_at_services; }\nx() {');
    stack.write('stack', text, 0o755);
  }

  /** Whether messages are taken. */
  takes(well: boolean) {
    const text = `#!/bin/sh\ncat >/dev/null\n${well ? '' : 'exit 22\n'}printf '%s\\n' "$*" >>'${this.stack.root}/told'\n`;
    writeFileSync(join(this.bin, 'curl'), text, { mode: 0o755 });
  }

  /** A quarter of an hour later, the timer calls again. */
  call(...is: string[]): string {
    const { stack } = this;
    for (const [service, state] of is.map((one) => one.split(' ') as [string, string]))
      stack.containers([service], `running|${state}`);
    const notes = join(stack.path, 'backups/.alerts');
    if (existsSync(notes))
      for (const name of stack.list('backups/.alerts').filter((one) => one.endsWith('=well')))
        utimesSync(join(notes, name), new Date(0), new Date(0));
    const told = join(stack.root, 'told');
    rmSync(told, { force: true });
    const fakes = new URL('programs/', import.meta.url).pathname;
    const { code, err } = stack.run(['check', '--tell'], {
      env: { PATH: `${this.bin}:${fakes}:${process.env.PATH}` },
    });
    return code === 0
      ? existsSync(told)
        ? readFileSync(told, 'utf8')
        : ''
      : `code ${code}: ${err}`;
  }
}

test.before.each((context) => {
  context.server = new Server();
});
test.after.each(({ server }) => server.stack.remove());

test('once when two calls in a row found it, and once that it is well again', ({ server }) => {
  assert.is(server.call('jvb healthy'), '');
  assert.is(server.call('jvb unhealthy'), '', 'it may only be starting anew');
  const told = server.call('jvb unhealthy');
  assert.match(told, 'Title: meet.example.org: something is wrong: jvb');
  assert.match(told, 'Critical: jvb - unhealthy. Its work: jvb ./stack logs jvb');
  assert.is(server.call('jvb unhealthy'), '');
  assert.is(server.call('jvb unhealthy'), '');
  assert.is(server.call('jvb healthy'), '', 'it may not last');
  const well = server.call('jvb healthy');
  assert.match(well, 'Title: meet.example.org: well again: jvb');
  assert.match(well, 'Well again: jvb - runs');
  assert.is(server.call('jvb healthy'), '');
});

test('what comes and goes is no flood', ({ server }) => {
  server.call('jvb unhealthy');
  assert.match(server.call('jvb unhealthy'), 'wrong');
  for (let time = 0; time < 4; time += 1) {
    assert.is(server.call('jvb healthy'), '');
    assert.is(server.call('jvb unhealthy'), '');
  }
});

test('a warning that becomes critical is told; one that was critical is not', ({ server }) => {
  server.call('jvb starting');
  assert.match(server.call('jvb starting'), 'Warning: jvb - starting');
  server.call('jvb unhealthy');
  assert.match(server.call('jvb unhealthy'), 'Critical: jvb');
  server.call('jvb starting');
  assert.is(server.call('jvb starting'), '');
});

test('a message that does not leave is tried again', ({ server }) => {
  server.takes(false);
  server.call('jvb unhealthy');
  assert.match(server.call('jvb unhealthy'), /code 1: .*The message did not leave/s);
  server.takes(true);
  assert.match(server.call('jvb unhealthy'), 'Critical: jvb');
  assert.is(server.call('jvb unhealthy'), '');
});

test('while Docker is away its services are not forgotten, afterwards those that are gone', ({
  server,
}) => {
  server.call('jvb unhealthy');
  server.call('jvb unhealthy');
  server.stack.fail('compose config*');
  server.call();
  writeFileSync(join(server.stack.fake, 'fail'), '');
  assert.is(server.call('jvb unhealthy'), '', 'it was told');
  server.call('nginx healthy');
  assert.equal(server.stack.list('backups/.alerts'), []);
});

test('nothing is told while a backup or an upgrade is at work', ({ server }) => {
  server.call('jvb unhealthy');
  const busy = server.stack.read('stack').replace(/^busy\(\) \{.*$/m, 'busy() { true; }');
  const free = server.stack.read('stack');
  server.stack.write('stack', busy, 0o755);
  assert.is(server.call('jvb unhealthy'), '');
  server.stack.write('stack', free, 0o755);
  assert.match(server.call('jvb unhealthy'), 'Critical: jvb');
});

test('whoever wants to see a message gets one', ({ server }) => {
  const env = { PATH: `${server.bin}:${process.env.PATH}` };
  const { code, err } = server.stack.run(['check', '--test'], { env });
  assert.is(code, 0, err);
  assert.match(readFileSync(join(server.stack.root, 'told'), 'utf8'), 'example.org: a test');
});

test.run();
