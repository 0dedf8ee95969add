/** A weakness of a daemon that its makers have mended. */
export interface KnownFix {
  /** The image without registry and tag, as its makers publish it. */
  readonly image: string;
  /** The first version without it. */
  readonly since: string;
  /** What can happen, as it goes on after a colon. */
  readonly what: string;
  /** Where that stands. */
  readonly source: string;
}

const nginxAdvisories = 'https://nginx.org/en/security_advisories.html';
const record = (id: string) => `https://www.cve.org/CVERecord?id=${id}`;

/** What was known of the daemons that stacks pin when this version was made. A pin of this tool that is older fails a test. */
export const knownFixes: readonly KnownFix[] = [
  {
    image: 'nginx',
    since: '1.28.3',
    what: 'six weaknesses in modules that the files of a stack do not use',
    source: nginxAdvisories,
  },
  {
    image: 'nginx',
    since: '1.30.1',
    what: 'CVE-2026-42945 (9.2), one request ends a worker where a site of yours has “rewrite” to something with “?” before a “set” with $1',
    source: record('CVE-2026-42945'),
  },
  {
    image: 'coturn/coturn',
    since: '4.9.0',
    what: 'CVE-2026-27624, IPv4 addresses in the form of IPv6 get past lists of denied addresses (the list of a stack names those forms)',
    source: record('CVE-2026-27624'),
  },
  {
    image: 'coturn/coturn',
    since: '4.10.0',
    what: 'CVE-2026-40613 (7.5), one datagram from anybody ends the relay on ARM64',
    source: record('CVE-2026-40613'),
  },
];

/** @param reference an image with its tag, such as `docker.io/library/nginx:1.28.0@sha256:…`; one whose tag is a line, such as `1.28`, is its newest */
export function fixesSince(reference: string): readonly KnownFix[] {
  const [tagged = ''] = reference.split('@');
  const [, name = '', version = ''] = /^(.+):v?(\d+(?:\.\d+){2})\b[^/]*$/.exec(tagged) ?? [];
  const image = name.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '');
  return knownFixes.filter((fix) => fix.image === image && isOlder(version, fix.since));
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
