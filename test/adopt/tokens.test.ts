import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Proposal } from '../../src/adopt/propose.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: rooms that open with tokens');

/** Jitsi with AUTH_TYPE jwt, and these variables of prosody. */
const composed = (lines: readonly string[]) => `services:
  web: { image: 'jitsi/web:stable-10888', environment: [PUBLIC_URL=https://meet.example.org] }
  prosody:
    image: jitsi/prosody:stable-10888
    environment: ${JSON.stringify(['ENABLE_AUTH=1', 'AUTH_TYPE=jwt', ...lines])}
  jicofo: { image: 'jitsi/jicofo:stable-10888', environment: [ENABLE_AUTH=1, AUTH_TYPE=jwt] }
`;
const passwords = 'JICOFO_AUTH_PASSWORD=0123456789abcdef\n';
const secret = 'JWT_APP_SECRET=0123456789abcdef0123456789abcdef';
const usual = [secret, 'JWT_APP_ID=moodle', 'JWT_ACCEPTED_AUDIENCES=jitsi'];

async function read(lines: readonly string[], look: (proposal: Proposal) => void): Promise<void> {
  await proposed({ '.env': passwords, 'compose.yaml': composed(lines) }, look);
}
const open = ({ undecided }: Proposal) => undecided.map(({ answer = '-' }) => answer);

test('issuer, audience and secret come along', async () => {
  await read(usual, (proposal) => {
    const auth = {
      mode: 'jwt',
      keys: 'secret',
      issuer: 'moodle',
      audience: 'jitsi',
      guests: 'none',
    };
    assert.equal(proposal.answers.auth, auth);
    assert.equal(open(proposal), []);
    assert.is(proposal.secrets.get('JWT_APP_SECRET'), '0123456789abcdef0123456789abcdef');
    assert.not.match(JSON.stringify(proposal.inferred), '0123456789abcdef');
  });
});

for (const [what, lines, expected] of [
  ['no audience, so tokens for any program count', usual.slice(0, 2), ['auth.audience']],
  ['any audience', [...usual.slice(0, 2), 'JWT_ACCEPTED_AUDIENCES=*'], ['auth.audience']],
  ['two issuers', [...usual, 'JWT_ACCEPTED_ISSUERS=moodle,other'], ['auth.issuer']],
  ['a secret that is not here', ['JWT_APP_SECRET', ...usual.slice(1)], ['-']],
] as const) {
  test(`asked, never guessed: ${what}`, async () => {
    await read(lines, (proposal) => assert.equal(open(proposal), expected));
  });
}

test('keys of others are found where they are published', async () => {
  const keysUrl = 'https://id.example.org/certs';
  const [, ...others] = usual;
  await read([...others, `JWT_ASAP_KEYSERVER=${keysUrl}`], ({ answers }) => {
    const { keys, keysUrl: found } = answers.auth as Record<string, string>;
    assert.equal([keys, found], ['key-server', keysUrl]);
  });
  await read([...others, `XMPP_CONFIGURATION=cache_keys_url="${keysUrl}"`], (proposal) => {
    const { keys, keysUrl: found } = proposal.answers.auth as Record<string, string>;
    assert.equal([keys, found], ['jwks', keysUrl]);
    assert.not.ok(proposal.settings.has('XMPP_CONFIGURATION'));
  });
});

test('a sign-in service beside Jitsi is named, with what the stack has instead', async () => {
  const service = (image: string) => `  sign-in:
    image: ${image}
    environment: [ISSUER_URL=https://id.example.org/realms/meet, CLIENT_ID=jitsi, CLIENT_SECRET=hush-hush]
`;
  for (const image of [
    'ghcr.io/marcelcoding/jitsi-openid:2.1.0',
    'ghcr.io/jitsi-contrib/jitsi-oidc-adapter:v20260328',
    'mod242/jitsi-go-openid',
    'ghcr.io/nordeck/jitsi-keycloak-adapter-v2',
  ])
    await proposed(
      { '.env': passwords, 'compose.yaml': `${composed(usual)}${service(image)}` },
      ({ unplaced }) => {
        const [{ what = '' } = {}] = unplaced.filter(({ name }) => name === 'service sign-in');
        assert.match(what, '--auth-provider-url https://id.example.org/realms/meet');
        assert.match(what, '--auth-client-id jitsi;');
        assert.not.match(what, 'hush');
      },
    );
});

test.run();
