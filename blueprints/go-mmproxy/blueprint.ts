import { type Answers, defineBlueprint, images } from '../../src/blueprint.ts';
import { type Pair, pairServices } from './pair.ts';

/** Turns PROXY headers back into connections that come from the client's own address: for NGINX, for coTURN, or both. */
export const goMmproxy = defineBlueprint({
  id: 'go-mmproxy',
  title: 'go-mmproxy',
  order: 12,
  applies: (answers) => pairsOf(answers).length > 0,
  addresses: (answers) => Object.fromEntries(pairsOf(answers).map((p) => [p.network, p.number])),
  contribute({ answers, address }) {
    const { ipv6 } = answers.network;
    const image = { image: images.goMmproxy, build: { context: './images/go-mmproxy' } };
    const pairs = pairsOf(answers);
    return {
      services: pairs.flatMap((pair) => pairServices(pair, image, ipv6)),
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
      view: { ipv6, allowed: `${address(answers.edge.proxy).ipv4}/32` },
    };
  },
});

/** Whose connections it hands on in this stack; each pair has a network of its own. */
function pairsOf({ edge, turn }: Answers): readonly Pair[] {
  return [
    ...(edge.proxy === 'haproxy' && edge.clientAddress === 'go-mmproxy' ? [forNginx] : []),
    ...(turn.clientAddress === 'go-mmproxy' ? [forCoturn] : []),
  ];
}

const forNginx: Pair = {
  network: 'nginx-network',
  number: 8,
  proxy: 'go-mmproxy',
  server: 'nginx',
  title: 'NGINX',
  port: 4443,
  aliases: ['nginx'],
  purpose: 'TLS of the page, from HAProxy only',
};

const forCoturn: Pair = {
  network: 'relay-network',
  number: 13,
  proxy: 'relay-go-mmproxy',
  server: 'coturn-443',
  title: 'coTURN',
  port: 5349,
  purpose: 'TLS of the relay, from the edge only',
};
