import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StackError } from '../../../src/errors.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';

const test = suite('auth-matrix: people of a Matrix room');
const answers = (auth: object) => ({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'matrix', serviceUrl: 'http://uvs.example.org:3000', ...auth },
});
const of = async (auth: object, service: string) =>
  (await planOf(answers(auth))).services.find(({ name }) => name === service)?.environment ?? {};

test('prosody asks the service, jicofo those who have signed in, and guests there are none', async () => {
  const prosody = await of({}, 'prosody');
  assert.is(prosody.AUTH_TYPE, 'matrix');
  assert.is(prosody.ENABLE_GUESTS, '0');
  assert.is(prosody.MATRIX_UVS_URL, 'http://uvs.example.org:3000');
  assert.equal(prosody.MATRIX_UVS_AUTH_TOKEN, { secret: 'MATRIX_UVS_AUTH_TOKEN' });
  const jicofo = await of({}, 'jicofo');
  assert.equal([jicofo.ENABLE_AUTH, jicofo.AUTH_TYPE], ['1', 'matrix']);
  assert.is((await of({}, 'web')).ENABLE_GUESTS, '0');
});

test('power levels count unless everybody moderates', async () => {
  assert.is((await of({}, 'prosody')).MATRIX_UVS_SYNC_POWER_LEVELS, '1');
  const all = await of({ moderators: 'signed-in' }, 'prosody');
  assert.is(all.MATRIX_UVS_SYNC_POWER_LEVELS, '0');
});

test('Element hears how people sign in', async () => {
  const { files } = await renderedOf(answers({}));
  const file = files.find(({ path }) => path === 'jitsi/web/nginx-custom/matrix.conf');
  assert.match(file?.text ?? '', 'return 200 \'{"auth":"openidtoken-jwt"}\';');
});

for (const [what, auth, answer] of [
  ['a slash at the end', { serviceUrl: 'http://uvs.example.org:3000/' }, 'auth.serviceUrl'],
  ['a query', { serviceUrl: 'http://uvs.example.org/x?y=1' }, 'auth.serviceUrl'],
  ['the first one as moderator', { moderators: 'first' }, 'auth.moderators'],
] as const)
  test(`${what} is refused`, async () => {
    const refused = await renderedOf(answers(auth)).then(
      () => 'accepted',
      (error: StackError) =>
        error.problems.map((problem) => problem.where ?? problem.answer).join(),
    );
    assert.match(refused, answer);
  });

test.run();
