import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';

const plan = suite('edges in the plan');

const answers = (more: RawAnswers) => ({
  domain: 'meet.example.org',
  network: { exposure: 'nat', publicAddresses: ['192.0.2.1'], lanAddresses: ['192.168.10.20'] },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  ...more,
});
const shared = { mode: 'coturn', domain: 'turn.example.org', share443: true };

async function refusal(more: RawAnswers): Promise<string> {
  return planOf(answers(more)).then(
    () => '',
    (error: Error) => error.message,
  );
}

const environmentOf = async (more: RawAnswers) =>
  (await planOf(answers(more))).services.find(({ name }) => name === 'prosody')?.environment ?? {};

plan('the relay is announced on the port that it is reached at', async () => {
  const haproxy = await environmentOf({ edge: { proxy: 'haproxy' } });
  assert.equal([haproxy.TURN_PORT, haproxy.TURNS_PORT], ['3478', '443']);
  assert.is((await environmentOf({ edge: { proxy: 'nginx' } })).TURNS_PORT, '5349');
  assert.is((await environmentOf({ edge: { proxy: 'nginx' }, turn: shared })).TURNS_PORT, '443');
});

plan('the edge passes the relay on to an IPv4 address where there is one', async () => {
  const door = async (publicAddresses: readonly string[]) => {
    const network = { exposure: 'public', ipv6: true, publicAddresses };
    return (await planOf(answers({ network, turn: shared }))).passthrough[0]?.address;
  };
  assert.is(await door(['2001:db8::7', '203.0.113.7']), '203.0.113.7');
  assert.is(await door(['2001:db8::7']), '2001:db8::7');
});

plan('prosody and web believe those that really ask them, and nobody else', async () => {
  const cases: readonly (readonly [RawAnswers, string, string])[] = [
    [{ proxy: 'nginx' }, '127.0.0.1,::1,172.28.0.10,172.28.0.11', '172.28.0.10'],
    [{ proxy: 'haproxy' }, '127.0.0.1,::1,172.28.0.11', '172.28.0.10'],
    [{ proxy: 'haproxy', clientAddress: 'go-mmproxy' }, '127.0.0.1,::1,172.28.0.11', '172.28.0.10'],
    [{ proxy: 'external', flavour: 'caddy' }, '127.0.0.1,::1,172.28.0.11', '172.28.0.1'],
  ];
  for (const [edge, prosody, web] of cases) {
    const { plan, files } = await renderedOf(answers({ edge }));
    const name = plan.services.find((service) => service.name === 'prosody');
    assert.is(name?.environment.PROSODY_TRUSTED_PROXIES, prosody);
    const realip = files.find(({ path }) => path.endsWith('/realip.conf'))?.text ?? '';
    assert.equal(realip.match(/(?<=set_real_ip_from ).*(?=;)/g), [web]);
  }
});

plan('a proxy in a container is believed under its one address in the network', async () => {
  const docker = ['nginx-proxy-manager', 'swag', 'nginx-proxy', 'traefik', 'cloudflared'];
  const inside = ['nginx', 'caddy', 'apache', 'haproxy'].map((flavour) => ({
    flavour,
    place: 'container',
  }));
  for (const edge of [...docker.map((flavour) => ({ flavour })), ...inside]) {
    const { plan, files } = await renderedOf(answers({ edge: { proxy: 'external', ...edge } }));
    const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
    const { flavour } = edge;
    const realip = text('jitsi/web/nginx-custom/realip.conf');
    assert.equal(realip.match(/(?<=set_real_ip_from ).*(?=;)/g), ['172.28.0.10'], flavour);
    assert.match(text('proxy/network.yaml'), 'ipv4_address: 172.28.0.10', flavour);
    assert.match(text('stack'), new RegExp(`^proxy='?${flavour}'?$`, 'm'));
    // 127.0.0.1 leads nowhere in a container.
    assert.not(
      plan.endpoints.some(({ port }) => port === 8289),
      flavour,
    );
    for (const { path, text } of files.filter(({ path }) => path.startsWith('proxy/')))
      assert.not.match(text, '127.0.0.1', path);
  }
});

plan('nginx-proxy finds the site by what web announces', async () => {
  const { files } = await renderedOf(
    answers({ edge: { proxy: 'external', flavour: 'nginx-proxy' } }),
  );
  const compose = files.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  assert.match(compose, 'VIRTUAL_HOST: meet.example.org,turn.example.org');
  assert.match(compose, "VIRTUAL_PORT: '8000'");
});

plan('behind an own proxy nobody is told to install the certificate of the page', async () => {
  const saidOf = async (edge: object) => {
    const { plan } = await renderedOf(answers({ edge, certificates: { source: 'own' } }));
    return plan.features.find(({ id }) => id === 'certificates-own')?.says;
  };
  assert.match((await saidOf({ proxy: 'nginx' })) ?? '', 'install it after the first start');
  assert.is(
    await saidOf({ proxy: 'external', flavour: 'caddy' }),
    'Your own proxy brings the certificate of the page.',
  );
});

