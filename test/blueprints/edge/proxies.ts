import type { ProgramName } from '../../programs/find.ts';

/** How an owner's reverse proxy comes to its ready file: what its own main configuration has to hold. */
export interface ReverseProxy {
  readonly program: ProgramName;
  readonly args: readonly string[];
  readonly main: string;
  readonly through?: string;
}

export const proxies = {
  nginx: {
    program: 'nginx',
    args: ['-c', '/main/main.conf'],
    main: 'daemon off; pid /tmp/pid; events {} http { access_log off; include /proxy/nginx.conf; }\n',
  },
  caddy: {
    program: 'caddy',
    args: ['run', '--adapter', 'caddyfile', '--config', '/main/main.conf'],
    // No authority can be reached from here.
    main: '{\n\tlocal_certs\n\tskip_install_trust\n}\nimport /proxy/Caddyfile\n',
    through: 'HOME=/tmp exec caddy "$@"',
  },
  apache: {
    program: 'apache2',
    args: ['-D', 'FOREGROUND', '-f', '/main/main.conf'],
    main: [
      ...['mpm_event', 'authz_core', 'headers', 'socache_shmcb', 'ssl'],
      ...['proxy', 'proxy_http', 'proxy_wstunnel', 'alias'],
    ]
      .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`)
      .concat(
        'ServerName localhost\nListen 80\nListen 443\nPidFile /tmp/pid\nErrorLog /tmp/error.log\n',
        'User www-data\nGroup www-data\nInclude /proxy/apache.conf\n',
      )
      .join(''),
  },
  haproxy: {
    program: 'haproxy',
    args: ['-db', '-f', '/main/main.conf', '-f', '/proxy/haproxy.cfg'],
    main: `defaults
    mode http
    timeout client 1h
    timeout server 5s
    timeout connect 5s
frontend plain
    bind :80
    bind :::80 v6only
    http-request redirect scheme https
frontend secure
    bind :443 ssl crt /main/pair.pem alpn http/1.1
    bind :::443 v6only ssl crt /main/pair.pem alpn http/1.1
    acl jitsi req.hdr(host),field(1,:),lower -m str meet.example.org
    use_backend jitsi if jitsi
`,
  },
  // Its own main configuration, as far as the file for its proxy-confs goes by it.
  swag: {
    program: 'nginx',
    args: ['-c', '/main/main.conf'],
    main: `daemon off; pid /tmp/pid; events {} http { access_log off;
      map $http_upgrade $connection_upgrade { default upgrade; '' close; }
      server { listen 80; listen [::]:80; return 301 https://$host$request_uri; }
      include /proxy/swag.subdomain.conf; }\n`,
  },
} as const satisfies Record<string, ReverseProxy>;
