import { type Files, fileIn } from './inlet.ts';

/** One port that a provider lets in, with its sources: `443/tcp from 0.0.0.0/0 ::/0`. */
function opening(first: string, last: string, protocol: string, from: string): string {
  return `${first === last ? first : `${first}-${last}`}/${protocol} from ${from}`;
}

/** What a module for OpenTofu opens, by its table of ports. */
export function moduleOpens(files: Files, provider: string): readonly string[] {
  const text = fileIn(files, `firewall/${provider}/main.tf`);
  const list = (start: RegExp) =>
    (start.exec(text)?.[1] ?? '').replaceAll('"', '').split(', ').join(' ');
  const lists: Readonly<Record<string, string>> = {
    'var.ssh_sources': list(/^ {2}default {5}= \[(.*)\]$/m),
    'local.visitors': list(/^ {2}visitors = \[(.*)\]$/m),
  };
  const row =
    /^ {4}"[a-z-]+" = \{ protocol = "(tcp|udp)", first = (\d+), last = (\d+), sources = (.+) \}$/gm;
  return [...text.matchAll(row)].map(([, protocol = '', first = '', last = '', from = '']) =>
    opening(first, last, protocol, lists[from] ?? few(from)),
  );
}

/** Addresses in a row of its own: `["203.0.113.8/32", "198.51.100.20/32"]`, or `'203.0.113.8/32 198.51.100.20/32'`. */
function few(list: string): string {
  return (list.match(/[\d.]+\/\d+/g) ?? []).join(' ');
}

/** What a script for a provider's command line opens, by its table of ports; undefined without one. */
export function scriptOpens(files: Files, provider: string): readonly string[] | undefined {
  const text = files.get(`firewall/${provider}.sh`);
  if (text === undefined) return undefined;
  const lists: Readonly<Record<string, string | undefined>> = {
    ssh_sources: /^ssh_sources=\$\{SSH_SOURCES:-(.*)\}$/m.exec(text)?.[1],
    visitors: /^visitors='(.*)'$/m.exec(text)?.[1],
  };
  const row = /^ {2}row '?[a-z-]+'? (tcp|udp) (\d+) (\d+) (".+"|'.+')$/gm;
  return [...text.matchAll(row)].map(([, protocol = '', first = '', last = '', from = '']) =>
    opening(first, last, protocol, lists[/\w+/.exec(from)?.[0] ?? ''] ?? few(from)),
  );
}
