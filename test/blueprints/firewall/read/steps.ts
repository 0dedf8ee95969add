import { type Files, fileIn, inlet, sources } from './inlet.ts';

/** The tables of a Markdown page: each row by the titles of its columns. @throws Error where a row has other columns */
export function tablesIn(page: string): readonly Readonly<Record<string, string>>[] {
  return (page.match(/(^\|.*\n)+/gm) ?? []).flatMap((table) => {
    const [titles = [], rule, ...rows] = table.trim().split('\n').map(cellsOf);
    if (!rule?.every((cell) => /^-+$/.test(cell))) throw new Error(`no table: ${table}`);
    return rows.map((cells) => {
      if (cells.length !== titles.length) throw new Error(`columns: ${cells}`);
      return Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? '']));
    });
  });
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
}

/** What the steps for a pfSense have somebody let in. */
export function pfsenseInlets(files: Files): readonly string[] {
  const rows = tablesIn(fileIn(files, 'firewall/pfsense.md')).filter((row) => row.Description);
  return rows.map((row) =>
    row['Redirect target IP'] === undefined
      ? inlet(
          row.Protocol ?? '',
          row['Destination port range'] ?? '',
          row.Destination ?? '',
          sourceOf(row),
        )
      : inlet(
          row.Protocol ?? '',
          row['Destination port range'] ?? '',
          row['Redirect target IP'],
          'translated',
        ),
  );
}

/** What the steps for a UniFi gateway have somebody let in. */
export function unifiInlets(files: Files): readonly string[] {
  return tablesIn(fileIn(files, 'firewall/unifi.md')).map((row) =>
    row['Forward IP'] === undefined
      ? inlet(row.Protocol ?? '', row.Port ?? '', row.Destination ?? '', sourceOf(row))
      : inlet(row.Protocol ?? '', row['WAN port'] ?? '', row['Forward IP'], 'translated'),
  );
}

function sourceOf({ Source = '' }: Readonly<Record<string, string>>): string {
  if (!/^(any|[\da-f.:/, ]+)$/.test(Source)) throw new Error(`source: ${Source}`);
  return sources(Source === 'any' ? [] : Source.split(', '));
}
