import { columnsOf, padTo, wrap } from './wrap.ts';

/** Rows in columns as wide as their widest cell, two blanks apart; the last column runs free. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, columnsOf(cell))),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Names and what there is to say about each; long text goes on below its beginning. */
export function listing(rows: readonly (readonly [string, string])[], width: number): string {
  const column = Math.max(...rows.map(([name]) => columnsOf(name))) + 2;
  return rows
    .flatMap(([name, text]) =>
      wrap(text, Math.max(14, width - column)).map((line, index) =>
        `${padTo(index === 0 ? name : '', column)}${line}`.trimEnd(),
      ),
    )
    .join('\n');
}
