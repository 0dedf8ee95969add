import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { releaseTags } from '../../../src/releases/index.ts';
import { planOf, problemsOf, renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('extra: telephone');

const answers = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
  extras: ['telephone'],
  telephone: { account: '4930123456@sip.example.org' },
} as const;

const made = (more: RawAnswers = {}) => planOf({ ...answers, ...more });

const problemsWith = (more: RawAnswers, base: RawAnswers = answers) =>
  problemsOf({ ...base, ...more });

const { telephone: _, ...bare } = answers;

const environmentOf = ({ services }: Awaited<ReturnType<typeof made>>, service: string) =>
  services.find(({ name }) => name === service)?.environment ?? {};

test('gateway, focus and prosody know of the account; its password is nobody else’s', async () => {
  const plan = await made({ telephone: { ...answers.telephone, room: 'weekly' } });
  const jigasi = environmentOf(plan, 'jigasi');
  assert.is(jigasi.JIGASI_SIP_URI, '4930123456@sip.example.org');
  assert.is(jigasi.JIGASI_SIP_SERVER, 'sip.example.org');
  assert.is(jigasi.JIGASI_SIP_TRANSPORT, 'UDP');
  assert.is(jigasi.JIGASI_SIP_DEFAULT_ROOM, 'weekly');
  assert.is(environmentOf(plan, 'jicofo').JIGASI_SIP_URI, jigasi.JIGASI_SIP_URI);
  assert.equal(environmentOf(plan, 'prosody').JIGASI_XMPP_PASSWORD, {
    secret: 'JIGASI_XMPP_PASSWORD',
  });
  const holders = plan.services.filter(({ environment }) => environment.JIGASI_SIP_PASSWORD);
  assert.equal(
    holders.map(({ name }) => name),
    ['jigasi'],
  );
  const secret = plan.secrets.find(({ name }) => name === 'JIGASI_SIP_PASSWORD');
  assert.ok(secret?.given, 'the provider’s password is made up');
});

test('voices have 51 ports of the table, and SIP none: the gateway registers by itself', async () => {
  const { plan, files } = await renderedOf({ ...answers, firewall: ['nftables'] });
  const rows = plan.endpoints.filter(({ service }) => service === 'jigasi');
  assert.equal(
    rows.map(({ protocol, port, lastPort, from }) => ({ protocol, port, lastPort, from })),
    [{ protocol: 'udp', port: 20000, lastPort: 20050, from: 'internet' }],
  );
  const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
  assert.match(textOf('compose.yaml'), '20000-20050:20000-20050/udp');
  assert.match(textOf('firewall/nftables.nft'), 'udp ct original proto-dst 20000-20050');
  assert.not.match(textOf('compose.yaml'), ':5060');
  const [taken] = await problemsWith({
    turn: { mode: 'coturn', domain: 'turn.example.org', firstRelayPort: 20040 },
  });
  assert.match(taken?.what ?? '', 'is taken');
});

test('it comes in as prosody lets it in', async () => {
  assert.is(environmentOf(await made(), 'jigasi').ENABLE_GUESTS, '1');
  const closed = await made({ auth: { ...answers.auth, guests: 'none' } });
  assert.is(environmentOf(closed, 'jigasi').ENABLE_GUESTS, '0');
  const [tokens] = await problemsWith({ auth: { mode: 'jwt', guests: 'none' } });
  assert.match(tokens?.what ?? '', 'could enter no room');
});

test('strangers never call: where everybody may open rooms it is refused', async () => {
  const [problem] = await problemsWith({ auth: { mode: 'open', strangers: true } });
  assert.is(problem?.answer, 'auth.mode');
  assert.match(problem?.why ?? '', 'on your bill');
});

test('what is no account, server or room gets a sentence', async () => {
  const wrong: Readonly<Record<string, object>> = {
    'telephone.account': {},
    'telephone.server': { account: 'a@b.example', server: 'sip:b.example' },
    'telephone.room': { account: 'a@b.example', room: 'My Room' },
  };
  for (const [answer, telephone] of Object.entries(wrong)) {
    const [problem] = await problemsWith({ telephone });
    assert.is(problem?.answer, answer);
    assert.ok(problem?.fix);
  }
  for (const account of [
    'sip:a@b.example',
    'a@',
    '@b.example',
    'a b@c.example',
    'a:pw@b.example',
  ]) {
    const [problem] = await problemsWith({ telephone: { account } });
    assert.is(problem?.answer, 'telephone.account', account);
  }
});

