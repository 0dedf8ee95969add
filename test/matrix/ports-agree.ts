import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { blueprints } from '../../blueprints/index.ts';
import { portsToTry } from '../../src/doctor/checks/ports.ts';
import { fortigateInlets } from '../blueprints/firewall/read/fortios.ts';
import { hostOpens } from '../blueprints/firewall/read/host.ts';
import { type Files, fileIn, inlet, sources } from '../blueprints/firewall/read/inlet.ts';
import { opnsenseInlets } from '../blueprints/firewall/read/opnsense.ts';
import { moduleOpens, scriptOpens } from '../blueprints/firewall/read/provider.ts';
import { mikrotikInlets } from '../blueprints/firewall/read/routeros.ts';
import { pfsenseInlets, tablesIn, unifiInlets } from '../blueprints/firewall/read/steps.ts';
import { openwrtInlets } from '../blueprints/firewall/read/uci.ts';
import type { RenderedStack } from './stack.ts';

/** Answers as a stack keeps them. */
interface Kept {
  readonly network: {
    readonly exposure: 'public' | 'nat' | 'lan';
    readonly publicAddresses: readonly string[];
    readonly lanAddresses: readonly string[];
    readonly ipv6: boolean;
  };
  readonly firewall: readonly string[];
}

/** A row of firewall/ports.md. */
type Row = Readonly<Record<string, string>>;

const administration = 'Administration of this server';

/**
 * Whatever names a port says the same: compose.yaml and the configuration of what listens, firewall/ports.md, README.md, the
 * files for every firewall, and what the doctor tries. All but the last is read from the rendered files.
 */
export function portsAgree({ plan, files: rendered }: RenderedStack): void {
  const files: Files = new Map(rendered.map(({ path, text }) => [path, text]));
  const page = fileIn(files, 'firewall/ports.md');
  const section = (title: string) => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const open = tablesIn(section('Open'));
  const forwarded = tablesIn(section('On the router')).map((row) => Object.values(row)[0] ?? '');
  const portsOf = (rows: readonly Row[]) => rows.map(({ Port = '' }) => Port).sort();

  const byOthers = open.filter((row) => row['Answered by'] !== 'this server');
  assert.equal(listening(files), portsOf(byOthers), 'what listens, and ports.md');

  const readme = tablesIn(
    fileIn(files, 'README.md').split('## Ports\n')[1]?.split('\n## ')[0] ?? '',
  );
  const said = readme.filter((row) => row['Open to'] !== 'this server');
  assert.equal(portsOf(said), portsOf(open), 'README.md and ports.md');
  assert.equal(
    said
      .filter((row) => /forwarded/.test(row['Open to'] ?? ''))
      .map(({ Port }) => Port)
      .sort(),
    [...forwarded].sort(),
    'forwards of README.md and ports.md',
  );

  const kept: Kept = JSON.parse(fileIn(files, 'jitsi-stack.json'));
  // For machines that are named; who visits a meeting has nothing to do with them.
  const isNamed = (row: Row) => /^only /.test(row.From ?? '');
  const named = open.filter(isNamed);
  const visited = open.filter((row) => row.For !== administration && !isNamed(row));
  for (const [name, read] of Object.entries(routers)) {
    if (!kept.firewall.includes(name)) continue;
    const wanted = waysIn(kept, portsOf(visited), forwarded, ranges(page));
    const [few, all] = splitInlets(read(files), named);
    assert.equal(all.sort(), wanted.sort(), `${name} and ports.md`);
    for (const one of few) assert.ok(isFor(one, named), `${name} lets others in: ${one}`);
  }

  for (const name of kept.firewall) {
    const opens = hostOpens(files, name);
    if (opens) assert.equal(opens, portsOf(open), `${name} and ports.md`);
  }

  // Over IPv6 too: whoever looks after a server may do so where nobody else is served over it.
  const { exposure, ipv6 } = kept.network;
  const local = ranges(page);
  const all = exposure === 'lan' ? local : ['0.0.0.0/0', '::/0'];
  const met = exposure === 'nat' ? forwarded : portsOf(visited);
  const opened = [
    ...met.map(
      (port) => `${port} from ${all.filter((one) => ipv6 || !one.includes(':')).join(' ')}`,
    ),
    ...open
      .filter((row) => row.For === administration)
      .map(({ Port }) => `${Port} from ${all.join(' ')}`),
    ...named.map(
      (row) =>
        `${row.Port} from ${addressesOf(row)
          .map((one) => `${one}/32`)
          .join(' ')}`,
    ),
  ].sort();
  for (const name of providers.filter((one) => kept.firewall.includes(one))) {
    assert.equal(
      [...moduleOpens(files, name)].sort(),
      opened,
      `the module of ${name} and ports.md`,
    );
    const script = scriptOpens(files, name);
    if (script) assert.equal([...script].sort(), opened, `the script of ${name} and ports.md`);
  }

  const routed = kept.network.exposure === 'nat';
  assert.equal(
    drawn(fileIn(files, 'README.md')),
    [...(routed ? forwarded : portsOf(visited))].sort(),
    'the drawing and ports.md',
  );
  const tried = portsToTry(plan, 'outside').open.map(({ port }) => `${port}/tcp`);
  assert.equal(
    tried.sort(),
    (routed ? forwarded : portsOf(visited)).filter((port) => port.endsWith('/tcp')).sort(),
    'the doctor and ports.md',
  );
}

/** Ways in to the ports of named machines, and all others. */
function splitInlets(inlets: readonly string[], named: readonly Row[]) {
  const isOfFew = (one: string) => named.some(({ Port }) => one.startsWith(`${Port} to `));
  return [inlets.filter(isOfFew), inlets.filter((one) => !isOfFew(one))] as const;
}

