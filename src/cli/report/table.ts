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

/** Narrower than this, text beside a name reads worse than text below it. */
const narrow = 20;

/** Names and what there is to say about each; long text goes on below its beginning. Where there is no room, all of it stands below. */
export function listing(rows: readonly (readonly [string, string])[], width: number): string {
  const column = Math.max(...rows.map(([name]) => columnsOf(name))) + 2;
  if (width - column < narrow) return rows.flatMap((row) => stacked(row, width)).join('\n');
  return rows
    .flatMap(([name, text]) =>
      wrap(text, width - column).map((line, index) =>
        `${padTo(index === 0 ? name : '', column)}${line}`.trimEnd(),
      ),
    )
    .join('\n');
}

/** A name, in columns or not, as running text with the rest below it. */
function stacked([name, text]: readonly [string, string], width: number): string[] {
  const lines = wrap(text, width - 2).map((line) => `  ${line}`.trimEnd());
  return [...wrap(name.replace(/ {2,}/g, ', '), width), ...lines];
}
