/** One value of one dimension: by the dimension's number, and its own in it. */
type Value = readonly [dimension: number, value: number];

/**
 * Rows that hold, together, every three values of different dimensions that go together: a covering array of strength
 * three. Trying all rows finds whatever takes up to three answers to go wrong; all combinations would be thousands.
 *
 * @param sizes how many values each dimension has
 * @param clash whether two values cannot stand in one row
 * @returns one number for each dimension, by row
 */
export function cover(
  sizes: readonly number[],
  clash: (a: Value, b: Value) => boolean,
): readonly (readonly number[])[] {
  const rows: number[][] = [];
  const open = triples(sizes, clash);
  for (const [key, triple] of open) {
    // Deleting while walking is fine in a Map: what a row covers does not come up any more.
    const row = complete(triple, sizes, clash, (a, b, c) => open.has(keyOf(a, b, c)));
    open.delete(key);
    if (!row) continue;
    rows.push(row.map(([, value]) => value));
    for (const [a, b, c] of chosen(row)) open.delete(keyOf(a, b, c));
  }
  return rows;
}

type Clash = (a: Value, b: Value) => boolean;
type Triple = readonly [Value, Value, Value];

/** Fills the other dimensions, each with the value that covers the most; undefined when nothing goes with the three. */
function complete(
  triple: Triple,
  sizes: readonly number[],
  clash: Clash,
  isOpen: (...triple: Triple) => boolean,
): readonly Value[] | undefined {
  const fill = (row: readonly Value[], dimension: number): readonly Value[] | undefined => {
    if (dimension === sizes.length) return [...row].sort(([a], [b]) => a - b);
    if (row.some(([taken]) => taken === dimension)) return fill(row, dimension + 1);
    const gains = numbers(sizes[dimension] ?? 0)
      .map((value): Value => [dimension, value])
      .filter((value) => !row.some((other) => clash(other, value)))
      .map((value) => ({
        value,
        gain: pairs(row).filter(([a, b]) => isOpen(...ordered(a, b, value))).length,
      }))
      .sort((a, b) => b.gain - a.gain);
    for (const { value } of gains) {
      const full = fill([...row, value], dimension + 1);
      if (full) return full;
    }
    return undefined;
  };
  return fill(triple, 0);
}

/** Every three values that no two of clash. */
function triples(sizes: readonly number[], clash: Clash): Map<string, Triple> {
  const values = sizes.flatMap((size, dimension) =>
    numbers(size).map((value): Value => [dimension, value]),
  );
  const apart = (a: Value, b: Value) => a[0] < b[0] && !clash(a, b);
  return new Map(
    values.flatMap((a) =>
      values
        .filter((b) => apart(a, b))
        .flatMap((b) =>
          values
            .filter((c) => apart(b, c) && !clash(a, c))
            .map((c) => [keyOf(a, b, c), [a, b, c]] as const),
        ),
    ),
  );
}

function chosen(row: readonly Value[]): Triple[] {
  return row.flatMap((c, index) => pairs(row.slice(0, index)).map(([a, b]): Triple => [a, b, c]));
}

function pairs(row: readonly Value[]): (readonly [Value, Value])[] {
  return row.flatMap((b, index) => row.slice(0, index).map((a) => [a, b] as const));
}

function ordered(...values: Triple): Triple {
  const [a, b, c] = [...values].sort(([one], [other]) => one - other);
  if (!a || !b || !c) throw new Error('three values are three values');
  return [a, b, c];
}

function keyOf(...triple: Triple): string {
  return triple.map((value) => value.join('.')).join(' ');
}

function numbers(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}
