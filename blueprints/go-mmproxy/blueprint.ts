import { type Answers, defineBlueprint, fixedAddress } from '../../src/blueprint.ts';
import { image } from './image.ts';
import { mmproxyService, type Pair } from './pair.ts';

/** Turns PROXY headers back into connections that come from the client's own address: for NGINX, for coTURN, or both. */
export const goMmproxy = defineBlueprint({
  id: 'go-mmproxy',
  title: 'go-mmproxy',
  order: 12,
  applies: (answers) => pairsOf(answers).length > 0,
  formats: { '*.txt': 'lines', 'images/go-mmproxy/Dockerfile': 'lines' },
  contribute({ answers, memory }) {
    const pairs = pairsOf(answers);
    return {
      services: pairs.map((pair) =>
        mmproxyService(
          pair,
          { image, build: { context: './images/go-mmproxy' } },
          memory(0.05, 48, 192),
        ),
      ),
      endpoints: pairs.map(({ proxy, purpose }) => ({
        name: proxy,
        protocol: 'tcp',
        port: 4444,
        from: 'containers',
        service: proxy,
        purpose,
      })),
      links: pairs.map(({ proxy, server, port }) => ({
        from: proxy,
        to: server,
        label: String(port),
      })),
      troubles: pairs.map(({ proxy, title, spare }) => ({
        symptom: `\`./stack status\` says that ${proxy} is not running, though people meet.`,
        cause: `The server has just booted, or ${title} was made anew: ${proxy} was started before the network that it works in. The edge goes to ${spare} itself meanwhile.`,
        fix: '`./stack up`',
      })),
    };
  },
  present: ({ answers, network }) => ({
    ipv6: answers.network.ipv6,
    allowed: `${fixedAddress(network, answers.edge.proxy, 'go-mmproxy').ipv4}/32`,
  }),
});

/** Whose connections it hands on in this stack. */
function pairsOf({ edge, turn }: Answers): readonly Pair[] {
  return [
    ...(edge.proxy === 'haproxy' && edge.clientAddress === 'go-mmproxy' ? [forNginx] : []),
    ...(turn.clientAddress === 'go-mmproxy' ? [forCoturn(turn.tlsPort)] : []),
  ];
}

const forNginx: Pair = {
  proxy: 'go-mmproxy',
  server: 'nginx',
  title: 'NGINX',
  port: 4443,
  purpose: 'TLS of the page, from HAProxy only',
  spare: 'NGINX',
};

const forCoturn = (tlsPort: unknown): Pair => ({
  proxy: 'relay-go-mmproxy',
  server: 'coturn-443',
  title: 'coTURN',
  port: Number(tlsPort),
  purpose: 'TLS of the relay, from the edge only',
  spare: 'the other coTURN',
});
