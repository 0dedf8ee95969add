import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newestRelease } from '../../src/releases/index.ts';
import { listening, type StandIn } from '../answers/detect/stand-in.ts';
import { answering, type Start } from './answering.ts';
import { type Reply, type Session, server } from './stand-ins.ts';

let folder = '';
const wizard = suite('wizard');
wizard.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'wizard-'));
});
wizard.after.each(() => rmSync(folder, { recursive: true }));

/** The same server before its name is in DNS. */
const unnamed: StandIn = { ...server, names: {} };

const answer = (replies: Readonly<Record<string, readonly Reply[]>>, start?: Start) =>
  answering(folder, replies, start);

const name = { 'Which name will people type': ['meet.example.org'] };
const shortest = {
  ...name,
  'Where will the HTTPS certificate': ['self-signed'],
  'Who may open a room': ['internal'],
};
const questions = ({ asked }: Session) => asked.map(({ question }) => question);

wizard('asks eight questions at most on the shortest path, and then whether to write', async () => {
  const { code, session, there } = await answer(shortest);
  assert.is(code, 0, there.said());
  assert.is(session.asked.at(-1)?.question, 'Write it?');
  assert.ok(session.asked.length - 1 <= 8, questions(session).join('\n'));
  assert.is(there.writes.length, 2);
  assert.ok(there.writes[0]?.options.dryRun);
  assert.not(there.writes[1]?.options.dryRun);
});

wizard('proposes what this host suggests', async () => {
  const { session, there } = await answer(shortest);
  const proposed = (words: string) =>
    session.asked.find(({ question }) => question.includes(words))?.answer;
  assert.is(proposed('Where should the files'), '.');
  assert.is(proposed('Will Jitsi run on this computer'), true);
  assert.equal(proposed('Which firewall'), ['ufw']);
  assert.equal(there.answers().network.publicAddresses, ['203.0.113.7']);
});

wizard('a directory that is not empty is not proposed', async () => {
  writeFileSync(join(folder, 'mine.txt'), '');
  const { there } = await answer(shortest);
  assert.is(there.writes.at(-1)?.directory, join(folder, 'meet'));
});

wizard('shows where the name leads before the next question', async () => {
  const names = { 'meet.example.org': ['104.16.132.229'] };
  const { session } = await answer(shortest, { host: { ...server, names } });
  assert.ok(session.seen.some((text) => /^warning: .*Cloudflare’s proxy.*DNS only/.test(text)));
  assert.ok(session.seen.some((text) => /^Found\nDNS .*\nAddresses {2}203\.0\.113\.7/.test(text)));
});

wizard('the record that it asks for names the address that a flag gives', async () => {
  const words = ['--network-public-addresses', '198.51.100.9'];
  const { session } = await answer(shortest, { words, host: unnamed });
  const hint = session.seen.find((text) => text.includes('no record in DNS'));
  assert.match(hint ?? '', 'before the first start: A 198.51.100.9.');
});

wizard('asks for addresses only where nothing suggests one', async () => {
  const home = { interfaces: { eth0: ['192.168.10.20/24'] } };
  const replies = {
    ...shortest,
    'Which public IP addresses': ['', '203.0.113.300', '203.0.113.7'],
  };
  const { session, there } = await answer(replies, { host: home });
  assert.equal(there.answers().network.publicAddresses, ['203.0.113.7']);
  assert.equal(there.answers().network.lanAddresses, ['192.168.10.20']);
  assert.not(questions(session).some((question) => question.includes('private IP addresses')));
  const wrong = session.seen.filter((text) => text.startsWith('wrong: '));
  assert.match(wrong[0] ?? '', 'Enter at least one address.');
  assert.match(wrong[1] ?? '', '“203.0.113.300” is not a literal IP address');
});

wizard('the fields of the choice that was made follow it at once', async () => {
  const { session } = await answer({ ...name, email: ['nonsense', 'ops@example.org'] });
  const at = questions(session).findIndex((question) => question.includes('certificate come'));
  assert.match(questions(session)[at + 1] ?? '', 'email address');
  assert.ok(session.seen.some((text) => text.startsWith('wrong: This is not an email address')));
  assert.not(questions(session).some((question) => question.includes('ACME directory')));
});

wizard('on a local network it proposes a certificate that can be had there', async () => {
  const { code, there } = await answer(
    { ...name, 'How will people reach this server': ['lan'] },
    { host: unnamed },
  );
  assert.is(code, 0, there.said());
  assert.is.not(there.answers().certificates.source, 'acme');
});

