import { type Files, fileIn, inlet, sources } from './inlet.ts';

/**
 * RouterOS's own words, as far as the files use them: menus with the properties that they have there.
 * https://help.mikrotik.com/docs/spaces/ROS/pages/3211299/NAT, …/48660574/Filter
 */
const menus: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '/ip firewall nat': {
    chain: /^(dstnat|srcnat)$/,
    action: /^(dst-nat|masquerade)$/,
    'dst-address': /^[\d./]+$/,
    'src-address': /^[\d./]+$/,
    'in-interface-list': /^\w+$/,
    'connection-nat-state': /^dstnat$/,
    protocol: /^(tcp|udp)$/,
    'dst-port': /^\d+(-\d+)?$/,
    'to-addresses': /^[\d.]+$/,
    comment: /^.+$/,
  },
  '/ip firewall filter': filter(/^[\d./]+$/, 32),
  '/ipv6 firewall filter': filter(/^[\da-f:/]+$/, 64),
};

function filter(address: RegExp, source: number) {
  return {
    chain: /^[a-z0-9_-]+$/,
    action: /^(accept|drop|jump)$/,
    'connection-state': /^new$/,
    'connection-limit': new RegExp(`^\\d+,${source}$`),
    'jump-target': /^[a-z0-9_-]+$/,
    'in-interface-list': /^\w+$/,
    'connection-nat-state': /^dstnat$/,
    'src-address': address,
    'dst-address': address,
    protocol: /^(tcp|udp)$/,
    'dst-port': /^\d+(-\d+)?$/,
    'place-before': /^\(\$first6?->0\)$/,
    comment: /^.+$/,
  };
}

export interface Command {
  readonly menu: string;
  readonly verb: 'add' | 'remove';
  /** Of `add`, its properties; of `remove`, the pattern of comments. */
  readonly words: Readonly<Record<string, string>>;
}

/** Every command of a script, in its order. @throws Error where it is not one that RouterOS and this stack know */
export function parseRouteros(text: string): readonly Command[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      if (
        /^:local first6? \[\/ip(v6)? firewall filter find where chain=forward dynamic=no\]$/.test(
          line,
        )
      )
        return [];
      const guarded = /^:if \(\[:len \$first6?\] > 0\) do=\{ (.*) \}$/.exec(line)?.[1] ?? line;
      return [parseCommand(guarded)];
    });
}

function parseCommand(line: string): Command {
  const menu = Object.keys(menus).find((one) => line.startsWith(`${one} `));
  if (!menu) throw new Error(`no such menu: ${line}`);
  const rest = line.slice(menu.length + 1);
  const removed = /^remove \[find where comment~"(\^[a-z0-9_-]+:)"\]$/.exec(rest)?.[1];
  if (removed !== undefined) return { menu, verb: 'remove', words: { comment: removed } };
  const said = rest.match(/^add|[a-z-]+=(?:"[^"]*"|\([^)]*\)|\S+)/g) ?? [];
  if (said.join(' ') !== rest || said[0] !== 'add') throw new Error(`not a command: ${line}`);
  const words: Record<string, string> = {};
  for (const word of said.slice(1)) {
    const [, name = '', value = ''] = /^([a-z-]+)="?(.*?)"?$/.exec(word) ?? [];
    if (!menus[menu]?.[name]?.test(value) || name in words)
      throw new Error(`not known there: ${word}`);
    words[name] = value;
  }
  return { menu, verb: 'add', words };
}

/** What a MikroTik lets in. A forward counts only where the filter lets it through. */
export function mikrotikInlets(files: Files): readonly string[] {
  const added = parseRouteros(fileIn(files, 'firewall/mikrotik.rsc')).filter(
    ({ verb }) => verb === 'add',
  );
  const inMenu = (menu: string) =>
    added.filter((one) => one.menu === menu).map(({ words }) => words);
  const found = new Map<string, string[]>();
  for (const menu of ['/ip firewall filter', '/ipv6 firewall filter']) {
    const rules = inMenu(menu);
    for (const jump of rules.filter(({ action }) => action === 'jump'))
      for (const { protocol = '', 'dst-port': port = '', 'src-address': only } of rules.filter(
        ({ chain, action }) => chain === jump['jump-target'] && action === 'accept',
      )) {
        const from =
          jump['connection-nat-state'] === 'dstnat'
            ? 'translated'
            : (only ?? jump['src-address'] ?? '');
        const key = JSON.stringify([protocol, port, jump['dst-address']]);
        found.set(key, [...(found.get(key) ?? []), from]);
      }
  }
  const forwards = inMenu('/ip firewall nat')
    .filter(({ action }) => action === 'dst-nat')
    .map((rule) => JSON.stringify([rule.protocol, rule['dst-port'], rule['to-addresses']]));
  return [...found].flatMap(([key, from]) => {
    const [protocol, port, to] = JSON.parse(key);
    if (from.includes('translated'))
      return forwards.includes(key) ? [inlet(protocol, port, to, 'translated')] : [];
    return [inlet(protocol, port, to, sources(from.filter(Boolean)))];
  });
}
