/** One value of one dimension: by the dimension's number, and its own in it. */
type Value = readonly [dimension: number, value: number];
/** Values of different dimensions, in the order of these. */
type Tuple = readonly Value[];
type Clash = (a: Value, b: Value) => boolean;

/**
 * Rows that hold, together, every two values of different dimensions that go together, and every three of the close
 * dimensions: a covering array of mixed strength. All combinations would be hundreds of thousands.
 *
 * @param sizes how many values each dimension has
 * @param close the dimensions whose answers change each other's files
 * @param clash whether two values cannot stand in one row
 * @returns one number for each dimension, by row
 */
export function cover(
  sizes: readonly number[],
  close: readonly number[],
  clash: Clash,
): readonly (readonly number[])[] {
  const rows: number[][] = [];
  const open = wanted(sizes, close, clash);
  for (const [key, tuple] of open) {
    // Deleting while walking is fine in a Map: what a row covers does not come up any more.
    const row = complete(tuple, sizes, clash, (other) => open.has(keyOf(other)));
    open.delete(key);
    if (!row) continue;
    rows.push(row.map(([, value]) => value));
    for (const [index, value] of row.entries())
      for (const others of upToTwo(row.slice(0, index))) open.delete(keyOf([...others, value]));
  }
  return rows;
}

/** Fills the other dimensions, each with the value that covers the most; undefined when nothing goes with the tuple. */
function complete(
  tuple: Tuple,
  sizes: readonly number[],
  clash: Clash,
  isOpen: (tuple: Tuple) => boolean,
): Tuple | undefined {
  const fill = (row: Tuple, dimension: number): Tuple | undefined => {
    if (dimension === sizes.length) return inOrder(row);
    if (row.some(([taken]) => taken === dimension)) return fill(row, dimension + 1);
    const gains = valuesOf(sizes, dimension)
      .filter((value) => !row.some((other) => clash(other, value)))
      .map((value) => ({
        value,
        gain: upToTwo(row).filter((others) => isOpen(inOrder([...others, value]))).length,
      }))
      .sort((a, b) => b.gain - a.gain);
    for (const { value } of gains) {
      const full = fill([...row, value], dimension + 1);
      if (full) return full;
    }
    return undefined;
  };
  return fill(tuple, 0);
}

/** Every three close values, then every two, that do not clash: threes first, since they cover twos on their way. */
function wanted(
  sizes: readonly number[],
  close: readonly number[],
  clash: Clash,
): Map<string, Tuple> {
  const values = sizes.flatMap((_, dimension) => valuesOf(sizes, dimension));
  const apart = (a: Value, b: Value) => a[0] < b[0] && !clash(a, b);
  const twos = values.flatMap((b) => values.filter((a) => apart(a, b)).map((a): Tuple => [a, b]));
  const threes = twos.flatMap((two) =>
    values
      .filter((c) => two.every((value) => apart(value, c)))
      .map((c): Tuple => [...two, c])
      .filter((three) => three.every(([dimension]) => close.includes(dimension))),
  );
  return new Map([...threes, ...twos].map((tuple) => [keyOf(tuple), tuple]));
}

/** Each of a row, and each two. */
function upToTwo(row: Tuple): Tuple[] {
  return row.flatMap((b, index) => [[b], ...row.slice(0, index).map((a) => [a, b])]);
}

function inOrder(tuple: Tuple): Tuple {
  return [...tuple].sort(([a], [b]) => a - b);
}

function keyOf(tuple: Tuple): string {
  return tuple.map((value) => value.join('.')).join(' ');
}

function valuesOf(sizes: readonly number[], dimension: number): Value[] {
  return Array.from({ length: sizes[dimension] ?? 0 }, (_, value) => [dimension, value]);
}
