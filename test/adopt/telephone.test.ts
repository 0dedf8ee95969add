import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { upstream, usualEnv } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: telephone');

const jigasi = `services:
  jigasi:
    image: \${JITSI_IMAGE_REPO:-ghcr.io/jitsi}/jigasi:\${JITSI_IMAGE_VERSION}
    environment: [JIGASI_SIP_URI, JIGASI_SIP_PASSWORD, JIGASI_SIP_SERVER, JIGASI_SIP_TRANSPORT, JIGASI_SIP_DEFAULT_ROOM]
`;

const account = `JIGASI_SIP_URI=4930123456@sip.example.org
JIGASI_SIP_PASSWORD=of-the-provider
JIGASI_SIP_SERVER=proxy.example.org
JIGASI_SIP_TRANSPORT=TCP
JIGASI_SIP_DEFAULT_ROOM=Weekly@muc.meet.jitsi
`;

async function found(lines: string) {
  let answers: Readonly<Record<string, unknown>> = {};
  let secrets: ReadonlyMap<string, string> = new Map();
  let left: readonly string[] = [];
  const installation = {
    ...upstream(`${usualEnv}${lines}\n`, 'stable-11146-2'),
    'jigasi.yml': jigasi,
    'compose.override.yaml': jigasi,
  };
  await proposed(installation, (proposal) => {
    answers = proposal.answers as typeof answers;
    secrets = proposal.secrets;
    left = proposal.unplaced.filter(({ name }) => /jigasi/i.test(name)).map(({ what }) => what);
  });
  return { answers, secrets, left };
}

test('its account goes on, with the password', async () => {
  const { answers, secrets, left } = await found(`ENABLE_AUTH=1\nAUTH_TYPE=internal\n${account}`);
  assert.equal(answers.extras, ['telephone']);
  assert.equal(answers.telephone, {
    account: '4930123456@sip.example.org',
    server: 'proxy.example.org',
    transport: 'tcp',
    room: 'weekly',
  });
  assert.is(secrets.get('JIGASI_SIP_PASSWORD'), 'of-the-provider');
  assert.equal(left, []);
});

test('it does not where everybody may open rooms, or nobody can be called', async () => {
  const open = await found(`ENABLE_AUTH=0\n${account}`);
  assert.is(open.answers.extras, undefined);
  assert.match(open.left.join(), 'call on your bill');
  const none = await found('ENABLE_AUTH=1\nAUTH_TYPE=internal');
  assert.match(none.left.join(), 'names no SIP account');
});

test.run();
