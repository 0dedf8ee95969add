import { type Files, fileIn, inlet, sources } from './inlet.ts';

type Settings = Readonly<Record<string, string>>;

/** A table of FortiOS: its objects by name, each with the words behind every `set`. Policies have the number 0, so a list. */
export type Tables = Readonly<
  Record<string, readonly { readonly name: string; readonly set: Settings }[]>
>;

/** What can be set in each table, in all versions from 6.4 to 7.6. https://docs.fortinet.com/document/fortigate/7.4.4/cli-reference */
const settable: Readonly<Record<string, readonly string[]>> = {
  'firewall vip': [
    'extip',
    'extintf',
    'mappedip',
    'portforward',
    'protocol',
    'extport',
    'mappedport',
  ],
  'firewall address': ['subnet'],
  'firewall address6': ['ip6'],
  'firewall service custom': ['tcp-portrange', 'udp-portrange'],
  'firewall policy': [
    ...['name', 'srcintf', 'dstintf', 'srcaddr', 'dstaddr', 'srcaddr6', 'dstaddr6', 'action'],
    ...['schedule', 'service', 'nat'],
  ],
  'firewall DoS-policy': ['comments', 'interface', 'srcaddr', 'dstaddr', 'service', 'anomaly'],
  'firewall DoS-policy6': ['comments', 'interface', 'srcaddr', 'dstaddr', 'service', 'anomaly'],
  'firewall central-snat-map': ['srcintf', 'dstintf', 'orig-addr', 'dst-addr', 'nat', 'comments'],
};

/** What a DoS policy counts, each with its words: https://docs.fortinet.com/document/fortigate/7.2.12/cli-reference/561707922 */
const anomaly =
  /^config anomaly\nedit "((?:tcp|udp)_src_session)"\nset status enable\nset action block\nset threshold (\d+)\nnext\nend$/gm;

/** Reads FortiOS's own grammar of `config`, `edit`, `set`, `delete`, `next` and `end`; anything else is an error. */
export function parseFortios(text: string): Tables {
  const tables: Record<string, { name: string; set: Record<string, string> }[]> = {};
  let table: string | undefined;
  let set: Record<string, string> | undefined;
  // A table within an entry; its one line here has the same form as a setting.
  const flat = text.replace(/^ +/gm, '').replace(anomaly, 'set anomaly $1 $2');
  for (const line of flat.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [word = '', name = '', ...rest] = line.match(/"[^"]*"|\S+/g) ?? [];
    const bare = name.replaceAll('"', '');
    const known = table === undefined ? undefined : settable[table];
    if (word === 'config' && !table && settable[line.slice(7)]) {
      table = line.slice(7);
      tables[table] ??= [];
    } else if ((word === 'edit' || word === 'delete') && table && !set && rest.length === 0) {
      if (bare !== '0' && tables[table]?.some((one) => one.name === bare))
        throw new Error(`${bare} twice`);
      const object = { name: bare, set: {} };
      tables[table]?.push(object);
      if (word === 'edit') set = object.set;
    } else if (word === 'set' && set && rest.length > 0 && known?.includes(name) && !(name in set))
      set[name] = rest.join(' ').replaceAll('"', '');
    else if (line === 'next' && set) set = undefined;
    else if (line === 'end' && table && !set) table = undefined;
    else throw new Error(`FortiOS does not know: ${line}`);
  }
  if (table) throw new Error('a table is not closed');
  return tables;
}

/** What a FortiGate lets in by its policies, those from the server's own network apart. */
export function fortigateInlets(files: Files): readonly string[] {
  const tables = parseFortios(fileIn(files, 'firewall/fortigate.conf'));
  const named = (table: string) =>
    new Map((tables[table] ?? []).map(({ name, set }) => [name, set] as const));
  const [vips, addresses, addresses6] = ['vip', 'address', 'address6'].map((one) =>
    named(`firewall ${one}`),
  );
  const services = named('firewall service custom');
  const [policy] = tables['firewall policy'] ?? [];
  const words = (setting: string) => policy?.set[setting]?.split(' ') ?? [];
  const fromOf = (list: readonly string[], key: 'subnet' | 'ip6') =>
    sources(
      list[0] === 'all'
        ? []
        : list.map((one) => (key === 'ip6' ? addresses6 : addresses)?.get(one)?.[key] ?? one),
    );
  return words('service').flatMap((service) => {
    const ranges = services.get(service) ?? {};
    const protocol = ranges['tcp-portrange'] ? 'tcp' : 'udp';
    const port = ranges[`${protocol}-portrange`] ?? '';
    const to = (object: string, key: 'subnet' | 'ip6', from: string) => {
      const address = (key === 'ip6' ? addresses6 : addresses)?.get(object)?.[key];
      // With central NAT a virtual IP translates to it before.
      const central = [...(vips?.values() ?? [])].some(
        (vip) =>
          `${vip.mappedip}/32` === address && vip.protocol === protocol && vip.mappedport === port,
      );
      return inlet(
        protocol,
        port,
        address?.replace(/\/(32|128)$/, '') ?? object,
        central ? 'translated' : from,
      );
    };
    return [
      ...words('dstaddr').flatMap((object) => {
        const vip = vips?.get(object);
        if (!vip) return [to(object, 'subnet', fromOf(words('srcaddr'), 'subnet'))];
        // A virtual IP and a service meet at one port.
        if (vip.protocol !== protocol || vip.mappedport !== port || vip.extport !== port) return [];
        return [inlet(protocol, port, vip.mappedip ?? '', 'translated')];
      }),
      ...words('dstaddr6').map((object) => to(object, 'ip6', fromOf(words('srcaddr6'), 'ip6'))),
    ];
  });
}