wizard('does not ask what the command line has answered, nor a choice of one', async () => {
  const words = ['meet', '--domain', 'meet.example.org', '--certificates', 'own', '--turn', 'none'];
  const { session } = await answer(shortest, { words });
  for (const gone of [
    'Where should',
    'Which name',
    'certificate',
    'only allow web browsing',
    'listen on ports',
  ]) {
    assert.not(
      questions(session).some((question) => question.includes(gone)),
      gone,
    );
  }
});

const strict = { ...shortest, 'only allow web browsing': [true] };
const listensOn = 'What should listen on ports 80 and 443?';
const offeredFor = ({ asked }: Session, words: string) =>
  asked.find(({ question }) => question.includes(words))?.offered as
    | readonly { value: string; label: string; hint?: string }[]
    | undefined;

wizard('for people behind strict firewalls it recommends an edge that shares 443', async () => {
  const { session, there } = await answer(strict);
  const edge = session.asked.findIndex(({ question }) => question === listensOn);
  const before = session.asked.findIndex(({ question }) => question.includes('certificate'));
  assert.ok(edge > 0 && edge < before, questions(session).join('\n'));
  const recommended = offeredFor(session, listensOn)?.find(({ label }) => label.includes('recomm'));
  assert.is(recommended?.value, 'haproxy');
  assert.match(recommended?.hint ?? '', 'share port 443');
  assert.equal([there.answers().edge.proxy, there.answers().turn.share443], ['haproxy', true]);
});

wizard('on a small server it recommends the edge with one container less', async () => {
  const { there } = await answer(strict, { words: ['.', '--host-memory', '1500'] });
  assert.equal([there.answers().edge.proxy, there.answers().turn.share443], ['nginx', true]);
});

wizard('nobody behind strict firewalls: nothing is asked about the edge', async () => {
  const { session, there } = await answer(shortest);
  assert.not(questions(session).includes(listensOn));
  assert.equal([there.answers().edge.proxy, there.answers().turn.share443], ['nginx', false]);
});

wizard('an own proxy instead of the recommended edge keeps 443 for itself', async () => {
  const { code, session, there } = await answer({ ...strict, [listensOn]: ['external'] });
  assert.is(code, 0, there.said());
  const hint = offeredFor(session, listensOn)?.find(({ value }) => value === 'external')?.hint;
  assert.match(hint ?? '', 'keeps 443 for itself');
  assert.is(there.answers().turn.share443, false);
});

wizard('a local network is not asked about company firewalls', async () => {
  const { session } = await answer(
    { ...shortest, 'How will people reach this server': ['lan'] },
    { host: unnamed },
  );
  assert.not(questions(session).some((question) => question.includes('only allow web browsing')));
});

const withCaddy: StandIn = {
  ...server,
  files: { ...server.files, '/proc/net/tcp6': listening(443) },
  programs: { 'ss -Hltnp': 'LISTEN 0 4096 *:443 *:* users:(("caddy",pid=7,fd=6))' },
};

wizard('a reverse proxy that is here already is named and stays', async () => {
  const { session, there } = await answer(
    { ...name, 'Who may open a room': ['internal'] },
    { host: withCaddy },
  );
  assert.ok(session.seen.some((text) => /^warning: Caddy uses port 443 on this server/.test(text)));
  const { edge, certificates, turn } = there.answers();
  assert.equal(edge, { proxy: 'external', flavour: 'caddy', place: 'server' });
  assert.equal([certificates.source, turn.share443], ['own', false]);
  assert.not(questions(session).some((question) => question.includes('only allow web browsing')));
  assert.match(
    offeredFor(session, listensOn)?.[0]?.hint ?? '',
    'you would have to stop Caddy first',
  );
});

wizard('one in a container is known by its image, and so is its container', async () => {
  const docker = 'docker ps --format {{.Names}}\t{{.Image}}\t{{.Ports}}';
  const npm = 'npm-app-1\tjc21/nginx-proxy-manager:2\t0.0.0.0:80-81->80-81/tcp, :::443->443/tcp\n';
  const { session, there } = await answer(
    { ...name, 'Who may open a room': ['internal'] },
    { host: { ...server, programs: { [docker]: npm } } },
  );
  const { edge } = there.answers();
  const place = { place: 'container', container: 'npm-app-1' };
  assert.equal(edge, { proxy: 'external', flavour: 'nginx-proxy-manager', ...place });
  assert.not(questions(session).some((question) => question.includes('Where does it run')));
  const tunnel = 'cf\tcloudflare/cloudflared:latest\t\n';
  const behind = await answer(
    { ...name, 'Who may open a room': ['internal'] },
    { words: ['tunnel'], host: { ...server, programs: { [docker]: tunnel } } },
  );
  assert.is(behind.there.answers().edge.flavour, 'cloudflared');
  assert.ok(behind.session.seen.some((text) => text.includes('UDP port 10000 of this server')));
});

