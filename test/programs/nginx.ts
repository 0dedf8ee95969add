import { inSandbox } from './sandbox.ts';

/** Where the container sees the stack's directories. */
export const nginxPaths = (stack: string) => ({
  '/etc/nginx/stack': `${stack}/nginx`,
  '/certs': `${stack}/certs`,
  '/var/www/acme': `${stack}/data/acme-challenge`,
});

/** Debian has nginx's stream module apart; the image that a stack uses has it built in. For `through`. */
export const streamModule = `module=/usr/lib/nginx/modules/ngx_stream_module.so
[ ! -e "$module" ] || set -- "$@" -g "load_module $module;"`;

/** nginx opens /dev/stderr by name, which needs a pipe there: what a test gives its child is a socket. */
const piped = `${streamModule}
{ nginx "$@"; echo $? >/tmp/code; } 2>&1 | cat; exit "$(cat /tmp/code)"`;

/** Has nginx judge a stack's configuration; with `dump` its output is what nginx understood. */
export function nginxTest(stack: string, dump = false) {
  const args = [dump ? '-T' : '-t', '-c', '/etc/nginx/stack/nginx.conf'];
  return inSandbox('nginx', args, { binds: nginxPaths(stack), addresses: [], through: piped });
}
