import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { upstream, usualEnv } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: transcription');

const proxy = `services:
  opus-transcriber-proxy:
    image: jitsi/opus-transcriber-proxy:latest
    environment: [PROVIDERS_PRIORITY, OPENAI_API_KEY, DEEPGRAM_API_KEY, DEEPGRAM_MODEL]
`;
const signIn = 'ENABLE_AUTH=1\nAUTH_TYPE=internal\nENABLE_TRANSCRIPTIONS=1\n';

async function found(lines: string, tag = 'stable-11146-2') {
  let answers: Readonly<Record<string, unknown>> = {};
  let secrets: ReadonlyMap<string, string> = new Map();
  let left: readonly string[] = [];
  const installation = {
    ...upstream(`${usualEnv}${lines}\n`, tag),
    'compose.override.yaml': proxy,
  };
  await proposed(installation, (proposal) => {
    answers = proposal.answers as typeof answers;
    secrets = proposal.secrets;
    left = proposal.unplaced
      .filter(({ name }) => /transcri|_API_KEY|PROVIDERS/i.test(name))
      .map(({ what }) => what);
  });
  return { answers, secrets, left };
}

test('the service that it asks goes on, with key and model', async () => {
  const { answers, secrets, left } = await found(
    `${signIn}PROVIDERS_PRIORITY=openai,deepgram\nDEEPGRAM_API_KEY=of-the-account\nDEEPGRAM_MODEL=nova-3`,
  );
  assert.equal(answers.extras, ['transcription']);
  assert.equal(answers.transcription, { by: 'deepgram', model: 'nova-3' });
  assert.is(secrets.get('DEEPGRAM_API_KEY'), 'of-the-account');
  assert.equal(left, []);
});

test('it does not where strangers would pay with it, or the release is older, or a server of one’s own is asked', async () => {
  const key = 'OPENAI_API_KEY=of-the-account';
  const open = await found(`ENABLE_AUTH=0\n${key}`);
  assert.is(open.answers.extras, undefined);
  assert.match(open.left.join(), 'on your bill');
  const older = await found(`${signIn}${key}`, 'stable-11031');
  assert.match(older.left.join(), 'from stable-11146-2 on');
  const own = await found(`${signIn}PROVIDERS_PRIORITY=openai_custom`);
  assert.match(own.left.join(), '--transcription-server');
});

test.run();
