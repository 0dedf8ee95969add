import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partiesOf } from '../../src/adopt/neighbours.ts';
import { jitsiBeside, proposed } from './proposed.ts';

const test = suite('adopt: Jitsi among other services');

const edgeOf = ({ inferred }: { inferred: readonly { answer: string; value: unknown }[] }) =>
  Object.fromEntries(
    inferred
      .filter(({ answer }) => answer.startsWith('edge.'))
      .map(({ answer, value }) => [answer.slice('edge.'.length), value]),
  );

const traefik = 'traefik: { image: "traefik:v3", ports: ["80:80", "443:443"] }\n';
const site = 'homepage: { image: "nginx:alpine", volumes: ["./site:/usr/share/nginx/html"] }\n';
const labels = 'labels: ["traefik.http.routers.meet.rule=Host(`meet.example.org`)"]';
const own = 'web: { image: "nginx:alpine", ports: ["443:443"] }\n';
const external = { proxy: 'external' };
const inContainer = (flavour: string, container?: string) => ({
  ...external,
  flavour,
  place: 'container',
  ...(container && { container }),
});

for (const [what, web, others, expected] of [
  ['a homepage beside Traefik', labels, traefik + site, inContainer('traefik', 'lab-traefik-1')],
  ['a homepage in front of nothing', 'ports: ["443:443"]', site, { proxy: 'nginx' }],
  ['labels, whatever has the ports', labels, own, inContainer('traefik')],
  ['labels of Swarm', `deploy: { ${labels} }`, traefik, inContainer('traefik', 'lab-traefik-1')],
  ['labels that switch it off', 'labels: ["traefik.enable=false"]', own, { proxy: 'nginx' }],
  ['Caddy’s labels', 'labels: { caddy: meet.example.org }', '', inContainer('caddy')],
  [
    'nginx-proxy-manager',
    '',
    'proxy: { image: "jc21/nginx-proxy-manager:2", container_name: npm }',
    inContainer('nginx-proxy-manager', 'npm'),
  ],
  [
    'nginx-proxy',
    '',
    'p: { image: nginxproxy/nginx-proxy }',
    inContainer('nginx-proxy', 'lab-p-1'),
  ],
  ['SWAG', '', 's: { image: lscr.io/linuxserver/swag }', inContainer('swag', 'lab-s-1')],
  ['a tunnel', '', 't: { image: cloudflare/cloudflared }', inContainer('cloudflared', 'lab-t-1')],
  [
    'a Caddy in the host’s network',
    '',
    'c: { image: caddy, network_mode: host }',
    { ...external, flavour: 'caddy', place: 'server' },
  ],
  [
    'helpers that are called after the proxy',
    '',
    `auth: { image: thomseddon/traefik-forward-auth }\n${traefik}`,
    inContainer('traefik', 'lab-traefik-1'),
  ],
  ['nothing that is known', '', '', external],
  ['Dokploy', 'networks: [dokploy-network]', '', inContainer('traefik', 'dokploy-traefik')],
  ['an NGINX of its own', '', own, { proxy: 'nginx' }],
  [
    'an NGINX in the host’s network',
    '',
    'n: { image: nginx, network_mode: host }',
    { proxy: 'nginx' },
  ],
] as const) {
  test(`what stands in front: ${what}`, async () => {
    const files = { 'compose.yaml': `name: lab\n${jitsiBeside(web, others)}` };
    await proposed(files, (proposal) => assert.equal(edgeOf(proposal), expected));
  });
}

test('an NGINX that serves other sites too stays where it is', async () => {
  const nginx =
    'n: { image: nginx, ports: ["443:443"], volumes: ["./n.conf:/etc/nginx/nginx.conf"] }';
  const compose = `name: lab\n${jitsiBeside('', nginx)}`;
  const conf = (...names: string[]) => names.map((name) => `server_name ${name};`).join('\n');
  for (const [names, expected] of [
    [['meet.example.org', 'turn.meet.example.org'], { proxy: 'nginx' }],
    [['meet.example.org', 'wiki.example.org'], inContainer('nginx', 'lab-n-1')],
  ] as const) {
    await proposed({ 'compose.yaml': compose, 'n.conf': conf(...names) }, (proposal) =>
      assert.equal(edgeOf(proposal), expected),
    );
  }
});

