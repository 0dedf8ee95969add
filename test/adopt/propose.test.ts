import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readInstallation } from '../../src/adopt/installation.ts';
import type { Proposal } from '../../src/adopt/propose.ts';
import { Folder, upstream, usualEnv } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: answers');

const changed = (lines: string) => upstream(`${usualEnv}${lines}\n`);
const answered = (proposal: Proposal, answer: string) =>
  proposal.inferred.find((one) => one.answer === answer)?.value;
const whereNo = (proposal: Proposal, name: string) =>
  proposal.unplaced.find((one) => one.name === name);

test('a usual release folder answers everything, with the line for each', async () => {
  await proposed(upstream(usualEnv), (proposal, { kind }) => {
    assert.is(kind, 'upstream');
    assert.equal(proposal.answers, {
      release: 'stable-11031',
      domain: 'meet.example.org',
      host: { timezone: 'Europe/Berlin' },
      network: {
        exposure: 'nat',
        publicAddresses: ['203.0.113.7'],
        lanAddresses: ['192.168.10.20'],
      },
      edge: { proxy: 'nginx' },
      certificates: {
        source: 'acme',
        email: 'ops@example.org',
        directory: 'https://acme-v02.api.letsencrypt.org/directory',
      },
      turn: { mode: 'none' },
      auth: { mode: 'internal', guests: 'wait' },
      settings: { ENABLE_COLIBRI_WEBSOCKET: false, MAX_PARTICIPANTS: 40 },
    });
    const domain = proposal.inferred.find(({ answer }) => answer === 'domain');
    assert.equal(domain?.evidence, [{ file: '.env', line: 6, key: 'PUBLIC_URL' }]);
    assert.equal(proposal.unplaced, []);
  });
});

test('secrets are in nothing but the secrets', async () => {
  await proposed(changed('JWT_APP_SECRET=hunter2-jwt\nLDAP_BINDPW=hunter2-ldap'), (proposal) => {
    assert.is(proposal.secrets.get('JVB_AUTH_PASSWORD'), 'fedcba9876543210fedcba9876543210');
    assert.is(proposal.secrets.get('JWT_APP_SECRET'), 'hunter2-jwt');
    const rest = JSON.stringify({ ...proposal, settings: [...proposal.settings], secrets: [] });
    for (const secret of proposal.secrets.values()) assert.not.ok(rest.includes(secret), secret);
  });
});

test('names that are gone are named with what replaced them, and where they stand', async () => {
  await proposed(
    changed('JIBRI_RECORDING_VIDEO_ENCODE_PRESET=fast\nTURN_TLL=60\nMY_OWN=1\nENABLE_LOBBI=1'),
    (proposal) => {
      const advice = (name: string) => whereNo(proposal, name)?.what ?? '';
      assert.match(advice('JIBRI_RECORDING_VIDEO_ENCODE_PRESET'), /_PRESET_RECORDING/);
      assert.match(advice('TURN_TLL'), /Set TURN_TTL/);
      assert.match(advice('ENABLE_LOBBI'), /Did you mean ENABLE_LOBBY/);
      assert.match(advice('MY_OWN'), /No image .* service of your own/);
      assert.is(whereNo(proposal, 'MY_OWN')?.evidence.line, usualEnv.split('\n').length + 2);
    },
  );
});

test('with a newer release, what it dropped is named', async () => {
  await proposed(
    upstream(usualEnv),
    (proposal) => {
      assert.is(proposal.answers.release, 'stable-11146-2');
      assert.match(whereNo(proposal, 'ENABLE_COLIBRI_WEBSOCKET')?.what ?? '', /removed/);
    },
    { wanted: 'stable-11146-2' },
  );
});

for (const [tag, taken, why] of [
  ['stable-9823', 'stable-9823', undefined],
  ['stable-10133', 'stable-10133-1', /defects/],
  ['stable-11146-1', 'stable-11146-2', /defects/],
  ['stable-99999', 'stable-99999', undefined],
  ['stable-10000', 'stable-10008', /not known/],
  ['stable-8719', 'stable-11146-2', /older than/],
  ['latest', 'stable-11146-2', /names no release/],
  ['unstable-2026-01-01', 'stable-11146-2', /names no release/],
] as const) {
  test(`images tagged ${tag} become ${taken}`, async () => {
    await proposed(upstream(usualEnv, tag), ({ release, answers }) => {
      assert.is(answers.release, taken);
      assert.is(release.found, tag);
      if (why) assert.match(release.why ?? '', why);
      else assert.is(release.why, undefined);
    });
  });
}

