import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readLock } from '../../src/sync/index.ts';
import { formatLock, parseLock } from '../../src/sync/lock/lock.ts';
import { configure, created, generate, lines, refusal, Stack } from './stack.ts';

const v1 = {
  'compose.yaml': lines('compose'),
  'nginx.conf': lines('nginx'),
  stack: { text: '#!/bin/sh\n', executable: true },
  'hooks/custom.js': { text: 'seed\n', kind: 'seeded' as const },
};
const v2 = { ...v1, 'nginx.conf': lines('nginx', { 3: 'v2' }) };

const test = suite('lock');
test.before.each(() => configure());

test('remembers what was generated, one line per file', async () => {
  const stack = await created(v1);
  const lock = await readLock(stack.directory);
  assert.is(lock?.tool, '1.0.0');
  assert.is(lock?.release, 'stable-1');
  assert.equal(
    [...(lock?.files ?? [])].map(([path, { kind, executable, text }]) => [
      path,
      kind,
      executable,
      text,
    ]),
    [
      ['compose.yaml', 'managed', false, v1['compose.yaml']],
      ['hooks/custom.js', 'seeded', false, undefined],
      ['nginx.conf', 'managed', false, v1['nginx.conf']],
      ['stack', 'managed', true, '#!/bin/sh\n'],
    ],
  );
  assert.is(
    stack
      .read('jitsi-stack.lock')
      .split('\n')
      .filter((line) => line.startsWith('    "')).length,
    4,
  );
  assert.is(await readLock(stack.path('nowhere')), undefined);
});

/** As the package generates it: from a source that is known, with files that are not there before somebody asks. */
function fromSource(source: string, files?: Parameters<typeof generate>[0]) {
  const { tool, release, files: made } = generate(files ?? {});
  return {
    ...{ tool, release, source },
    get files() {
      if (files === undefined) throw new Error('Somebody looked at the files.');
      return made;
    },
  };
}

test('what follows from the same source is not rendered to be known', async () => {
  const stack = new Stack();
  await stack.sync(fromSource('a', v1));
  assert.is((await readLock(stack.directory))?.source, 'a');
  for (const git of [true, false]) {
    const { outcome } = await stack.sync(fromSource('a'), git ? {} : { git });
    assert.is(outcome, 'unchanged');
  }
  const { outcome } = await stack.sync(fromSource('b', v2));
  assert.is(outcome, 'updated');
  assert.is((await readLock(stack.directory))?.source, 'b');
});

test('what the repository remembers counts, not a lock that lies beside it', async () => {
  const stack = new Stack();
  await stack.sync(fromSource('a', v1));
  const before = stack.read('jitsi-stack.lock');
  await stack.sync(fromSource('b', v2));
  stack.write('jitsi-stack.lock', before);
  await refusal(stack.sync(fromSource('a', v1)));
  assert.is(stack.read('nginx.conf'), v2['nginx.conf']);
});

test('keeps the line of every file that did not change', () => {
  const first = formatLock(generate(v1));
  const odd = parseLock(first);
  const other = {
    ...odd,
    files: new Map(
      [...odd.files].map(([path, file]) => [path, { ...file, entry: `${file.entry}==` }]),
    ),
  };
  const second = formatLock(generate(v2), other);
  const changed = second
    .split('\n')
    .filter((line) => line.startsWith('    "') && !/==",?$/.test(line));
  assert.equal(
    changed.map((line) => line.split('"')[1]),
    ['nginx.conf'],
  );
});

test('entries that unpack without end are refused at once', () => {
  const text = 'x'.repeat(64 * 1024 * 1024);
  const before = Date.now();
  assert.throws(() => parseLock(formatLock(generate({ ...v1, huge: text }))), /do not match/);
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`file${i}`, text.slice(0, 3 * 1024 * 1024)]),
  );
  assert.throws(() => parseLock(formatLock(generate(many))), /do not match/);
  assert.ok(Date.now() - before < 60_000);
});

test('is the same text whatever the order of the files', () => {
  const reversed = Object.fromEntries(Object.entries(v1).reverse());
  assert.is(formatLock(generate(reversed)), formatLock(generate(v1)));
});

const lineOf = (lock: string, path: string): string =>
  lock.split('\n').find((line) => line.includes(`"${path}": `)) ?? '';
