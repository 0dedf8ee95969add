import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { planOf, renderedOf } from '../matrix/stack.ts';

const reached = suite('other ports, other addresses');

const network = { exposure: 'public', publicAddresses: ['203.0.113.7'] };
const answers = (more: RawAnswers, at: RawAnswers = {}): RawAnswers => ({
  domain: 'meet.example.org',
  network: { ...network, ...at },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'open', strangers: true },
  ...more,
});
const portsOf = (compose: string, service: string): string[] =>
  parse(compose).services[service].ports;

async function filesOf(raw: RawAnswers) {
  const { plan, files } = await renderedOf(raw);
  return { plan, text: (path: string) => files.find((one) => one.path === path)?.text ?? '' };
}

reached('another HTTPS port stands in links, redirects, firewalls and the script', async () => {
  const { plan, text } = await filesOf(
    answers(
      { firewall: ['nftables'] },
      { httpsPort: 4443, httpPort: 8088, lanAddresses: [], exposure: 'public' },
    ),
  );
  assert.is(plan.url, 'https://meet.example.org:4443');
  assert.equal(portsOf(text('compose.yaml'), 'nginx'), [
    '0.0.0.0:4443:8443/tcp',
    '0.0.0.0:8088:8080/tcp',
  ]);
  assert.match(text('compose.yaml'), 'PUBLIC_URL: https://meet.example.org:4443');
  assert.match(text('nginx/meet.conf'), 'return 301 https://meet.example.org:4443$request_uri;');
  assert.match(text('nginx/meet.conf'), 'listen 80 default_server proxy_protocol;');
  assert.match(text('firewall/nftables.nft'), 'proto-dst 4443 accept comment "https"');
  assert.match(text('stack'), 'https_at=127.0.0.1:4443');
  assert.match(text('firewall/ports.md'), 'curl -sSI https://meet.example.org:4443/');
  assert.match(text('README.md'), '**https://meet.example.org:4443**');
});

reached('behind every edge: the relay that shares the port is announced at it', async () => {
  for (const [edge, inner] of [
    ['haproxy', 443],
    ['nginx', 8443],
  ] as const) {
    const turn = { mode: 'coturn', domain: 'turn.example.org', share443: true };
    const { plan, text } = await filesOf(
      answers({ edge: { proxy: edge }, turn }, { httpsPort: 4443 }),
    );
    const prosody = plan.services.find(({ name }) => name === 'prosody')?.environment;
    assert.is(prosody?.TURNS_PORT, '4443', edge);
    assert.ok(portsOf(text('compose.yaml'), edge).includes(`0.0.0.0:4443:${inner}/tcp`), edge);
  }
  const own = { proxy: 'external', flavour: 'caddy' };
  const caddy = await filesOf(answers({ edge: own }, { httpsPort: 4443 }));
  assert.match(caddy.text('proxy/Caddyfile'), 'meet.example.org:4443 {');
  const inside = await filesOf(
    answers({ edge: { ...own, flavour: 'nginx', place: 'container' } }, { httpsPort: 8443 }),
  );
  assert.match(inside.text('proxy/nginx.conf'), 'listen 443 ssl;');
  assert.match(inside.text('proxy/nginx.conf'), 'return 301 https://meet.example.org:8443$request');
});

reached('another port of the bridge and of the relay, everywhere', async () => {
  const turn = { mode: 'coturn', domain: 'turn.example.org', port: 3480, tlsPort: 5350 };
  const { plan, text } = await filesOf(
    answers({ turn: { ...turn, firstRelayPort: 52000 } }, { mediaPort: 10001 }),
  );
  assert.equal(portsOf(text('compose.yaml'), 'jvb'), ['0.0.0.0:10001:10001/udp']);
  assert.match(text('compose.yaml'), "JVB_PORT: '10001'");
  assert.not.match(text('README.md'), /\b10000\b|\b3478\b|\b5349\b/);
  for (const line of ['listening-port=3480', 'tls-listening-port=5350', 'min-port=52000'])
    assert.match(text('coturn/turnserver.conf'), line);
  const prosody = plan.services.find(({ name }) => name === 'prosody')?.environment;
  assert.equal([prosody?.TURN_PORT, prosody?.TURNS_PORT], ['3480', '5350']);
});

reached('only on the addresses that are given, of both families', async () => {
  const publicAddresses = ['203.0.113.21', '2001:db8::21'];
  const { text } = await filesOf(answers({}, { publicAddresses, ipv6: true, bind: 'given' }));
  assert.equal(portsOf(text('compose.yaml'), 'jvb'), [
    '203.0.113.21:10000:10000/udp',
    '[2001:db8::21]:10000:10000/udp',
  ]);
  // From the server itself it is found there too.
  assert.match(text('stack'), 'https_at=203.0.113.21:443');
  const nat = await filesOf(
    answers({}, { exposure: 'nat', lanAddresses: ['192.168.10.20'], bind: 'given' }),
  );
  assert.equal(portsOf(nat.text('compose.yaml'), 'jvb'), ['192.168.10.20:10000:10000/udp']);
});

reached('two stacks share neither bridge nor network of their own making', async () => {
  const [one, other] = await Promise.all(
    ['meet.example.org', 'other.example.org'].map((domain) =>
      planOf({ ...answers({}, { ipv6: true }), domain }),
    ),
  );
  assert.not(one?.network.bridge === other?.network.bridge);
  assert.not(one?.network.subnet6 === other?.network.subnet6);
});

reached(
  'what cannot be is refused: an authority elsewhere than on 80, ports that are taken twice',
  async () => {
    const refusal = (raw: RawAnswers) =>
      planOf(raw).then(
        () => '',
        (error: Error) => error.message,
      );
    const acme = { certificates: { source: 'acme', email: 'ops@example.org' } };
    assert.match(await refusal(answers(acme, { httpPort: 8080 })), 'asks on port 80');
    assert.ok((await planOf(answers(acme, { httpsPort: 8443 }))).url);
    const taken = await refusal(answers({}, { mediaPort: 3478 }));
    assert.match(taken, 'UDP port 3478 is taken');
    const tunnel = { edge: { proxy: 'external', flavour: 'cloudflared' } };
    assert.match(await refusal(answers(tunnel, { httpsPort: 8443 })), 'always reached at port 443');
  },
);

reached.run();
