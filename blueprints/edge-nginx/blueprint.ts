import { defineBlueprint } from '../../src/blueprint.ts';

/** NGINX itself on port 443: ends TLS, passes pages to web and signalling to prosody. */
export const edgeNginx = defineBlueprint({
  id: 'edge-nginx',
  title: 'NGINX edge',
  order: 11,
  offer: {
    section: 'edge',
    value: 'nginx',
    label: 'NGINX',
    hint: 'ends TLS and serves further sites of yours besides',
    order: 1,
  },
  front: ({ addresses }) => ({
    name: 'nginx',
    addresses: addresses('nginx'),
    signalling: 'direct',
    listen: { port: 443, loopback: false },
  }),
  contribute({ outside }) {
    return {
      endpoints: [
        {
          name: 'https',
          protocol: 'tcp',
          port: 443,
          from: outside,
          service: 'nginx',
          purpose: 'Page and signalling',
        },
      ],
    };
  },
});
