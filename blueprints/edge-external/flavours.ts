/** A file's name has 255 characters at most, a domain nearly as many. */
const fileNameOf = (domain: string) => domain.slice(0, 200);

/** Where a proxy runs: a program of this server (or a container in its network), or a container in networks of its own. */
export type Place = 'server' | 'container';

/** What the stack has ready for a proxy in one place. */
export interface Ready {
  /** The file below `proxy/` that it takes, or that says what to fill in. */
  readonly file?: string;
  /** What to do with that file, or instead of it. */
  readonly detail: string;
  readonly command?: (domain: string) => string;
}

/** What there is to say about a reverse proxy that the stack brings something for. */
export interface FlavourFacts {
  readonly label: string;
  readonly hint: string;
  /** Where it runs when nobody says so. */
  readonly place: Place;
  /** In a place that is left out it is not to be had. */
  readonly ready: Readonly<Partial<Record<Place, Ready>>>;
  /** What its container is mostly called. */
  readonly container: string;
  /** How it comes to a certificate for the relay's name; left out where it has none to give. */
  readonly relay?: string;
}

const certbot =
  'Have its certificate name the relay too (with certbot, --expand and a -d for each name).';
const paths = 'Set the paths of your certificate in it';

export const flavours = {
  nginx: {
    label: 'nginx',
    hint: 'a site for sites-enabled or conf.d',
    place: 'server',
    ready: {
      server: {
        file: 'nginx.conf',
        detail: `${paths}, link it into your nginx and reload:`,
        command: (domain) =>
          `sudo ln -s "$PWD/proxy/nginx.conf" /etc/nginx/sites-enabled/${fileNameOf(domain)} && sudo nginx -t && sudo systemctl reload nginx`,
      },
      container: {
        file: 'nginx.conf',
        detail: `${paths}, put it where your container has its sites (conf.d) and reload it.`,
      },
    },
    container: 'nginx',
    relay: certbot,
  },
  caddy: {
    label: 'Caddy',
    hint: 'a Caddyfile; fetches its certificates by itself',
    place: 'server',
    ready: {
      server: {
        file: 'Caddyfile',
        detail: 'Import it in your Caddyfile (import, then its path), and reload:',
        command: () => 'sudo systemctl reload caddy',
      },
      container: {
        file: 'Caddyfile',
        detail:
          'Put it beside your Caddyfile as jitsi.caddy, import it there (import jitsi.caddy) and reload it.',
      },
    },
    container: 'caddy',
    relay: 'With that file Caddy fetches the relay’s certificate too.',
  },
  apache: {
    label: 'Apache',
    hint: 'virtual hosts; 2.4.47 or newer',
    place: 'server',
    ready: {
      server: {
        file: 'apache.conf',
        detail: `${paths}, link it into your Apache and reload:`,
        command: (domain) =>
          `sudo a2enmod headers proxy proxy_http proxy_wstunnel ssl && sudo ln -s "$PWD/proxy/apache.conf" /etc/apache2/sites-enabled/${fileNameOf(domain)}.conf && sudo apachectl graceful`,
      },
      container: {
        file: 'apache.conf',
        detail: `${paths}, include it in your container’s configuration and reload it.`,
      },
    },
    container: 'apache',
    relay: certbot,
  },
  traefik: {
    label: 'Traefik',
    hint: 'labels for its Docker provider, or a file for its file provider',
    place: 'container',
    ready: {
      server: {
        file: 'traefik.yaml',
        detail:
          'Put it into the folder of its file provider. The certificate’s resolver is yours to name.',
      },
      container: {
        detail:
          'The labels are in compose.yaml, where its Docker provider finds them. The certificate’s resolver is that of your entry point websecure, or a label more in compose.override.yaml.',
      },
    },
    container: 'traefik',
    relay: 'Traefik fetches the relay’s certificate too, with the same resolver.',
  },
  haproxy: {
    label: 'HAProxy',
    hint: 'a backend, and two lines for your frontend',
    place: 'server',
    ready: {
      server: {
        file: 'haproxy.cfg',
        detail:
          'Start your HAProxy with it as a further file (-f), and take the two lines at its top into your frontend.',
      },
      container: {
        file: 'haproxy.cfg',
        detail:
          'Start your HAProxy with it as a further file (-f), and take the two lines at its top into your frontend.',
      },
    },
    container: 'haproxy',
    relay: certbot,
  },
  'nginx-proxy-manager': {
    label: 'Nginx Proxy Manager',
    hint: 'which fields to fill in',
    place: 'container',
    ready: {
      container: { file: 'nginx-proxy-manager.md', detail: 'It says which fields to fill in.' },
    },
    container: 'nginx-proxy-manager',
    relay: 'The certificate that you ask for there names the relay too.',
  },
  swag: {
    label: 'SWAG',
    hint: 'a file for its proxy-confs',
    place: 'container',
    ready: {
      container: {
        file: 'swag.subdomain.conf',
        detail:
          'Copy it to nginx/proxy-confs/jitsi.subdomain.conf in its configuration, and restart SWAG.',
      },
    },
    container: 'swag',
    relay: 'Let SWAG’s certificate name both, for example with EXTRA_DOMAINS in its compose file.',
  },
  'nginx-proxy': {
    label: 'nginx-proxy',
    hint: 'finds the site by VIRTUAL_HOST, which web has',
    place: 'container',
    ready: {
      container: {
        detail:
          'It finds the site by VIRTUAL_HOST, and acme-companion by LETSENCRYPT_HOST: web has both.',
      },
    },
    container: 'nginx-proxy',
    relay: 'acme-companion fetches one certificate for both names.',
  },
  cloudflared: {
    label: 'Cloudflare Tunnel',
    hint: 'the page goes through the tunnel; audio and video need UDP 10000 directly',
    place: 'container',
    ready: {
      server: { file: 'cloudflared.md', detail: 'It says which fields to fill in.' },
      container: { file: 'cloudflared.md', detail: 'It says which fields to fill in.' },
    },
    container: 'cloudflared',
  },
} as const satisfies Readonly<Record<string, FlavourFacts>>;

export type Flavour = keyof typeof flavours;

/** The facts of a flavour, whatever an answer calls it. */
export function flavourOf(name: unknown): FlavourFacts {
  return flavours[name as Flavour];
}

/** Every file of which only some flavours have a use. */
export const ownFiles: readonly string[] = [
  ...new Set(
    Object.values<FlavourFacts>(flavours).flatMap(({ ready }) =>
      Object.values(ready).flatMap(({ file }) => file ?? []),
    ),
  ),
];