/** Nobody answers at this address, so the password cannot be refused. */
const directory = {
  'Who may open a room': ['ldap'],
  'Which servers does your directory': ['127.0.0.1:1'],
  'Which entry are the people': ['dc=example,dc=org'],
  'Which account may search': ['cn=jitsi,dc=example,dc=org'],
};

wizard(
  'the password of the directory is asked once, goes to .env alone, and may come later',
  async () => {
    const { session, there } = await answer({
      ...{ ...shortest, ...directory },
      'What is the password of cn=jitsi': ['lovelace'],
    });
    const asked = questions(session).filter((question) =>
      question.includes('What is the password'),
    );
    assert.is(asked.length, 1);
    assert.ok(
      session.seen.some((text) => /^warning: (- )?The directory 127.0.0.1 cannot be/.test(text)),
    );
    const { plan, options } = there.writes.at(-1) ?? {};
    assert.equal(
      (options as { entered?: unknown }).entered,
      new Map([['LDAP_BINDPW', 'lovelace']]),
    );
    assert.not.match(JSON.stringify(plan) + there.printed() + session.seen.join(), 'lovelace');
    assert.not.match(session.seen.join(), 'stack secret LDAP_BINDPW');
  },
);

wizard('without the password the next steps ask for it', async () => {
  const { session, there } = await answer({ ...shortest, ...directory });
  const { options } = there.writes.at(-1) ?? {};
  assert.is((options as { entered?: Map<string, string> }).entered?.size, 0);
  assert.match(session.seen.join(), 'stack secret LDAP_BINDPW');
});

wizard('what listens here is no reason for a stack that is here already', async () => {
  await existing();
  const { there } = await answer({}, { words: ['--reconfigure'], host: withCaddy });
  assert.is(there.answers().edge.proxy, 'nginx');
});

wizard('an unknown program on the ports is named, and nothing is recommended for it', async () => {
  const programs = {
    'ss -Hltnp': 'LISTEN 0 1024 0.0.0.0:443 0.0.0.0:* users:(("lighttpd",pid=7,fd=4))',
  };
  const { session, there } = await answer(shortest, { host: { ...withCaddy, programs } });
  assert.ok(session.seen.some((text) => text.includes('taken by lighttpd')));
  assert.is(there.answers().edge.proxy, 'nginx');
});

wizard(
  'addresses that were given are kept when the way of reaching the server is asked',
  async () => {
    const words = ['.', '--network-public-addresses', '198.51.100.7'];
    const home = { interfaces: { eth0: ['192.168.10.20/24'] } };
    const { session, there } = await answer(shortest, { words, host: home });
    assert.not(questions(session).some((question) => question.includes('public IP addresses')));
    assert.equal(there.answers().network.publicAddresses, ['198.51.100.7']);
  },
);

wizard('the plan is a few sentences; network, ports and files are shown on demand', async () => {
  const titles = ({ seen }: Session) =>
    seen
      .map((text) => text.split('\n')[0])
      .filter((title) => /^(The plan|Network|Open ports|Files)$/.test(title ?? ''));
  const { session } = await answer(shortest);
  assert.equal(titles(session), ['The plan']);
  const plan = session.seen.find((text) => text.startsWith('The plan')) ?? '';
  for (const sentence of [
    'People meet at https://meet.example.org.',
    'People with an account here can open rooms.',
    'The certificate is self-signed',
    'Before the first start: ',
  ]) {
    assert.match(plan, sentence);
  }
  const more = await answer({ ...shortest, 'Write it?': ['details', 'write'] });
  assert.equal(titles(more.session), ['The plan', 'Network', 'Open ports', 'Files']);
});

wizard('an answer can be changed after the plan was seen, advanced ones too', async () => {
  const { session, there } = await answer({
    ...shortest,
    'Write it?': ['change', 'write'],
    'Which answer?': ['network.exposure', 'done'],
    'How will people reach this server': ['lan'],
  });
  const titles = session.asked.find(({ question }) => question === 'Which answer?')?.offered;
  const labels = (titles as { label: string }[]).map(({ label }) => label);
  for (const label of [
    'Which name will people type to reach the meetings? meet.example.org',
    'How much memory does the server have? 8 GB',
    'Which network should the containers use? 172.28.0.0/24',
    `Which release of Jitsi? ${newestRelease}`,
    'Which Jitsi settings do you set yourself? none',
  ]) {
    assert.ok(labels.includes(label), `${label} in\n${labels.join('\n')}`);
  }
  assert.ok(labels.some((label) => label.endsWith('ufw on this server')));
  assert.is(there.answers(1).network.exposure, 'lan');
});

