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

/** The same for scripts that call nginx by its name: a program before it on the path, which joins its own -g to theirs. */
export const streamByName = `mkdir /tmp/bin
cat >/tmp/bin/nginx <<'END'
#!/bin/sh
module=/usr/lib/nginx/modules/ngx_stream_module.so
globals=
[ ! -e "$module" ] || globals="load_module $module; "
for word; do
  shift
  case $word in
    -g) ;;
    'daemon off;') globals="$globals$word" ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec /usr/sbin/nginx "$@" -g "$globals"
END
chmod 755 /tmp/bin /tmp/bin/nginx
export PATH="/tmp/bin:$PATH"`;

/** nginx opens /dev/stderr by name, which needs a pipe there: what a test gives its child is a socket. */
const piped = `${streamModule}
{ nginx "$@"; echo $? >/tmp/code; } 2>&1 | cat; exit "$(cat /tmp/code)"`;

/** Has nginx judge a stack's configuration; with `dump` its output is what nginx understood. */
export function nginxTest(stack: string, dump = false) {
  const args = [dump ? '-T' : '-t', '-c', '/etc/nginx/stack/nginx.conf'];
  return inSandbox('nginx', args, { binds: nginxPaths(stack), addresses: [], through: piped });
}
