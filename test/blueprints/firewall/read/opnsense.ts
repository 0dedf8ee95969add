import { type Files, inlet, sources } from './inlet.ts';

/** Columns that OPNsense's models have (DNat.xml, Filter.xml), with what may stand in them here. */
const forwardColumns: Columns = {
  '@uuid': /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
  sequence: /^[1-9]\d{0,5}$/,
  disabled: /^0$/,
  interface: /^\w+$/,
  ipprotocol: /^inet$/,
  protocol: /^(tcp|udp)$/,
  'source.network': /^any$/,
  'destination.network': /^\w+ip$/,
  'destination.port': /^\d+(-\d+)?$/,
  target: /^[\d.]+$/,
  'local-port': /^\d+$/,
  natreflection: /^purenat$/,
  pass: /^pass$/,
  descr: /^jitsi-[a-z0-9_-]+: [a-z0-9-]+$/,
};

const ruleColumns: Columns = {
  '@uuid': /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
  enabled: /^1$/,
  sequence: /^[1-9]\d{0,5}$/,
  action: /^pass$/,
  quick: /^1$/,
  interface: /^\w*$/,
  direction: /^in$/,
  ipprotocol: /^inet6?$/,
  protocol: /^(TCP|UDP)$/,
  source_net: /^(any|[\da-f.:/,]+)$/,
  destination_net: /^[\da-f.:]+$/,
  destination_port: /^\d+(-\d+)?$/,
  'max-src-states': /^\d*$/,
  description: /^jitsi-[a-z0-9_-]+: [a-z0-9-]+$/,
};

type Columns = Readonly<Record<string, RegExp>>;

/** Rows of a file that OPNsense imports. @throws Error on a column or value that it does not know */
export function parseImport(
  text: string,
  columns: Columns,
): readonly Readonly<Record<string, string>>[] {
  const [heading, ...lines] = text.trimEnd().split('\n').map(fieldsOf);
  if (heading?.join() !== Object.keys(columns).join()) throw new Error(`columns: ${heading}`);
  const rows = lines.map((fields) => {
    if (fields.length !== heading.length) throw new Error(`fields: ${fields}`);
    return Object.fromEntries(heading.map((name, index) => [name, fields[index] ?? '']));
  });
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (!columns[name]?.test(value)) throw new Error(`${name} is ${value}`);
  if (new Set(rows.map((row) => row['@uuid'])).size < rows.length) throw new Error('a row twice');
  return rows;
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,"]*))/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
}

export const parseForwards = (text: string) => parseImport(text, forwardColumns);
export const parseRules = (text: string) => parseImport(text, ruleColumns);

/** What an OPNsense lets in after both imports. */
export function opnsenseInlets(files: Files): readonly string[] {
  const forwards = files.get('firewall/opnsense-nat.csv');
  const rules = files.get('firewall/opnsense-rules.csv');
  return [
    ...(forwards === undefined ? [] : parseForwards(forwards)).map((row) =>
      inlet(row.protocol ?? '', row['destination.port'] ?? '', row.target ?? '', 'translated'),
    ),
    ...(rules === undefined ? [] : parseRules(rules)).map((row) => {
      const from = row.source_net === 'any' ? [] : (row.source_net ?? '').split(',');
      return inlet(
        row.protocol ?? '',
        row.destination_port ?? '',
        row.destination_net ?? '',
        sources(from),
      );
    }),
  ];
}
