import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('./stack check');

test.before.each((context) => {
  const plan = smallPlan({ date: new Date().toISOString().slice(0, 10) });
  context.stack = new FakeStack(plan);
  // This server's own are whatever they are.
  pretend(context.stack, { ends: 80 });
});
test.after.each(({ stack }) => stack.remove());

/** Has the script see a server of this kind. */
function pretend(stack: FakeStack, server: { ends?: number; life?: number; disk?: number }) {
  const { ends = 80, life = 90, disk = 40 } = server;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000).toUTCString();
  const when = (days: number) =>
    day(days).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$2 $1 $4 $3 GMT');
  const certificate = [
    `notBefore=${when(ends - life)}`,
    `notAfter=${when(ends)}`,
    'subject=CN = meet.example.org',
    'issuer=CN = R3',
    'DNS:meet.example.org',
  ].join('\\n');
  const text = stack
    .read('stack')
    .replace(
      /^served_certificate\(\) \{/m,
      `served_certificate() { printf '${certificate}\\n'; }\nx() {`,
    )
    .replace(/^in_certificates\(\) \{/m, `in_certificates() { printf '${certificate}\\n'; }\ny() {`)
    .replace(
      /^look_at_disks\(\) \{/m,
      `look_at_disks() { echo '${disk} room' | graded disk 90 95; }\nz() {`,
    )
    .replace(
      /^look_at_memory\(\) \{/m,
      `look_at_memory() { echo '50 room' | graded memory 92 97; }\nv() {`,
    )
    .replace(/^look_at_clock\(\) \{/m, 'look_at_clock() { found ok clock set; }\nw() {');
  stack.write('stack', text, 0o755);
}

const lines = (text: string) => text.trim().split('\n');
const wrong = (text: string) => lines(text).filter((line) => !line.startsWith('ok'));

test('all well: a line for each thing, exit code 0', ({ stack }) => {
  stack.write('.env', `${stack.read('.env')}`, 0o600);
  const { code, out, err } = stack.run(['check']);
  assert.equal(wrong(out), []);
  assert.is(code, 0, err);
  for (const name of [
    'docker',
    'nginx',
    'prosody',
    'jicofo',
    'jvb',
    'coturn',
    'certificate',
    'certs',
  ])
    assert.match(out, new RegExp(`^ok +${name} `, 'm'));
  for (const name of ['disk', 'memory', 'clock', 'secrets', 'backups', 'files', 'release'])
    assert.match(out, new RegExp(`^ok +${name} `, 'm'));
  assert.not.match(out, /prepare|remember/);
});

test('the worst stands first, says what people miss, and decides the exit code', ({ stack }) => {
  stack.containers(['prepare', 'remember', 'nginx', 'prosody', 'jicofo'].map((name) => name));
  stack.containers(['prepare', 'remember', 'nginx', 'prosody', 'jicofo', 'coturn']);
  pretend(stack, { disk: 91 });
  const gone = stack.run(['check']);
  // Compose knows of what it has containers for here.
  assert.is(gone.code, 1, gone.out);
  assert.match(lines(gone.out)[0] ?? '', /^warning +disk +room/);
  stack.containers(['jvb'], 'running|unhealthy');
  const { code, out } = stack.run(['check']);
  assert.is(code, 2);
  assert.match(lines(out)[0] ?? '', /^critical +jvb +unhealthy\. Its work: jvb \.\/stack logs jvb/);
});

test('a service that starts, or holds its breath for a backup, is a warning', ({ stack }) => {
  stack.containers(['jvb'], 'running|starting');
  assert.equal(wrong(stack.run(['check']).out), ['warning   jvb          starting']);
});

for (const [ends, life, state, code] of [
  [80, 90, 'ok', 0],
  [20, 90, 'warning', 1],
  [2, 90, 'critical', 2],
  [-1, 90, 'critical', 2],
  // One that lives for six days is renewed in time.
  [4, 6, 'ok', 0],
  [1, 6, 'critical', 2],
] as const) {
  test(`a certificate of ${life} days with ${ends} left: ${state}`, ({ stack }) => {
    pretend(stack, { ends, life });
    const outcome = stack.run(['check']);
    assert.match(outcome.out, new RegExp(`^${state} +certificate `, 'm'));
    assert.is(outcome.code, code, outcome.out);
  });
}

test('JSON says the same', ({ stack }) => {
  stack.containers(['jvb', 'nginx'], 'running|unhealthy');
  const { code, out } = stack.run(['check', '--json']);
  assert.is(code, 2);
  const document = JSON.parse(out);
  assert.is(document.state, 'critical');
  assert.is(document.url, 'https://meet.example.org');
  const [first] = document.checks;
  assert.equal([first.check, first.state], ['jvb', 'critical']);
  assert.ok(
    document.checks.some(
      ({ check, state }: Record<string, string>) => check === 'disk' && state === 'ok',
    ),
  );
});

test('without Docker the rest of the server is looked at', ({ stack }) => {
  stack.fail('version --format*');
  const { code, out } = stack.run(['check']);
  assert.is(code, 2);
  assert.match(lines(out)[0] ?? '', /^critical +docker +The Docker daemon does not answer/);
  assert.match(out, /^ok +disk/m);
});

test('a wrong call, and what cannot be asked, are unknown', ({ stack }) => {
  assert.is(stack.run(['check', '--what']).code, 3);
  const { code, err } = stack.run(['check', '--tell']);
  assert.is(code, 3);
  assert.match(err, 'Nobody is told by this stack');
});

test.run();