test('JITSI_IMAGE_VERSION in .env is what the images have', async () => {
  await proposed(changed('JITSI_IMAGE_VERSION=stable-10741'), ({ answers, inferred }) => {
    assert.is(answers.release, 'stable-10741');
    assert.is(inferred[0]?.evidence[0]?.file, '.env');
  });
});

for (const [what, lines, expected] of [
  ['no accounts', 'ENABLE_AUTH=0', { mode: 'open' }],
  ['accounts without guests', 'ENABLE_GUESTS=0', { mode: 'internal', guests: 'none' }],
  [
    'accounts that jicofo does not ask for, and no guests: the first moderates',
    'ENABLE_GUESTS=0\nJICOFO_ENABLE_AUTH=0',
    { mode: 'internal', guests: 'none', moderators: 'first' },
  ],
  [
    'tokens',
    'AUTH_TYPE=jwt\nJWT_APP_ID=moodle\nJWT_ACCEPTED_AUDIENCES=jitsi\nJWT_APP_SECRET=0123456789',
    { mode: 'jwt', keys: 'secret', guests: 'wait', issuer: 'moodle', audience: 'jitsi' },
  ],
  [
    'tokens that moderate',
    'AUTH_TYPE=jwt\nJWT_APP_ID=a\nJWT_APP_SECRET=0123456789\nJWT_ACCEPTED_AUDIENCES=b\nENABLE_GUESTS=0\nXMPP_MUC_MODULES=token_affiliation\nENABLE_AUTO_OWNER=0\nJICOFO_ENABLE_AUTH=0',
    {
      mode: 'jwt',
      keys: 'secret',
      guests: 'none',
      moderators: 'token',
      issuer: 'a',
      audience: 'b',
    },
  ],
  [
    'a directory',
    'AUTH_TYPE=ldap\nENABLE_GUESTS=0\nLDAP_URL=ldap://dc1.example.org:389/\nLDAP_START_TLS=1\nLDAP_BASE=dc=example,dc=org\nLDAP_BINDDN=cn=a,dc=example\nLDAP_FILTER=(sAMAccountName=%u)',
    {
      mode: 'ldap',
      guests: 'none',
      servers: 'dc1.example.org:389',
      encryption: 'starttls',
      base: 'dc=example,dc=org',
      bindDn: 'cn=a,dc=example',
      people: 'sAMAccountName',
    },
  ],
] as const) {
  test(`authentication: ${what}`, async () => {
    const override = `services:
  prosody: { environment: [XMPP_MUC_MODULES] }
  jicofo: { environment: [JICOFO_ENABLE_AUTH, ENABLE_AUTO_OWNER] }
`;
    const files = { ...changed(lines), 'docker-compose.override.yml': override };
    await proposed(files, ({ answers }) => assert.equal(answers.auth, expected));
  });
}

for (const [what, lines] of [
  ['a word that the images do not agree on', 'ENABLE_AUTH=no'],
  ['a way of logging in that there is not', 'AUTH_TYPE=hybrid_matrix_token'],
  ['another way of logging in for prosody alone', 'PROSODY_AUTH_TYPE=hybrid_matrix_token'],
  ['accounts that jicofo does not ask for', 'JICOFO_ENABLE_AUTH=0'],
  ['accounts for jicofo alone', 'ENABLE_AUTH=0\nJICOFO_ENABLE_AUTH=1'],
] as const) {
  test(`authentication is asked for, never guessed: ${what}`, async () => {
    const override = `services:
  prosody: { environment: [PROSODY_AUTH_TYPE] }
  jicofo: { environment: [JICOFO_ENABLE_AUTH] }
`;
    const files = { ...changed(lines), 'docker-compose.override.yml': override };
    await proposed(files, ({ answers, undecided }) => {
      assert.is(answers.auth, undefined);
      assert.equal(
        undecided.map(({ answer }) => answer),
        ['auth.mode'],
      );
    });
  });
}

test('an installation that lets in everybody without a token is asked about', async () => {
  await proposed(
    changed('AUTH_TYPE=jwt\nJWT_APP_ID=moodle\nJWT_ALLOW_EMPTY=1'),
    ({ undecided }) => {
      assert.equal(
        undecided.map(({ answer }) => answer),
        ['auth.mode'],
      );
    },
  );
});

