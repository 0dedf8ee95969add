/** Two images whose names alone say too little, with their owners. */
const owned: readonly (readonly [RegExp, string])[] = [
  [/\blinuxserver\/letsencrypt$/, 'swag'],
  [/\b(?:nginxproxy|jwilder)\/nginx-proxy$/, 'nginx-proxy'],
];

/** Names of images, programs and services, the more exact ones first. */
const named: readonly (readonly [RegExp, string])[] = [
  [/\bnginx-proxy-manager\b|\bnpmplus\b/, 'nginx-proxy-manager'],
  [/\bswag\b/, 'swag'],
  [/^nginx-proxy$/, 'nginx-proxy'],
  [/\bcloudflared\b/, 'cloudflared'],
  [/\btraefik\b/, 'traefik'],
  [/\bcaddy\b/, 'caddy'],
  [/\bhaproxy\b/, 'haproxy'],
  [/\bnginx\b|\bopenresty\b/, 'nginx'],
  [/\bapache2?\b|\bhttpd\b/, 'apache'],
];

/** What people call them. */
const labels: Readonly<Record<string, string>> = {
  apache: 'Apache',
  caddy: 'Caddy',
  cloudflared: 'Cloudflare Tunnel',
  haproxy: 'HAProxy',
  nginx: 'nginx',
  'nginx-proxy': 'nginx-proxy',
  'nginx-proxy-manager': 'Nginx Proxy Manager',
  swag: 'SWAG',
  traefik: 'Traefik',
};

/**
 * Which reverse proxy an image or a program is, in the words of `edge.flavour`; undefined for all else. Registry and tag of
 * an image do not count, nor does its owner, but for names that several give.
 */
export function reverseProxyOf(image: string): string | undefined {
  const path = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const name = path.split('/').at(-1) ?? '';
  const first = (list: typeof named, text: string) =>
    list.find(([pattern]) => pattern.test(text))?.[1];
  return first(owned, path) ?? first(named, name);
}

/** What people call a reverse proxy; another program by its own name. */
export function reverseProxyName(program: string): string {
  return labels[program] ?? program;
}
