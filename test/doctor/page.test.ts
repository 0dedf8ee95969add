import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Authority } from './authority.ts';
import { domain, findingsOf, only, planAt } from './examined.ts';
import { configOf, freePort, type Habits, openSite } from './site.ts';

const page = suite('the doctor, page and signalling');
const authority = await Authority.found();
const pair = await authority.issue([domain]);

/** What is said about a site with these habits. */
async function visited(habits: Habits, changes = {}) {
  const site = await openSite(pair, domain);
  site.habits = habits;
  const plan = await planAt(site, changes);
  const findings = await findingsOf(plan).finally(site.close);
  return {
    page: only(findings, 'page', `:${site.https}/`),
    redirect: only(findings, 'page', `port ${site.http}`),
    config: only(findings, 'config'),
    socket: only(findings, 'signalling', 'wss://'),
    bosh: only(findings, 'signalling', 'https://'),
    hsts: findings.find(({ subject }) => subject === 'HSTS')?.outcome,
    origin: `https://${domain}:${site.https}`,
  };
}

page('a site that works is all right', async () => {
  const { hsts, origin: _, ...rest } = await visited({});
  for (const [name, { outcome, text }] of Object.entries(rest))
    assert.is(outcome, 'ok', `${name}: ${text}`);
  assert.is(hsts, 'ok');
});

page('the bridge’s WebSocket of older releases is no signalling', async () => {
  const settings = { ENABLE_COLIBRI_WEBSOCKET: true };
  const { bosh, socket } = await visited({}, { release: 'stable-11031', settings });
  assert.equal([bosh.outcome, socket.outcome], ['ok', 'ok']);
});

page('an edge without what is behind it is told apart from no edge', async () => {
  const { page, socket, bosh, config } = await visited({ status: 502 });
  for (const one of [page, config]) {
    assert.is(one.outcome, 'wrong');
    assert.match(one.text, /502 \(Bad Gateway\).*nginx works.*docker compose logs web/);
  }
  for (const one of [socket, bosh]) {
    assert.is(one.outcome, 'wrong');
    assert.match(one.text, /502.*docker compose logs prosody/);
  }
});

page('where the front page is the owner’s, Jitsi’s is looked for at a room', async () => {
  const site = await openSite(pair, domain);
  const branding = { look: 'own', name: 'Ours', welcome: 'own' };
  const findings = await findingsOf(await planAt(site, { branding })).finally(site.close);
  assert.ok(findings.some(({ check, subject }) => check === 'page' && subject.endsWith('/doctor')));
  assert.not(findings.some(({ subject }) => subject === `https://${domain}:${site.https}/`));
});

page('what stands beside Jitsi is asked too, and told apart from the edge', async () => {
  const besides = async (habits: Habits) => {
    const site = await openSite(pair, domain);
    site.habits = habits;
    const plan = await planAt(site, { extras: ['whiteboard', 'documents'] });
    const findings = await findingsOf(plan).finally(site.close);
    return ['/socket.io/', '/etherpad/'].map((path) => only(findings, 'page', path));
  };
  for (const { outcome, text } of await besides({})) assert.is(outcome, 'ok', text);
  const [board, pads] = await besides({ beside: 404 });
  assert.match(board?.text ?? '', 'Upgrade and Connection');
  assert.match(pads?.text ?? '', 'does not reach etherpad');
  const [gone] = await besides({ beside: 502 });
  assert.match(gone?.text ?? '', 'docker compose logs whiteboard');
});

page('another site under this name is seen', async () => {
  const { page } = await visited({ page: '<title>It works!</title>' });
  assert.is(page.outcome, 'wrong');
  assert.match(page.text, 'another page than Jitsi');
});

page('plain HTTP that is not redirected, or to elsewhere, is wrong', async () => {
  assert.match((await visited({ redirect: '' })).redirect.text, 'Plain HTTP answers 200');
  const { redirect } = await visited({ redirect: `https://${domain}.evil.example/` });
  assert.is(redirect.outcome, 'wrong');
});

page('a missing HSTS header is wrong where this stack sets it', async () => {
  assert.is((await visited({ hsts: '' })).hsts, 'wrong');
  const edge = { proxy: 'external', flavour: 'caddy' };
  assert.is((await visited({ hsts: '' }, { edge })).hsts, undefined);
});

page('behind the owner’s own proxy the page is looked at, with a relay too', async () => {
  const edge = { proxy: 'external', flavour: 'caddy' };
  const turn = { mode: 'coturn', domain: 'turn.example.org' };
  assert.is((await visited({}, { edge, turn })).page.outcome, 'ok');
});

page(
  'config.js that sends browsers to localhost is wrong, and says to whom it should',
  async () => {
    const config = () => configOf('https://localhost:8443');
    const { config: said, origin } = await visited({ config });
    assert.is(said.outcome, 'wrong');
    assert.match(said.text, 'wss://localhost:8443');
    assert.match(said.text, `PUBLIC_URL=${origin}`);
  },
);

page('the last word of config.js counts', async () => {
  const other = "config.websocket = 'wss://other.example.org/xmpp-websocket';\n";
  const after = await visited({ config: (origin) => configOf(origin) + other });
  assert.match(after.config.text, 'wss://other.example.org');
  const before = await visited({ config: (origin) => other + configOf(origin) });
  assert.is(before.config.outcome, 'ok');
});

page('a relative address, and no WebSocket where the settings want none, are right', async () => {
  const config = () => "config.bosh = '/' + subdir + 'http-bind';";
  assert.match((await visited({ config })).config.text, 'names no websocket');
  const settings = { ENABLE_XMPP_WEBSOCKET: false };
  assert.is((await visited({ config }, { settings })).config.outcome, 'ok');
});

page('a WebSocket that is refused or taken for a request is wrong', async () => {
  const refused = (await visited({ socket: 403 })).socket;
  assert.is(refused.outcome, 'wrong');
  assert.match(refused.text, /403.*refuses/);
  const lost = (await visited({ socket: 200 })).socket;
  assert.is(lost.outcome, 'wrong');
  assert.match(lost.text, /200.*Upgrade and Connection/);
});

page('a WebSocket of something else than prosody is wrong', async () => {
  const { socket } = await visited({ protocol: 'chat' });
  assert.is(socket.outcome, 'wrong');
  assert.match(socket.text, 'speaks chat');
});

page('BOSH that opens no session is wrong, with prosody’s reason', async () => {
  const closed = `<body xmlns='http://jabber.org/protocol/httpbind' type='terminate' condition='host-unknown'/>`;
  const { bosh } = await visited({ bosh: closed });
  assert.is(bosh.outcome, 'wrong');
  assert.match(bosh.text, 'host-unknown');
});

page('without a connection, only ports and certificates are wrong', async () => {
  const https = await freePort();
  const findings = await findingsOf(await planAt({ https, http: await freePort() }));
  for (const check of ['page', 'config', 'signalling'] as const)
    for (const { outcome, subject } of findings.filter((one) => one.check === check))
      assert.is(outcome, 'not checked', subject);
  assert.is(only(findings, 'ports', `${https}/tcp`).outcome, 'wrong');
  assert.is(only(findings, 'certificate', domain).outcome, 'wrong');
});

page.run();