const damages: [string, (lock: string) => string, RegExp][] = [
  ['cut short', (lock) => lock.slice(0, -30), /not the JSON/],
  ['replaced by an array', () => '[]', /not the JSON/],
  [
    'without files',
    (lock) => lock.replace('"files"', '"fils"'),
    /lacks the tool, the release or the files/,
  ],
  [
    'with a changed content',
    (lock) => lock.replace(/("nginx\.conf": "- \w+ .{20})./, (_, start) => `${start}!`),
    /do not match.*: nginx\.conf\./,
  ],
  [
    'with a changed checksum',
    (lock) => lock.replace(/("nginx\.conf": "- )\w{8}/, '$100000000'),
    /do not match.*: nginx\.conf\./,
  ],
  [
    'with a path outside the stack',
    (lock) => lock.replace('"nginx.conf"', '"../nginx.conf"'),
    /do not match.*: \.\.\/nginx\.conf\./,
  ],
  [
    'with a changed mode',
    (lock) => lock.replace('"stack": "x', '"stack": "-'),
    /different versions/,
  ],
  [
    'with a line left out',
    (lock) => lock.replace(/^ {4}"nginx\.conf.*\n/m, ''),
    /different versions/,
  ],
  [
    'with a line of another version',
    (lock) =>
      lock.replace(lineOf(lock, 'nginx.conf'), lineOf(formatLock(generate(v2)), 'nginx.conf')),
    /different versions/,
  ],
  [
    'with another source',
    (lock) => lock.replace('  "release"', '  "source": "0123",\n  "release"'),
    /different versions/,
  ],
  [
    'with conflict markers',
    (lock) => lock.replace('  "tool"', '<<<<<<< HEAD\n  "tool"'),
    /conflict markers.*--ours or --theirs/,
  ],
  [
    'of a newer format',
    (lock) => lock.replace('"format": 1', '"format": 2'),
    /newer version.*Update create-jitsi-stack/,
  ],
];
for (const [name, damage, expected] of damages) {
  test(`is refused ${name}, and nothing is touched`, async () => {
    const stack = await created(v1);
    const whole = stack.read('jitsi-stack.lock');
    stack.write('jitsi-stack.lock', damage(whole));
    assert.is.not(stack.read('jitsi-stack.lock'), whole);
    stack.commit();
    const error = await refusal(stack.sync(generate(v2)));
    assert.match(error.message, expected);
    assert.match(error.message, /^jitsi-stack\.lock: /);
    assert.match((await refusal(stack.sync(generate(v2), { git: false }))).message, expected);
    assert.is(stack.read('nginx.conf'), v1['nginx.conf']);
    assert.ok(stack.isClean);
  });
}

test('of a newer version is refused by an older one, which would take its changes back', async () => {
  for (const git of [true, false]) {
    const stack = new Stack();
    await stack.sync(generate(v2, 'stable-1', '1.10.0'), { git });
    const older = (tool: string, dryRun = false) =>
      stack.sync(generate(v1, 'stable-1', tool), { git, dryRun });
    for (const tool of ['1.9.3', '1.9.3-beta.1', '0.12.0']) {
      const { message } = await refusal(older(tool));
      assert.match(message, `generated by create-jitsi-stack 1.10.0, and this is ${tool}`);
      assert.match(message, 'npx create-jitsi-stack@latest');
      assert.match((await refusal(older(tool, true))).message, '1.10.0');
    }
    assert.is(stack.read('nginx.conf'), v2['nginx.conf']);
    // What changes nothing takes nothing back, and a checkout of the tool has no number.
    const same = await stack.sync(generate(v2, 'stable-1', '1.9.3'), { git });
    assert.is(same.outcome, 'unchanged');
    assert.is((await older('0.0.0')).outcome, 'updated');
  }
});

test('may be deleted to start over: every file is compared then', async () => {
  const stack = await created(v1);
  stack.write('nginx.conf', lines('nginx', { 3: 'mine', 20: 'mine' }));
  stack.remove('jitsi-stack.lock');
  stack.commit();
  const report = await stack.sync(generate(v2));
  assert.is(report.outcome, 'overlap');
  assert.equal([...new Set(report.overlaps.map(({ path }) => path))], ['nginx.conf']);
  await stack.sync(generate(v2), { mine: ['.'] });
  assert.is(stack.read('nginx.conf'), lines('nginx', { 3: 'mine', 20: 'mine' }));
});

test.run();
