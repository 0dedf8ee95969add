import type { ServiceDeclaration } from './blueprint.ts';
import type { Image } from './plan.ts';

/**
 * An NGINX that passes numbers on to those whom its configuration names, and nothing else.
 *
 * @param about what it is to this machine, in a sentence
 */
export function numbersDoor(own: {
  readonly name: string;
  readonly image: Image;
  readonly about: string;
}) {
  return {
    ...own,
    user: '1000:1000',
    entrypoint: ['nginx', '-c', '/etc/nginx/stack/nginx.conf', '-g', 'daemon off;'],
    volumes: [{ source: `./${own.name}`, target: '/etc/nginx/stack' }],
    tmpfs: ['/tmp:size=16M,mode=1777,noexec'],
    memory: 32,
    healthcheck: {
      test: ['CMD', 'curl', '-fsS', '-o', '/dev/null', 'http://127.0.0.1:8090/healthz'],
      interval: '30s',
      timeout: '5s',
      retries: 4,
      startPeriod: '15s',
    },
  } satisfies ServiceDeclaration;
}
