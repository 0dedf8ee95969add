import { spawnSync } from 'node:child_process';
import { type Files, fileIn, inlet, sources } from './inlet.ts';

/**
 * Options of the two kinds of sections that the script makes.
 * https://openwrt.org/docs/guide-user/firewall/firewall_configuration
 */
const options: Readonly<Record<string, readonly string[]>> = {
  redirect: [
    'name',
    'proto',
    'dest',
    'target',
    'family',
    'src',
    'src_dport',
    'dest_ip',
    'dest_port',
  ],
  rule: ['name', 'proto', 'dest', 'target', 'family', 'src', 'dest_ip', 'dest_port', 'src_ip'],
};

interface Section {
  readonly kind: string;
  readonly values: Record<string, string[]>;
}

/** Sections by name from lines of `uci batch`. @throws Error on what uci or its firewall does not know */
export function parseUci(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [, verb, name = '', option, quoted, bare] =
      /^(set|add_list) firewall\.([A-Za-z0-9_]+)(?:\.([a-z_]+))?=(?:'([^']*)'|([A-Za-z0-9_]+))$/.exec(
        line,
      ) ?? [];
    const value = quoted ?? bare ?? '';
    const section = sections.get(name);
    if (verb === 'set' && option === undefined && value in options && !section)
      sections.set(name, { kind: value, values: {} });
    else if (section && option && options[section.kind]?.includes(option)) {
      const list = section.values[option] ?? [];
      if (verb === 'set' && list.length > 0) throw new Error(`set twice: ${line}`);
      section.values[option] = [...list, value];
    } else throw new Error(`uci does not know: ${line}`);
  }
  return sections;
}

const known = new Map<string, readonly string[]>();

/** What a router with OpenWrt lets in, by what the script itself says. */
export function openwrtInlets(files: Files): readonly string[] {
  const script = fileIn(files, 'firewall/openwrt.sh');
  const read = known.get(script) ?? inletsOf(script);
  known.set(script, read);
  return read;
}

function inletsOf(script: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync('sh', ['-s', 'check'], {
    input: script,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return [...parseUci(stdout).values()].map(({ kind, values }) => {
    const one = (option: string) => values[option]?.[0] ?? '';
    const wanted = kind === 'redirect' ? 'DNAT' : 'ACCEPT';
    if (one('target') !== wanted || (kind === 'redirect' && one('src_dport') !== one('dest_port')))
      throw new Error(`leads elsewhere: ${JSON.stringify(values)}`);
    if ((one('family') === 'ipv6') !== one('dest_ip').includes(':'))
      throw new Error('family and address');
    const from = kind === 'redirect' ? 'translated' : sources(values.src_ip ?? []);
    return inlet(one('proto'), one('dest_port'), one('dest_ip'), from);
  });
}