wizard('answers that do not go together are said so and can be changed', async () => {
  const { code, session, there } = await answer(
    { 'do not fit together': ['cancel'] },
    {
      words: [
        '.',
        '--domain',
        'meet.example.org',
        '--turn-domain',
        'meet.example.org',
        '--certificates',
        'own',
      ],
    },
  );
  assert.is(code, 130);
  assert.ok(session.seen.some((text) => /another name than the meeting site/.test(text)));
  assert.equal(there.writes, []);
});

wizard('the email address of git is proposed where one is wanted', async () => {
  const programs = { 'git config user.email': 'ada@example.org\n' };
  const { session } = await answer(name, { words: ['there'], host: { ...server, programs } });
  const found = session.asked.find(({ question }) => question.includes('email address'));
  assert.is(found?.answer, 'ada@example.org');
});

wizard('Ctrl-C at any question leaves nothing behind', async () => {
  const { session } = await answer({ ...name, email: ['ops@example.org'] }, { words: ['there'] });
  for (const question of questions(session)) {
    const stopped = await answer(
      { [question]: [{ cancel: true }], ...name, email: ['ops@example.org'] },
      { words: ['there'] },
    );
    assert.is(stopped.code, 130, question);
    assert.match(stopped.there.said(), 'Cancelled; nothing was written.');
    assert.not(
      stopped.there.writes.some(({ options }) => !options.dryRun),
      question,
    );
  }
  assert.equal(readdirSync(folder), []);
});

async function existing(change: object = {}): Promise<void> {
  const { there } = await answer(shortest);
  writeFileSync(
    join(folder, 'jitsi-stack.json'),
    JSON.stringify({ ...there.answers(), ...change }),
  );
}

const openQuestion = 'Who may open a room';
const consent = 'Is that what you want';

wizard('strangers are let in with a yes only; a no asks again who may open rooms', async () => {
  const { session, there } = await answer({
    ...shortest,
    [openQuestion]: ['open', 'open'],
    [consent]: [false, true],
  });
  const asked = questions(session).filter((one) => one.includes(openQuestion));
  assert.is(asked.length, 2);
  assert.equal(there.answers().auth, { mode: 'open', strangers: true, moderators: 'first' });
});

wizard(
  'moderators are asked for where there is a choice, and only what holds is offered',
  async () => {
    const offered = async (guests: string) => {
      const { session } = await answer({ ...shortest, 'Who else may join': [guests] });
      const [found] = session.asked.filter(({ question }) => question === 'Who moderates?');
      return (found?.offered as { value: string }[] | undefined)?.map(({ value }) => value);
    };
    assert.is(await offered('wait'), undefined);
    assert.equal(await offered('none'), ['signed-in', 'first']);
  },
);

wizard('an answer that is changed at the end asks what it needs besides', async () => {
  const { session, there } = await answer({
    ...shortest,
    'Write it?': ['change', 'write'],
    'Which answer?': ['auth.mode', 'done'],
    [openQuestion]: ['internal', 'open'],
    [consent]: [true],
  });
  assert.is(there.answers(1).auth.strangers, true, questions(session).join('\n'));
  assert.ok(session.seen.some((text) => /^The plan\n.*\nAnybody who knows/.test(text)));
});

wizard('an update asks only what is new, and then whether to write', async () => {
  await existing({ auth: undefined });
  const { session } = await answer({});
  assert.equal(questions(session), ['Who may open a room?', 'Who else may join?', 'Write it?']);
});

wizard('an update shows what will change instead of all files', async () => {
  await existing();
  const { session } = await answer({});
  assert.equal(questions(session), ['Write it?']);
  assert.ok(
    session.seen.some((text) => text.startsWith('A run would change 1 file in this folder')),
  );
  assert.not(session.seen.some((text) => text.startsWith('Files')));
});

wizard('--reconfigure asks everything again, with the answers so far proposed', async () => {
  await existing({ certificates: { source: 'own' } });
  const { session } = await answer({}, { words: ['--reconfigure'] });
  const source = session.asked.find(({ question }) => question.includes('certificate come'));
  assert.is(source?.answer, 'own');
  assert.is(session.asked[1]?.answer, 'meet.example.org');
});

wizard(
  'addresses are asked or found anew when the way of reaching the server changes',
  async () => {
    await existing();
    const host = { ...server, interfaces: { eth0: ['203.0.113.7/24'], eth1: ['10.0.0.5/24'] } };
    const replies = { 'How will people reach this server': ['lan'], 'certificate come': ['own'] };
    const { session, there } = await answer(replies, { words: ['--reconfigure'], host });
    const { publicAddresses, lanAddresses } = there.answers().network;
    assert.equal([publicAddresses, lanAddresses], [[], ['10.0.0.5']]);
    assert.not(questions(session).some((question) => question.includes('public IP addresses')));
  },
);

wizard.run();
