import { defineBlueprint, openFiles } from '../../src/blueprint.ts';
import { image } from './image.ts';
import { doors, present } from './present.ts';

/** NGINX, wherever it stands: the meeting site, the redirect from port 80, and the owner's further sites. */
export const nginx = defineBlueprint({
  id: 'nginx',
  title: 'NGINX',
  order: 10,
  applies: ({ edge }) => edge.proxy === 'nginx' || edge.proxy === 'haproxy',
  addresses: { nginx: 10 },
  ownersPlaces: [
    {
      path: 'nginx/sites',
      about: 'further web sites on this server',
      edit: 'nginx/sites/*.conf',
    },
  ],
  formats: { '*.conf': 'nginx' },
  contribute({ answers, outside, memory }) {
    return {
      services: [
        {
          name: 'nginx',
          image,
          about:
            answers.edge.proxy === 'nginx'
              ? 'The edge: everything on 80 and 443 comes in here.'
              : 'The meeting site and your others: ends TLS, and redirects from port 80.',
          user: '1000:1000',
          entrypoint: ['/bin/sh', '/etc/nginx/stack/start.sh'],
          volumes: [
            { source: './nginx', target: '/etc/nginx/stack' },
            { source: './certs', target: '/certs' },
            { source: './data/acme-challenge', target: '/var/www/acme' },
          ],
          openFiles,
          tmpfs: ['/tmp:size=64M,mode=1777,noexec'],
          dependsOn: { prepare: 'completed', web: 'started', prosody: 'started' },
          memory: memory(0.1, 48, 512),
          healthcheck: {
            test: ['CMD', 'curl', '-fsS', '-o', '/dev/null', 'http://127.0.0.1:8090/healthz'],
            interval: '15s',
            timeout: '5s',
            retries: 4,
            startPeriod: '20s',
          },
          reload: {
            test: ['nginx', '-t', '-q', '-c', '/etc/nginx/stack/nginx.conf'],
            signal: 'HUP',
            rereads: 'configuration',
          },
          comments: {
            user: 'Not root: inside its own network a container may bind 80 and 443 without being so.',
            volumes:
              'Directories, not files: a single file that is replaced would stay the old one inside the container.',
          },
        },
      ],
      endpoints: [
        {
          name: 'http',
          protocol: 'tcp',
          port: answers.network.httpPort,
          answer: 'network.httpPort',
          from: outside,
          service: 'nginx',
          containerPort: doors.http,
          purpose:
            answers.certificates.source === 'acme'
              ? 'Certificate checks by the CA; everything else is redirected to https'
              : 'Redirects to https',
        },
      ],
      certificate: { consumers: ['nginx'] },
      directories: [
        {
          path: 'data/acme-challenge',
          mode: '0755',
          owner: 1000,
          about: 'answers to the CA’s checks',
          passing: true,
        },
      ],
      files: { 'nginx/sites/README.md': { seeded: true } },
      troubles: [
        {
          symptom: 'The browser warns about the certificate.',
          cause:
            'Until the real certificate is there, the stack uses the self-signed one of its first start.',
          fix: '`./stack certs` shows what is served and what is missing.',
        },
        {
          symptom: 'The page loads, but joining ends in “You have been disconnected”.',
          cause:
            'The WebSocket does not come through: there is another proxy in front, or somebody opened the page under another name.',
          fix: `Open the room under the address of this stack, and take other proxies (also those of a DNS provider) out of the way.`,
        },
      ],
    };
  },
  present,
});
