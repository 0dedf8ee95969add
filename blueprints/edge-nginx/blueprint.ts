import { defineBlueprint } from '../../src/blueprint.ts';
import { door, present } from './present.ts';

/** NGINX itself on port 443: ends TLS, passes pages to web and signalling to prosody; the relay may share the port. */
export const edgeNginx = defineBlueprint({
  id: 'edge-nginx',
  title: 'NGINX edge',
  order: 11,
  offer: {
    section: 'edge',
    value: 'nginx',
    label: 'NGINX',
    hint: 'handles HTTPS, and can serve other sites of yours too',
    order: 1,
  },
  formats: { '*.conf': 'nginx' },
  trustedProxy: ({ addresses }) => ({
    name: 'nginx',
    addresses: addresses('nginx'),
    signalling: 'direct',
    // From the door in the same container, for the owner's further sites that say “listen 443” too.
    listen: { port: 443, loopback: false, headersFrom: ['127.0.0.1'] },
  }),
  contribute({ answers, outside }) {
    return {
      endpoints: [
        {
          name: 'https',
          protocol: 'tcp',
          port: answers.network.httpsPort,
          answer: 'network.httpsPort',
          from: outside,
          service: 'nginx',
          containerPort: door,
          purpose: answers.turn.share443
            ? 'Page, signalling and, by its name, the relay over TLS'
            : 'Page and signalling',
        },
      ],
    };
  },
  present,
});
