import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Proposal } from '../../src/adopt/propose.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: people of a Matrix room');

const composed = (lines: readonly string[]) => `services:
  web: { image: 'jitsi/web:stable-10888', environment: [PUBLIC_URL=https://meet.example.org] }
  prosody:
    image: jitsi/prosody:stable-10888
    environment: ${JSON.stringify(['ENABLE_AUTH=1', 'AUTH_TYPE=matrix', ...lines])}
  jicofo: { image: 'jitsi/jicofo:stable-10888', environment: [ENABLE_AUTH=1, AUTH_TYPE=matrix] }
`;
const usual = ['MATRIX_UVS_URL=http://uvs:3000/', 'MATRIX_UVS_AUTH_TOKEN=0123456789abcdef'];

async function read(lines: readonly string[], look: (proposal: Proposal) => void): Promise<void> {
  const env = 'JICOFO_AUTH_PASSWORD=0123456789abcdef\n';
  await proposed({ '.env': env, 'compose.yaml': composed(lines) }, look);
}

test('the verification service comes along, and who moderates', async () => {
  await read([...usual, 'MATRIX_UVS_SYNC_POWER_LEVELS=1'], ({ answers, secrets, undecided }) => {
    const auth = { mode: 'matrix', serviceUrl: 'http://uvs:3000', moderators: 'power-level' };
    assert.equal(answers.auth, auth);
    assert.equal(undecided, []);
    assert.is(secrets.get('MATRIX_UVS_AUTH_TOKEN'), '0123456789abcdef');
  });
  await read(usual, ({ answers }) =>
    assert.is((answers.auth as { moderators?: string }).moderators, 'signed-in'),
  );
});

test('an issuer of one’s own has no place, and is named', async () => {
  await read([...usual, 'MATRIX_UVS_ISSUER=ours'], ({ unplaced }) =>
    assert.ok(JSON.stringify(unplaced).includes('MATRIX_UVS_ISSUER')),
  );
});

test.run();
