import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blueprints } from '../../blueprints/index.ts';
import { answersOf, cases as golden } from '../golden/cases.ts';
import { combinations } from './combinations.ts';
import { cover } from './cover.ts';
import { close, dimensions } from './dimensions.ts';
import { refusal, withCases } from './plain.ts';
import { planOf } from './stack.ts';

const matrix = suite('the matrix');

matrix('rows hold every two values that go together, and every three of close dimensions', () => {
  const sizes = [4, 3, 2, 3, 5];
  const close = [0, 1, 3];
  // 0.1 and 1.2 do not go together.
  const clash = ([a, i]: readonly [number, number], [b, j]: readonly [number, number]) =>
    a === 0 && i === 1 && b === 1 && j === 2;
  const rows = cover(sizes, close, (a, b) => clash(a, b) || clash(b, a));
  assert.ok(rows.length < 4 * 3 * 3 * 2, `${rows.length}`);
  for (const row of rows) {
    assert.is(row.length, 5);
    assert.not(row[0] === 1 && row[1] === 2);
  }
  const values = sizes.flatMap((size, dimension) =>
    Array.from({ length: size }, (_, value) => [dimension, value] as const),
  );
  const isHeld = (...wanted: readonly (readonly [number, number])[]) =>
    assert.ok(
      rows.some((row) => wanted.every(([at, value]) => row[at] === value)),
      wanted.join(' '),
    );
  for (const a of values)
    for (const b of values) {
      if (a[0] >= b[0] || clash(a, b)) continue;
      isHeld(a, b);
      for (const c of values)
        if (b[0] < c[0] && [a, b, c].every(([dimension]) => close.includes(dimension)))
          isHeld(a, b, c);
    }
});

matrix('where the server is and what answers there are close', () => {
  const names = close.map((index) => dimensions[index]?.[0]?.name);
  assert.is(names.length, 4, names.join(', '));
});

matrix('each case is right in itself, and goes with plain answers to all else', async () => {
  for (const one of dimensions.flat()) {
    assert.is(refusal(one), undefined, one.name);
    await planOf(withCases([one]));
  }
});

matrix('each case is in a combination', () => {
  const used = new Set(combinations.flatMap(({ cases }) => cases));
  assert.equal(
    dimensions.flat().filter((one) => !used.has(one)),
    [],
  );
});

const offered = blueprints.filter(({ offer }) => offer).map(({ id }) => id);
const lacking = (seen: ReadonlySet<string | undefined>) => offered.filter((id) => !seen.has(id));

matrix('every feature that can be chosen is a case', () => {
  assert.equal(lacking(new Set(dimensions.flat().flatMap(({ blueprints }) => blueprints))), []);
});

matrix('every feature that can be chosen is in a golden tree', async () => {
  const plans = await Promise.all(golden.map((one) => planOf(answersOf(one))));
  assert.equal(
    lacking(new Set(plans.flatMap(({ features }) => features.map(({ id }) => id)))),
    [],
    'add one of them to test/golden',
  );
});

matrix.run();