test('what decides about access becomes an answer or is listed, never a setting', async () => {
  await proposed(
    changed(
      'ENABLE_AUTO_OWNER=0\nPROSODY_GUEST_AUTH_TYPE=anonymous\nXMPP_MUC_MODULES=muc_allowners',
    ),
    (proposal) => {
      assert.equal(proposal.answers.auth, {
        mode: 'internal',
        guests: 'wait',
      });
      assert.equal(Object.keys(proposal.answers.settings ?? {}).sort(), [
        'ENABLE_COLIBRI_WEBSOCKET',
        'MAX_PARTICIPANTS',
      ]);
      assert.match(whereNo(proposal, 'XMPP_MUC_MODULES')?.what ?? '', /everybody a moderator/);
      const rest = proposal.unspoken.map(({ name }) => name);
      assert.ok(rest.includes('PROSODY_GUEST_AUTH_TYPE'));
    },
  );
});

test('hooks that come along and decide about access are named', async () => {
  const hooks = {
    'cfg/prosody/config/conf.d/ours.cfg.lua': 'authentication = "anonymous"\n',
    'cfg/jicofo/custom-jicofo.conf': '\njicofo.conference.enable-auto-owner = false\n',
  };
  await proposed({ ...upstream(usualEnv), ...hooks }, ({ notes }) => {
    const text = notes.join('\n');
    assert.match(text, 'jitsi/prosody/conf.d/ours.cfg.lua, line 1: authentication comes along');
    assert.match(text, 'jitsi/jicofo/custom-jicofo.conf, line 2: enable-auto-owner comes along');
  });
});

for (const [what, lines, proxy] of [
  ['plain HTTP behind a proxy', 'DISABLE_HTTPS=1', 'external'],
  ['another port than people use', 'HTTPS_PORT=8443', 'external'],
  ['a port that people type', 'HTTPS_PORT=8443\nPUBLIC_URL=https://meet.example.org:8443', 'nginx'],
] as const) {
  test(`edge: ${what}`, async () => {
    await proposed(changed(lines), (proposal) => {
      assert.is(answered(proposal, 'edge.proxy'), proxy);
      assert.is(answered(proposal, 'certificates.source'), proxy === 'nginx' ? 'acme' : 'own');
    });
  });
}

test('edge: Traefik’s labels', async () => {
  const files = upstream(usualEnv);
  const override = 'services: { web: { labels: [traefik.enable=true] } }\n';
  await proposed({ ...files, 'docker-compose.override.yml': override }, ({ answers }) => {
    assert.equal(answers.edge, { proxy: 'external', flavour: 'traefik', place: 'container' });
  });
});

test('a relay elsewhere keeps its name, ports and secret', async () => {
  const lines =
    'TURN_HOST=turn.example.org\nTURN_PORT=3479\nTURNS_HOST=turn.example.org\nTURNS_PORT=443\nTURN_CREDENTIALS=s3cret';
  await proposed(changed(lines), ({ answers, secrets, unplaced }) => {
    const turn = { mode: 'existing', host: 'turn.example.org', port: 3479, tlsPort: 443 };
    assert.equal(answers.turn, turn);
    assert.is(secrets.get('TURN_CREDENTIALS'), 's3cret');
    assert.equal(unplaced, []);
  });
});

test('hostile values are taken as they are, or named', async () => {
  const lines = [
    'PUBLIC_URL="https://ops:pa$$word@meet.example.org/"\r',
    'TOOLBAR_BUTTONS=\'a,"b" $HOME\'',
    'CONFIG="./my cfg"',
    'JVB_ADVERTISE_IPS=203.0.113.7#12000,example.org,::1x',
  ].join('\n');
  await proposed(changed(lines), (proposal, { places }) => {
    assert.is(answered(proposal, 'domain'), 'meet.example.org');
    assert.is(proposal.settings.get('TOOLBAR_BUTTONS')?.value, 'a,"b" $HOME');
    assert.match(places.config?.path ?? '', /my cfg$/);
    assert.is(
      whereNo(proposal, 'JVB_ADVERTISE_IPS')?.value,
      '203.0.113.7#12000, example.org, ::1x',
    );
    assert.not.ok(JSON.stringify(proposal.unplaced).includes('pa$word'));
  });
});

// The list is the one of upstream's env.example, with public addresses before it.
test('IPv6 addresses become the stack’s, and what they did so far is said', async () => {
  const list = '203.0.113.7,2001:db8::7,192.168.178.1,fe80::1#12000,::1';
  await proposed(changed(`JVB_ADVERTISE_IPS=${list}`), (proposal) => {
    assert.is(answered(proposal, 'network.ipv6'), true);
    assert.equal(answered(proposal, 'network.publicAddresses'), ['203.0.113.7', '2001:db8::7']);
    assert.equal(answered(proposal, 'network.lanAddresses'), ['192.168.178.1']);
    assert.is(whereNo(proposal, 'JVB_ADVERTISE_IPS')?.value, 'fe80::1#12000, ::1');
    assert.match(proposal.notes.join('\n'), /JVB_ADVERTISE_IPS: the image took 2001:db8::7 for/);
  });
  await proposed(changed('JVB_ADVERTISE_IPS=203.0.113.7'), ({ notes }) => {
    assert.not.match(notes.join('\n'), 'the image took');
  });
});

