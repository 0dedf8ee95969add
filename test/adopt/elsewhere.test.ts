import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Proposal } from '../../src/adopt/propose.ts';
import { weakPasswords } from '../../src/adopt/weak-passwords.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: values that come from elsewhere');

/** Jitsi's four services with this environment for prosody and jicofo; their accounts are in a volume. */
const composed = (auth: string, passwords = 'JICOFO_AUTH_PASSWORD', more = '') => `services:
  web: { image: 'jitsi/web:stable-10888', environment: [PUBLIC_URL=https://meet.example.org] }
  prosody:
    image: jitsi/prosody:stable-10888
    volumes: ['accounts:/config']
    ${more}
    environment: ["${auth}", "${passwords}"]
  jicofo: { image: 'jitsi/jicofo:stable-10888', environment: ["${auth}", "${passwords}"] }
  jvb: { image: 'jitsi/jvb:stable-10888', environment: [] }
volumes: { accounts: }
`;
const here = 'JICOFO_AUTH_PASSWORD=0123456789abcdef\n';
const mode = ({ answers }: Proposal) => (answers.auth as { mode?: string } | undefined)?.mode;
const undecided = ({ undecided: open }: Proposal) => open.map(({ answer = '-' }) => answer);

for (const [what, auth, env, expected] of [
  ['a name alone', 'ENABLE_AUTH', here, undefined],
  ['a name that stands for itself', 'ENABLE_AUTH=$ENABLE_AUTH', here, undefined],
  ['another name', `ENABLE_AUTH=\${MY_AUTH}`, here, undefined],
  ['a name that has to be set', `ENABLE_AUTH=\${ENABLE_AUTH:?}`, here, undefined],
  ['a name with something else instead', `ENABLE_AUTH=\${ENABLE_AUTH:-0}`, here, 'open'],
  ['a name with accounts instead', `ENABLE_AUTH=\${ENABLE_AUTH:-1}`, here, 'internal'],
  ['a value', 'ENABLE_AUTH=0', here, 'open'],
  ['no name at all', 'TZ=UTC', here, 'open'],
  ['a value in .env', 'ENABLE_AUTH', `${here}ENABLE_AUTH=1\n`, 'internal'],
  ['off in .env', 'ENABLE_AUTH', `${here}ENABLE_AUTH=0\n`, 'open'],
  ['an empty value in .env', 'ENABLE_AUTH', `${here}ENABLE_AUTH=\n`, 'open'],
  ['a line of .env that is commented out', 'ENABLE_AUTH', `${here}# ENABLE_AUTH=1\n`, 'open'],
  ['the same without any password there', 'ENABLE_AUTH', '#ENABLE_AUTH=1\n', undefined],
  ['something else instead, without any password', `ENABLE_AUTH=\${ENABLE_AUTH:-0}`, '', undefined],
] as const) {
  test(`${what}: ${expected ?? 'undecided'}`, async () => {
    await proposed({ '.env': env, 'compose.yaml': composed(auth) }, (proposal) => {
      assert.is(mode(proposal), expected);
      assert.is(undecided(proposal).includes('auth.mode'), expected === undefined);
    });
  });
}

test('a file of variables that is not there may have switched accounts on', async () => {
  const lost = composed('TZ=UTC', 'JICOFO_AUTH_PASSWORD', 'env_file: [stack.env]');
  await proposed({ '.env': here, 'compose.yaml': lost }, (proposal) => {
    assert.is(mode(proposal), undefined);
    assert.match(proposal.undecided[0]?.what ?? '', 'stack.env, which is not here');
  });
});

test('passwords that are not here are asked for, before accounts are taken over without them', async () => {
  const files = { 'compose.yaml': composed('ENABLE_AUTH=1') };
  await proposed(files, (proposal) => {
    assert.equal(undecided(proposal), ['-']);
    const [{ what = '', fix = '' } = {}] = proposal.undecided;
    assert.match(what, /JICOFO_AUTH_PASSWORD is handed on .*compose\.yaml, line 7/);
    assert.match(fix, '--env-file FILE');
  });
  const alone = files['compose.yaml'].replace("    volumes: ['accounts:/config']\n", '');
  await proposed({ 'compose.yaml': alone }, (proposal) => assert.equal(undecided(proposal), []));
});

test('--env-file takes the place of .env, and the last one wins', async () => {
  const files = {
    '.env': 'ENABLE_AUTH=0\nJICOFO_AUTH_PASSWORD=old-old-old-old\n',
    'a.env': `${here}ENABLE_AUTH=0\nNAME=one\n`,
    'b.env': 'ENABLE_AUTH=1\nJVB_AUTH_PASSWORD=fedcba9876543210$NAME\n',
    'compose.yaml': composed('ENABLE_AUTH', 'JICOFO_AUTH_PASSWORD'),
  };
  await proposed(
    files,
    (proposal) => {
      assert.is(mode(proposal), 'internal');
      assert.is(proposal.secrets.get('JICOFO_AUTH_PASSWORD'), '0123456789abcdef');
      assert.is(proposal.secrets.get('JVB_AUTH_PASSWORD'), 'fedcba9876543210one');
      const auth = proposal.inferred.find(({ answer }) => answer === 'auth.mode');
      assert.equal(auth?.evidence, [{ file: 'b.env', line: 1, key: 'ENABLE_AUTH' }]);
    },
    { envFiles: ['a.env', 'b.env'] },
  );
  const lost = proposed(files, () => {}, { envFiles: ['c.env'] });
  const message = await lost.then(
    () => '',
    (error: Error) => error.message,
  );
  assert.match(message, '--env-file c.env: There is no such file');
});

test('a name alone takes away what an earlier file said', async () => {
  const files = {
    '.env': here,
    'compose.yaml': composed('ENABLE_AUTH=0'),
    'compose.override.yaml': 'services: { prosody: { environment: [ENABLE_AUTH] } }\n',
  };
  await proposed(files, (proposal) => assert.equal(undecided(proposal), ['auth.mode']));
});

test('Coolify puts its Traefik in front', async () => {
  const files = { '.env': `${here}SERVICE_FQDN_JITSI=x\n`, 'compose.yaml': composed('TZ=UTC') };
  await proposed(files, ({ answers }) => {
    const traefik = { flavour: 'traefik', place: 'container', container: 'coolify-proxy' };
    assert.equal(answers.edge, { proxy: 'external', ...traefik });
  });
});

test('passwords of published examples and weak ones are named, and never shown', async () => {
  const weak = weakPasswords(
    new Map([
      ['A', 'passw0rd'],
      ['B', 'short'],
      ['C', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
      ['D', '0123456789abcdef0123456789abcdef'],
    ]),
  );
  assert.equal(weak, { published: ['A'], guessable: ['B', 'C'] });
  const env = 'JICOFO_AUTH_PASSWORD=passw0rd\nJVB_AUTH_PASSWORD=tiny\n';
  await proposed({ '.env': env, 'compose.yaml': composed('ENABLE_AUTH=1') }, ({ notes }) => {
    const text = notes.join('\n');
    assert.match(text, 'JICOFO_AUTH_PASSWORD is as in a published example');
    assert.match(text, 'JVB_AUTH_PASSWORD is short');
    assert.not.match(text, /passw0rd|tiny/);
  });
});

test.run();
