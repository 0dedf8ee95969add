import { stringify } from 'yaml';
import { newer, older, type Scene } from './scene.ts';

/** What this owner has made his own, in each of the ways that there are; all of it is in force with the older release. */
export const marks = {
  page: '/hello',
  config: '/* the owner’s own */',
  key: 'MY_OWN_KEY',
} as const;

/** The owner's Compose file: health asked for every second, an address of his own for the page, a name that is gone. */
export function override({ stack }: Scene, more: { port?: number; broken?: boolean } = {}): string {
  const { port = 80, broken = false } = more;
  const checked = stack.plan().services.filter(({ healthcheck }) => healthcheck);
  const services: Record<string, object> = Object.fromEntries(
    checked.map(({ name }) => [name, { healthcheck: { start_interval: '1s' } }]),
  );
  services.web = {
    ...services.web,
    ports: [`127.0.0.1:8080:${port}`],
    ...(port === 80 && { environment: { ENABLE_COLIBRI_WEBSOCKET: '0' } }),
  };
  if (broken) {
    const never = { test: ['CMD', 'false'], interval: '1s', retries: 1, start_period: '1s' };
    services.jvb = { healthcheck: never };
  }
  return stringify({ services });
}

/** Edits a managed file, hooks, sites, the override and `.env`, and commits what git has. */
export async function settleIn(scene: Scene): Promise<void> {
  const { read, write, git } = scene;
  const listen = 'include /etc/nginx/stack/includes/listen.conf;';
  const site = read('nginx/meet.conf').replace(
    listen,
    `${listen}\n    location = ${marks.page} { return 200 "kept\\n"; }`,
  );
  write('nginx/meet.conf', site);
  write('compose.yaml', read('compose.yaml').replace('max-size: 10m', 'max-size: 11m'));
  write('nginx/sites/mine.conf', '# Once: proxy_pass http://web:80;\n');
  write(
    'nginx/sites/other.conf',
    'server {\n    listen 81;\n    location / { set $to http://web:80; proxy_pass $to; }\n}\n',
  );
  write('jitsi/web/custom-config.js', `${read('jitsi/web/custom-config.js')}\n${marks.config}\n`);
  write('compose.override.yaml', override(scene));
  write('.env', `${read('.env')}${marks.key}=kept\nENABLE_SCTP=1\n`);
  await git(['add', '--all']);
  await git(['commit', '--message', 'My own']);
}

/** Lines of `.env` with a value. */
export const secrets = ({ read }: Scene) =>
  read('.env')
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line));

/** Which release the images of Jitsi that run are of; all of them must be of one. */
export async function running({ images }: Scene): Promise<string> {
  const tags = Object.values(await images())
    .filter((image) => image.includes('jitsi/'))
    .map((image) => image.slice(image.lastIndexOf(':') + 1));
  const found = [...new Set(tags)];
  return found.length === 1 && [older, newer].includes(found[0] ?? '')
    ? (found[0] ?? '')
    : `a mixture: ${found.join(', ')}`;
}