/** What the README of seed 003 says of such a repository. */
const handMade = {
  'README.md': '# Ours\n',
  'nginx/jitsi.conf':
    'server {\n  listen 443 ssl;\n  server_name meet.example.com;\n  ssl_certificate /c/fullchain.pem;\n}\n',
  'docker-compose.yml': `services:
  nginx:
    image: nginx:alpine
    ports: ['443:443']
    volumes: ['./nginx/jitsi.conf:/etc/nginx/conf.d/default.conf:ro', './nginx/certs:/c:ro']
  web:
    image: jitsi/web:stable-10888
    environment: { ENABLE_AUTH: 0, DISABLE_HTTPS: 1, XMPP_BOSH_URL_BASE: 'http://prosody:5280' }
    volumes: ['./logo.svg:/usr/share/jitsi-meet/images/watermark.svg']
  prosody:
    image: jitsi/prosody:stable-10888
    environment: { JICOFO_AUTH_PASSWORD: inline-secret, ENABLE_LOBBY: 1 }
  jicofo:
    image: jitsi/jicofo:stable-10888
  jvb:
    image: jitsi/jvb:stable-10888
    ports: ['10000:10000/udp']
  pads:
    image: etherpad/etherpad:2
`,
};

test('a hand-made repository such as seed 003’s', async () => {
  await proposed(handMade, (proposal, { kind }) => {
    assert.is(kind, 'own');
    assert.is(proposal.answers.domain, 'meet.example.com');
    assert.is(proposal.answers.release, 'stable-10888');
    assert.equal(proposal.answers.edge, { proxy: 'nginx' });
    assert.equal(proposal.answers.auth, { mode: 'open' });
    assert.equal(proposal.answers.settings, { ENABLE_LOBBY: true });
    assert.equal(proposal.answers.extras, ['documents']);
    assert.equal(
      proposal.unplaced.map(({ name }) => name),
      ['mount of web', 'XMPP_BOSH_URL_BASE'],
    );
    assert.is(proposal.secrets.get('JICOFO_AUTH_PASSWORD'), 'inline-secret');
    assert.match(proposal.notes.join(), /docker-compose\.yml, line 12.*rotate/);
  });
});

test('networks and published ports that the stack has not are named', async () => {
  const override = `services:
  jvb: { network_mode: host }
  prosody: { ports: ['192.0.2.9:5222:5222', '127.0.0.1:5280:5280'] }
`;
  const files = { ...upstream(usualEnv), 'docker-compose.override.yml': override };
  await proposed(files, ({ unplaced }) => {
    assert.equal(
      unplaced.map(({ name, value }) => `${name}: ${value}`),
      ['port of prosody: 192.0.2.9:5222 → 5222/tcp', 'network of jvb: host'],
    );
  });
});

test('a checkout is known by its remote, in a linked worktree too; git is not asked', async () => {
  const own = {
    ...handMade,
    '.git/config': '[remote "o"]\n\turl = git@github.com:x/docker-jitsi-meet.git\n',
  };
  await proposed(own, (_, { kind, sign }) => {
    assert.is(kind, 'upstream');
    assert.match(sign ?? '', 'docker-jitsi-meet.git');
  });
  const linked = {
    ...handMade,
    '.git': 'gitdir: main/worktrees/one\n',
    'main/worktrees/one/commondir': '../..\n',
    'main/config': '[remote "o"]\n\turl = https://me:token@example.org/docker-jitsi-meet\n',
  };
  await proposed(linked, (_, { kind, sign }) => {
    assert.is(kind, 'upstream');
    assert.not.match(sign ?? '', 'token');
  });
});

test('what is no installation is refused', () => {
  for (const [files, pattern] of [
    [{}, /no compose file/],
    [{ 'compose.yaml': 'services: { db: { image: postgres } }' }, /no Jitsi/],
  ] as const) {
    const folder = new Folder(files);
    assert.throws(() => readInstallation(folder.path, 'old'), pattern);
    folder.remove();
  }
  assert.throws(() => readInstallation('/nowhere', 'old'), /no such directory/);
});

test.run();
