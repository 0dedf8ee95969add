import { mkdirSync, writeFileSync } from 'node:fs';
import type { Running } from './running.ts';

/** Web's nginx as its image has it, as far as addresses go, and Docker's way to it from the server's own 8289. */
export async function startWeb(stack: Running): Promise<void> {
  const { web, prosody } = stack.plan.network.addresses;
  mkdirSync(`${stack.directory}/inner`);
  writeFileSync(
    `${stack.directory}/inner/nginx.conf`,
    `daemon off; pid /tmp/pid; events {} http { access_log off; server { listen 8000;
      include /config/*.conf;
      location / { proxy_pass http://${prosody?.ipv4}:5280; proxy_http_version 1.1;
        proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } } }`,
  );
  await stack.start('web', 'web', 'nginx', ['-c', '/inner/nginx.conf'], {
    binds: {
      '/inner': `${stack.directory}/inner`,
      '/config': `${stack.directory}/jitsi/web/nginx-custom`,
    },
  });
  const published = 'TCP4-LISTEN:8289,bind=127.0.0.1,fork,reuseaddr';
  await stack.start('published', 'server', 'socat', [published, `TCP4:${web?.ipv4}:8000`]);
}
