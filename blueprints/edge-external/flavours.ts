/** A file's name has 255 characters at most, a domain nearly as many. */
const fileNameOf = (domain: string) => domain.slice(0, 200);

/** What there is to say about each reverse proxy that a file is written for. */
export const flavours = {
  nginx: {
    label: 'nginx',
    hint: 'a site for sites-enabled',
    file: 'nginx.conf',
    detail: 'Set the paths of your certificate in it, link it into your nginx and reload:',
    command: (domain: string) =>
      `sudo ln -s "$PWD/proxy/nginx.conf" /etc/nginx/sites-enabled/${fileNameOf(domain)} && sudo nginx -t && sudo systemctl reload nginx`,
  },
  caddy: {
    label: 'Caddy',
    hint: 'a Caddyfile; fetches its certificate by itself',
    file: 'Caddyfile',
    detail: 'Import it in your Caddyfile (import, then its path), and reload:',
    command: () => 'sudo systemctl reload caddy',
  },
  apache: {
    label: 'Apache',
    hint: 'virtual hosts; 2.4.47 or newer',
    file: 'apache.conf',
    detail: 'Set the paths of your certificate in it, link it into your Apache and reload:',
    command: (domain: string) =>
      `sudo a2enmod headers proxy proxy_http proxy_wstunnel ssl && sudo ln -s "$PWD/proxy/apache.conf" /etc/apache2/sites-enabled/${fileNameOf(domain)}.conf && sudo apachectl graceful`,
  },
  traefik: {
    label: 'Traefik',
    hint: 'labels for its Docker provider, and a file for its file provider',
    file: 'traefik.yaml',
    detail:
      'For the Docker provider the labels are in compose.yaml, and proxy/traefik-network.yaml lets the container of Traefik reach web. For a Traefik in the host’s network, put traefik.yaml into the folder of its file provider instead. The certificate’s resolver is yours to name.',
    command: undefined,
  },
} as const;

export type Flavour = keyof typeof flavours;