/** Whether nobody comes in there but the machines that ports.md names. */
function isFor(one: string, named: readonly Row[]): boolean {
  const row = named.find(({ Port }) => one.startsWith(`${Port} to `)) ?? {};
  const sources = / from (.+)$/.exec(one)?.[1]?.split(' ') ?? [];
  const isNamed = (source: string) => addressesOf(row).includes(source.replace('/32', ''));
  return sources.length > 0 && sources.every(isNamed);
}

/** Of `only b1 (203.0.113.8), b2 (198.51.100.20)`. */
function addressesOf({ From = '' }: Row): readonly string[] {
  return [...From.matchAll(/\(([\d.]+)\)/g)].map(([, address = '']) => address);
}

/** Ports on the arrows that come from people, or from the router before the server. */
function drawn(readme: string): string[] {
  const [, drawing = ''] = /```mermaid\n(.*?)```/s.exec(readme) ?? [];
  return [...drawing.matchAll(/^ {2}(?:people\(\(people\)\)|router) -- "(.*)" -->/gm)]
    .flatMap(([, label = '']) => label.split(', '))
    .filter((label) => /^[\d-]+\/(tcp|udp)$/.test(label))
    .sort();
}

const routers: Readonly<Record<string, (files: Files) => readonly string[]>> = {
  fortigate: fortigateInlets,
  mikrotik: mikrotikInlets,
  openwrt: openwrtInlets,
  opnsense: opnsenseInlets,
  pfsense: pfsenseInlets,
  unifi: unifiInlets,
};

const providers = blueprints.flatMap(({ offer }) =>
  offer?.section === 'firewall' && offer.group === 'provider' ? [offer.value] : [],
);

/** Private addresses, as firewall/ports.md has them. */
function ranges(page: string): string[] {
  const [, list = ''] = /take private addresses for the local network \(([^)]*)\)/.exec(page) ?? [];
  return list.split(', ');
}

/** What a router in front has to let in, by ports.md and the addresses. */
function waysIn(
  { network }: Kept,
  visited: readonly string[],
  forwarded: readonly string[],
  local: readonly string[],
): string[] {
  const { exposure, publicAddresses, lanAddresses } = network;
  const isSix = (address: string) => address.includes(':');
  const to = (ports: readonly string[], address: string, from: string) =>
    ports.map((name) => {
      const [port = '', protocol = ''] = name.split('/');
      return inlet(protocol, port, address, from);
    });
  if (exposure === 'nat')
    return [
      ...(publicAddresses.some((one) => !isSix(one))
        ? to(forwarded, lanAddresses[0] ?? '', 'translated')
        : []),
      ...publicAddresses.filter(isSix).flatMap((one) => to(forwarded, one, sources([]))),
    ];
  if (exposure === 'public') return publicAddresses.flatMap((one) => to(visited, one, sources([])));
  return lanAddresses.flatMap((one) =>
    to(visited, one, sources(local.filter((range) => isSix(range) === isSix(one)))),
  );
}

/** Ports on which something of the stack really listens for others than this server, by compose.yaml and the programs' own files. */
function listening(files: Files): string[] {
  const { services }: Compose = parse(fileIn(files, 'compose.yaml'));
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports
      .filter((port) => !port.startsWith('127.0.0.1:'))
      .map((port) => {
        const [, range = '', inside = '', protocol = ''] =
          /^(?:[\d.]+:)?([\d-]+):([\d-]+)\/(tcp|udp)$/.exec(port) ?? [];
        const binds = bindsOf[name]?.(files);
        if (binds) assert.ok(binds.includes(inside), `${name} listens on ${inside}: ${binds}`);
        return `${range}/${protocol}`;
      }),
  );
  const hosted = Object.entries(services).flatMap(([name, { network_mode }]) => {
    if (network_mode !== 'host') return [];
    const own = inHostNetwork[name];
    if (!own) throw new Error(`nobody knows where ${name} listens`);
    return own(files);
  });
  return [...published, ...hosted].sort();
}

interface Compose {
  readonly services: Readonly<Record<string, { ports?: string[]; network_mode?: string }>>;
}

/** Ports that proxies bind inside their containers. */
const bindsOf: Readonly<Record<string, (files: Files) => readonly string[]>> = {
  haproxy: (files) =>
    [...fileIn(files, 'haproxy/haproxy.cfg').matchAll(/^ *bind (?:\S*:)?(\d+)\b/gm)].map(
      ([, port = '']) => port,
    ),
  nginx: (files) =>
    [...files]
      .filter(([path]) => /^nginx\/.*\.conf$/.test(path))
      .flatMap(([, text]) => [...text.matchAll(/^ *listen (?:\S*:)?(\d+)\b/gm)])
      .map(([, port = '']) => port),
};

/** Where those listen that have no network of their own. */
const inHostNetwork: Readonly<Record<string, (files: Files) => readonly string[]>> = {
  coturn(files) {
    const text = fileIn(files, 'coturn/turnserver.conf');
    const value = (name: string) => new RegExp(`^${name}=(\\d+)$`, 'm').exec(text)?.[1];
    const [plain, tls] = [value('listening-port'), value('tls-listening-port')];
    return [
      ...(/^no-udp$/m.test(text) ? [] : [`${plain}/udp`]),
      ...(/^no-tcp$/m.test(text) ? [] : [`${plain}/tcp`]),
      ...(/^no-tls$/m.test(text) ? [] : [`${tls}/tcp`]),
      `${value('min-port')}-${value('max-port')}/udp`,
    ];
  },
};