test('what nginx-proxy looks for at web says that it is there', async () => {
  const named = jitsiBeside('').replace('PUBLIC_URL:', 'VIRTUAL_HOST: x\n      PUBLIC_URL:');
  await proposed({ 'compose.yaml': named }, ({ inferred, unplaced, unspoken }) => {
    const edge = inferred.find(({ answer }) => answer === 'edge.proxy');
    assert.is(edge?.value, 'external');
    assert.match(edge?.why ?? '', 'VIRTUAL_HOST');
    assert.equal([...unplaced, ...unspoken], []);
  });
});

test('an NGINX without the web’s ports counts where its configuration names the meeting site', async () => {
  const nginx = 'n: { image: nginx, volumes: ["./n.conf:/etc/nginx/conf.d/default.conf"] }';
  const compose = jitsiBeside('', nginx);
  const conf = (name: string) => `server {\n  server_name ${name};\n}\n`;
  await proposed({ 'compose.yaml': compose, 'n.conf': conf('meet.example.org') }, (proposal) =>
    assert.is(edgeOf(proposal).proxy, 'nginx'),
  );
  await proposed({ 'compose.yaml': compose, 'n.conf': conf('www.example.org') }, (proposal) =>
    assert.is(edgeOf(proposal).proxy, 'external'),
  );
});

test('an image of Jitsi’s beats the name of a service', async () => {
  const app = `web:
  image: registry.example.org/school/frontend:3.2
  environment: { PUBLIC_URL: https://school.example.org }
`;
  await proposed({ 'compose.yaml': jitsiBeside('', app) }, ({ answers }, installation) => {
    assert.is(answers.domain, 'meet.example.org');
    assert.is(answers.release, 'stable-10888');
    assert.equal(
      partiesOf(installation).neighbours.map(({ name }) => name),
      ['web'],
    );
  });
});

test('an image of the owner’s own is known by the service’s name, where something says that it is Jitsi’s', async () => {
  const ours = jitsiBeside('', '', 'ours').replaceAll('jitsi/web:', 'registry.example.org/conf:');
  await proposed({ 'compose.yaml': ours }, (_, { services }) => {
    assert.is(services.get('web')?.name, 'jitsi-web');
  });
  const plain = ours.replace('jitsi-web:', 'web:').replace('example.org/conf', 'example.org/shop');
  const shop = plain.replace(/(web:\n.*\n)[\s\S]*?(?= {2}jitsi-prosody)/, '$1');
  await proposed({ 'compose.yaml': shop }, (_, { services }) => {
    assert.is(services.get('web'), undefined);
  });
});

test('who is Jitsi’s and who is not', async () => {
  const others = `${traefik}cloud: { image: "nextcloud:30-apache" }
etherpad: { image: etherpad/etherpad }
bridge: { image: "jitsi/jvb:stable-10888" }
relay: { image: coturn/coturn }
`;
  await proposed({ 'compose.yaml': jitsiBeside('', others) }, ({ unplaced }, installation) => {
    const { replaced, companions, neighbours } = partiesOf(installation);
    const names = (services: typeof replaced) => services.map(({ name }) => name).sort();
    assert.equal(names(replaced), [
      'bridge',
      'jitsi-jicofo',
      'jitsi-jvb',
      'jitsi-prosody',
      'jitsi-web',
      'relay',
    ]);
    assert.equal(names(companions), ['etherpad']);
    assert.equal(names(neighbours), ['cloud', 'traefik']);
    assert.equal(
      unplaced.map(({ name }) => name),
      ['service jitsi-jvb'],
    );
  });
});

test('what an NGINX of its own does besides is listed', async () => {
  const nginx = `nginx:
  image: nginx
  ports: ["80:80", "443:443", "8448:8448"]
  volumes: ["./n.conf:/etc/nginx/nginx.conf", "./wiki:/srv/wiki", "./certs:/certs"]
`;
  const conf = `server { }
server_name meet.example.org;
server_name www.meet.example.org;
`;
  const files = { 'compose.yaml': jitsiBeside('', nginx), 'n.conf': conf };
  await proposed(files, ({ unplaced }) => {
    assert.equal(
      unplaced.map(({ name, value }) => `${name}: ${value}`),
      [
        'server_name: www.meet.example.org',
        'port of nginx: 8448 → 8448/tcp',
        'mount of nginx: ./wiki → /srv/wiki',
      ],
    );
  });
});

test.run();
