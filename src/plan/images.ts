/** Images besides Jitsi's own. Newer ones are a change here, tried in the lab. */
export const images = {
  /** The Debian variant: `prepare` needs its openssl and tar, the health check its curl. */
  nginx: 'nginx:1.28.0',
  haproxy: 'haproxy:3.0.28',
  /** Built on the server; the name of no registry, so that nobody's else is ever fetched in its place. */
  goMmproxy: 'localhost/go-mmproxy:trixie',
  coturn: 'coturn/coturn:4.7.0',
  /** lego 4: version 5 changed its command line. */
  lego: 'goacme/lego:v4.27.0',
} as const;