test('with numbers, page and prosody know of PINs, and nothing of it is there without', async () => {
  const paths = async (more: object) => {
    const { files, plan } = await renderedOf({
      ...answers,
      telephone: { ...answers.telephone, ...more },
    });
    const web = environmentOf(plan, 'web');
    const announced = plan.services.find(({ name }) => name === 'prosody')?.announced;
    const asked = [web.CONFCODE_URL, web.DIALIN_NUMBERS_URL, announced?.TELEPHONE_PBX_PASSWORD];
    const found = files.filter(({ path }) => /telephone/.test(path)).map(({ path }) => path);
    return { asked, found, probes: plan.probes.map(({ path }) => path) };
  };
  const site = 'https://meet.example.org/telephone';
  const { asked, found, probes } = await paths({ numbers: 'DE +49 30 123456' });
  const password = { secret: 'TELEPHONE_PBX_PASSWORD' };
  assert.equal(asked, [`${site}/pin`, `${site}/numbers`, password]);
  assert.is(found.length, 10, found.join());
  // Without a room it says that there is none: the doctor sees that page and PINs are in touch.
  assert.equal(probes, ['/telephone/pin']);
  for (const without of [{}, { numbers: '' }, { numbers: ' ', room: '' }])
    assert.equal(await paths(without), {
      asked: [undefined, undefined, undefined],
      found: [],
      probes: [],
    });
});

test('what is no number with its country gets a sentence, and so does a release without a place for them', async () => {
  const told = async (numbers: string, more: RawAnswers = {}) => {
    const [problem] = await problemsWith({ telephone: { ...answers.telephone, numbers }, ...more });
    return `${problem?.answer}: ${problem?.what}`;
  };
  for (const wrong of [
    '+49 30 123456',
    'DE 030 123456',
    'Germany +49 30 123456',
    'DE +49 30 123456,',
    'DE +49',
    'DE +49 30 "1"',
    'DE +4930123456789012345',
  ])
    assert.match(await told(wrong), /^telephone\.numbers: “.*” is no number with its country/);
  assert.match(
    await told('DE +49 30 123456', { release: 'stable-9823' }),
    'do not work with stable-9823',
  );
});

const gateway = await needs(test, 'host:curl');

gateway('it is healthy once it is registered, though its image finds it never ready', async () => {
  const { services } = await made();
  const jigasi = services.find(({ name }) => name === 'jigasi');
  const [kind, check = ''] = jigasi?.healthcheck?.test ?? [];
  assert.is(kind, 'CMD-SHELL');
  let said: [number, string] = [503, ''];
  const server = createServer((_, response) => response.writeHead(said[0]).end(said[1]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const asked = async (...now: [number, string]) => {
    said = now;
    return (await command('sh', ['-c', check.replace('8788', String(port))])).ok;
  };
  try {
    assert.not(await asked(503, ''), 'not registered');
    assert.ok(
      await asked(500, '{"reason":"GW not ready."}'),
      'registered, with nothing to call as a test',
    );
    assert.ok(await asked(200, '{}'), 'registered, and its test call came through');
    assert.not(await asked(500, '{"reason":"CallManager is not healthy."}'), 'stuck');
  } finally {
    server.close();
  }
  assert.not((await command('sh', ['-c', check.replace('8788', '1')])).ok, 'not running');
});

test('TLS has its own port', async () => {
  const plan = await made({ telephone: { ...answers.telephone, transport: 'tls' } });
  assert.is(environmentOf(plan, 'jigasi').JIGASI_SIP_PORT, '5061');
  assert.is(environmentOf(plan, 'jigasi').JIGASI_SIP_TRANSPORT, 'TLS');
});

test('every release that works has it', async () => {
  for (const release of releaseTags()) {
    // Those that break something else are refused with and without it.
    const without = await problemsWith({ release, extras: [] }, bare);
    const withIt = await problemsWith({ release });
    assert.is(withIt.length, without.length, `${release}: ${withIt[0]?.what}`);
  }
});

test.run();
