import { type Answers, defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** NGINX itself on port 443: ends TLS, passes pages to web and signalling to prosody; the relay may share the port. */
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
  formats: { '*.conf': 'nginx' },
  front: ({ answers, addresses }) => ({
    name: 'nginx',
    addresses: addresses('nginx'),
    signalling: 'direct',
    listen: isShared(answers)
      ? { port: 4443, loopback: true, headersFrom: ['127.0.0.1'] }
      : { port: 443, loopback: false },
  }),
  contribute({ answers, outside }) {
    const shared = isShared(answers);
    return {
      endpoints: [
        {
          name: 'https',
          protocol: 'tcp',
          port: answers.network.httpsPort,
          answer: 'network.httpsPort',
          from: outside,
          service: 'nginx',
          containerPort: 443,
          purpose: shared
            ? 'Page, signalling and, by its name, the relay over TLS'
            : 'Page and signalling',
        },
      ],
      files: { 'nginx/stream.conf': shared ? {} : { absent: true } },
    };
  },
  present,
});

/** The relay shares port 443, so that what comes in has to be told apart before it is opened. */
function isShared({ turn }: Answers): boolean {
  return turn.share443 === true;
}
