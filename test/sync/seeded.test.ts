import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changes, configure, created, generate, lines } from './stack.ts';

const seed = (text: string) => ({ text, kind: 'seeded' as const });
const v1 = {
  'compose.yaml': lines('compose'),
  'hooks/a.js': seed('seed a\n'),
  'hooks/b.js': seed('seed b\n'),
};
const v2 = {
  'compose.yaml': lines('compose', { 1: 'v2' }),
  'hooks/a.js': seed('newer a\n'),
  'hooks/b.js': seed('newer b\n'),
};

for (const git of [true, false]) {
  const test = suite(`seeded files ${git ? 'in git' : 'without git'}`);
  test.before.each(() => configure());

  test("are their owner's from the first edit on", async () => {
    const stack = await created(v1, { git });
    assert.is(stack.read('hooks/a.js'), 'seed a\n');
    stack.write('hooks/a.js', 'mine\n');
    stack.remove('hooks/b.js');
    if (git) stack.commit();
    const report = await stack.sync(generate(v2), { git });
    assert.equal(changes(report), ['compose.yaml: changed']);
    assert.is(stack.read('hooks/a.js'), 'mine\n');
    assert.not(stack.has('hooks/b.js'));
  });

  test('follow an update while nobody has touched them, again and again', async () => {
    const stack = await created(v1, { git });
    const report = await stack.sync(generate(v2), { git });
    assert.equal(changes(report), [
      'compose.yaml: changed',
      'hooks/a.js: changed',
      'hooks/b.js: changed',
    ]);
    assert.is(stack.read('hooks/a.js'), 'newer a\n');
    const v3 = { ...v2, 'compose.yaml': lines('compose', { 1: 'v3' }), 'hooks/a.js': seed('c\n') };
    assert.equal(changes(await stack.sync(generate(v3), { git })), [
      'compose.yaml: changed',
      'hooks/a.js: changed',
    ]);
    assert.is(stack.read('hooks/a.js'), 'c\n');
  });

  test('are no reason for an update when only their template changed', async () => {
    const stack = await created(v1, { git });
    const report = await stack.sync(generate({ ...v1, 'hooks/a.js': seed('newer\n') }), { git });
    assert.is(report.outcome, 'unchanged');
  });

  test('go with their feature unless they were edited, and come back with it', async () => {
    const stack = await created(v1, { git });
    stack.write('hooks/a.js', 'mine\n');
    if (git) stack.commit();
    await stack.sync(generate(v2), { git });
    const report = await stack.sync(generate({ 'compose.yaml': v2['compose.yaml'] }), { git });
    assert.equal(changes(report), ['hooks/a.js: kept', 'hooks/b.js: removed']);
    assert.is(stack.read('hooks/a.js'), 'mine\n');
    assert.not(stack.has('hooks/b.js'));
    assert.equal(changes(await stack.sync(generate(v2), { git })), [
      'hooks/a.js: kept',
      'hooks/b.js: added',
    ]);
    assert.is(stack.read('hooks/a.js'), 'mine\n');
    assert.is(stack.read('hooks/b.js'), 'newer b\n');
  });

  test('may become managed and the other way round', async () => {
    const stack = await created(v1, { git });
    const swapped = {
      'compose.yaml': seed(lines('compose', { 1: 'v2' })),
      'hooks/a.js': 'seed a\n',
      'hooks/b.js': seed('seed b\n'),
    };
    assert.is((await stack.sync(generate(swapped), { git })).outcome, 'updated');
    assert.is(stack.read('compose.yaml'), v1['compose.yaml']);
    await stack.sync(generate({ ...swapped, 'hooks/a.js': 'managed a\n' }), { git });
    assert.is(stack.read('hooks/a.js'), 'managed a\n');
  });

  test.run();
}
