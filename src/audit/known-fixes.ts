/** A weakness of a daemon that its makers have mended. */
export interface KnownFix {
  /** The image without registry and tag, as its makers publish it. */
  readonly image: string;
  /** The first version without it of each line that got one, from the oldest line to the newest. */
  readonly since: readonly [string, ...string[]];
  /** What can happen, as it goes on after a colon. */
  readonly what: string;
  /** Where that stands. */
  readonly source: string;
}

const nginxAdvisories = 'https://nginx.org/en/security_advisories.html';
const record = (id: string) => `https://www.cve.org/CVERecord?id=${id}`;

/**
 * What was known of the daemons that stacks pin when this version was made, from the oldest fix of an image to its newest. A pin of
 * this tool that is older fails a test.
 */
export const knownFixes: readonly KnownFix[] = [
  {
    image: 'nginx',
    since: ['1.28.3'],
    what: 'six weaknesses in modules that the files of a stack do not use',
    source: nginxAdvisories,
  },
  {
    image: 'nginx',
    since: ['1.30.1', '1.31.0'],
    what: 'CVE-2026-42945 (9.2), one request ends a worker where a site of yours has “rewrite” to something with “?” before a “set” with $1',
    source: record('CVE-2026-42945'),
  },
  {
    image: 'nginx',
    since: ['1.30.2', '1.31.1'],
    what: 'CVE-2026-9256, one request can take over a worker where a site of yours has “rewrite” with captures that overlap',
    source: record('CVE-2026-9256'),
  },
  {
    image: 'nginx',
    since: ['1.30.3', '1.31.2'],
    what: 'CVE-2026-42055 and CVE-2026-48142, in modules that the files of a stack do not use',
    source: nginxAdvisories,
  },
  {
    image: 'nginx',
    since: ['1.30.4', '1.31.3'],
    what: 'CVE-2026-42533, one request can end a worker where a site of yours has a “map” with a pattern behind a capture',
    source: record('CVE-2026-42533'),
  },
  {
    image: 'nginx',
    since: ['1.30.6', '1.31.7'],
    what: 'CVE-2026-15176 and CVE-2026-93479, one request can end a worker where a site of yours has “alias” with “rewrite” or variables in expressions',
    source: nginxAdvisories,
  },
  {
    image: 'nginx',
    since: ['1.30.7', '1.31.9'],
    what: 'CVE-2026-123007 and CVE-2026-118899, anybody can damage the memory of a worker over HTTP/2 or keep it busy for ever over TLS 1.3',
    source: record('CVE-2026-123007'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.9.0'],
    what: 'CVE-2026-27624, IPv4 addresses in the form of IPv6 get past lists of denied addresses (the list of a stack names those forms)',
    source: record('CVE-2026-27624'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.10.0'],
    what: 'CVE-2026-40613 (7.5), one datagram from anybody ends the relay on ARM64',
    source: record('CVE-2026-40613'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.13.1'],
    what: 'CVE-2026-73212, further forms of addresses get past lists of denied addresses over TCP to the other end (a stack has that switched off)',
    source: record('CVE-2026-73212'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.15.0'],
    what: 'CVE-2026-68552, a message that lies about its length confuses what follows on its connection',
    source: record('CVE-2026-68552'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.16.0'],
    what: 'CVE-2026-73213, addresses get past denied ranges of IPv6 that are no whole prefixes (those of a stack are)',
    source: record('CVE-2026-73213'),
  },
  {
    image: 'coturn/coturn',
    since: ['4.17.0'],
    what: 'CVE-2026-73215 and CVE-2026-73216, one guest can use up the ports of the relay until it is started anew',
    source: record('CVE-2026-73215'),
  },
  {
    image: 'haproxy',
    since: ['2.6.25', '2.8.20', '3.0.19', '3.2.15', '3.3.6'],
    what: 'CVE-2026-33555, requests can be mixed up over HTTP/3, which the HAProxy of a stack does not speak',
    source: record('CVE-2026-33555'),
  },
  {
    image: 'haproxy',
    since: ['2.6.31', '2.8.26', '3.0.24', '3.4.1'],
    what: 'CVE-2026-55203 and CVE-2026-55204, in FastCGI and HTTP/2, which the HAProxy of a stack does not speak',
    source: record('CVE-2026-55204'),
  },
  {
    image: 'goacme/lego',
    since: ['4.25.2'],
    what: 'CVE-2025-54799, an authority may be asked without encryption',
    source: record('CVE-2025-54799'),
  },
  {
    image: 'goacme/lego',
    since: ['4.34.0'],
    what: 'CVE-2026-40611 (8.8), an authority that is not to be trusted can write files wherever the client may, certs/ among them',
    source: record('CVE-2026-40611'),
  },
];