plan(
  'behind a tunnel no step leads the site’s name here, and no port of the web is open',
  async () => {
    const edge = { proxy: 'external', flavour: 'cloudflared', place: 'server' };
    const { plan, files } = await renderedOf(answers({ edge }));
    const titles = plan.steps.map(({ title }) => title);
    assert.not(titles.includes('Point meet.example.org at the server'));
    assert.ok(titles.includes('Point turn.example.org at the server'));
    assert.not(plan.endpoints.some(({ port }) => port === 80 || port === 443));
    const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
    assert.not.match(readme, '| `meet.example.org` | `A');
    assert.match(readme, './stack certs install FULLCHAIN.pem PRIVKEY.pem');
  },
);

plan(
  'what cannot be is refused: a program that runs in containers only, a wrong name',
  async () => {
    const npm = { proxy: 'external', flavour: 'nginx-proxy-manager', place: 'server' };
    assert.match(await refusal({ edge: npm }), 'Nginx Proxy Manager runs in a container.');
    const named = { proxy: 'external', flavour: 'traefik', container: 'my traefik' };
    assert.match(await refusal({ edge: named }), 'cannot be the name of a container');
  },
);

plan(
  'a relay on the port of somebody else is refused, and HAProxy without one that shares',
  async () => {
    const external = { proxy: 'external', flavour: 'nginx' };
    assert.match(await refusal({ edge: external, turn: shared }), 'belongs to your own proxy');
    assert.match(
      await refusal({ edge: { proxy: 'haproxy' }, turn: { ...shared, share443: false } }),
      'always shares port 443',
    );
  },
);

plan('an authority that asks on port 80 of somebody else is refused', async () => {
  const acme = { source: 'acme', email: 'ops@example.org' };
  const external = { proxy: 'external', flavour: 'nginx' };
  assert.match(await refusal({ edge: external, certificates: acme }), 'Port 80 belongs');
});

plan('the stack’s certificate is for what the stack itself answers to', async () => {
  const names = async (edge: RawAnswers, turn: RawAnswers) =>
    (await planOf(answers({ edge, turn }))).certificate.names;
  const relay = { mode: 'coturn', domain: 'turn.example.org' };
  const external = { proxy: 'external', flavour: 'caddy' };
  assert.equal(await names({ proxy: 'haproxy' }, relay), ['meet.example.org', 'turn.example.org']);
  assert.equal(await names(external, relay), ['turn.example.org']);
  // Nobody asks for it then, and whoever looks at certs/ finds something sensible.
  assert.equal(await names(external, { mode: 'none' }), ['meet.example.org']);
  const network = { exposure: 'nat', publicAddresses: ['192.0.2.1'], lanAddresses: ['10.0.0.2'] };
  const { files } = await renderedOf(answers({ edge: external, network, turn: relay }));
  const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
  assert.match(readme, '| `meet.example.org` | `A 10.0.0.2` |');
});

plan('the seed’s drawing: every box and arrow of it', async () => {
  const edge = { proxy: 'haproxy', clientAddress: 'go-mmproxy' };
  const { plan, files } = await renderedOf(answers({ edge }));
  const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
  for (const arrow of [
    'router -- "80/tcp" --> nginx',
    'router -- "443/tcp" --> haproxy',
    'router -- "3478/udp, 3478/tcp, 5349/tcp" --> coturn',
    'router -- "10000/udp" --> jvb',
    'haproxy -- "5349" --> coturn',
    'haproxy -- "4444" --> go-mmproxy',
    'go-mmproxy -- "4443" --> nginx',
    'nginx -- "/xmpp-websocket, /http-bind, /" --> web',
    'web -- "5280" --> prosody',
    'jicofo -- "5222" --> prosody',
    'jvb -- "5222" --> prosody',
    'coturn -- "10000/udp" --> jvb',
  ]) {
    assert.match(readme, arrow);
  }
  const local = plan.endpoints.find(({ port }) => port === 8289);
  assert.equal([local?.from, local?.service, local?.containerPort], ['host', 'web', 8000]);
});

plan('the firewall keeps 80 and 443 open for the owner’s own proxy', async () => {
  const external = { proxy: 'external', flavour: 'apache' };
  const { endpoints } = await planOf(answers({ edge: external }));
  const own = endpoints.filter(({ port }) => port === 80 || port === 443);
  assert.equal(
    own.map(({ service, from, forward }) => [service, from, forward]),
    [
      ['host', 'internet', true],
      ['host', 'internet', true],
    ],
  );
});

plan.run();
