import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { StackError } from '../../src/errors.ts';
import { renderStack } from '../../src/render-stack.ts';
import { planOf } from '../matrix/stack.ts';

const test = suite('recorders on further machines');

const open = {
  domain: 'meet.example.org',
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  machines: 'r1:recorder:203.0.113.9:203.0.113.7',
};
const plan = (more: RawAnswers = {}) => planOf({ ...open, ...more });

async function refusal(more: RawAnswers) {
  try {
    await plan(more);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.message;
  }
}

type Planned = Awaited<ReturnType<typeof planOf>>;
const valuesOf = (of: Planned, service: string) =>
  of.services.find(({ name }) => name === service)?.environment ?? {};
const recorderOf = ({ machines = [] }: Planned) => {
  const [machine] = machines;
  assert.ok(machine);
  return machine.plan;
};

test('it alone makes meetings recordable, and the central machine records none', async () => {
  const stack = await plan();
  assert.not.ok(stack.services.some(({ name }) => name === 'jibri'));
  assert.is(valuesOf(stack, 'web').ENABLE_SERVICE_RECORDING, '1');
  assert.is(valuesOf(stack, 'jicofo').ENABLE_RECORDING, '1');
  for (const name of ['JIBRI_XMPP_PASSWORD', 'JIBRI_RECORDER_PASSWORD']) {
    assert.ok(name in valuesOf(stack, 'prosody'), name);
    assert.ok(stack.secrets.some((secret) => secret.name === name));
  }
  assert.is(stack.recordings, undefined);
  // Who has died leaves its room soon.
  const prosody = stack.services.find(({ name }) => name === 'prosody');
  assert.is(prosody?.sysctls?.['net.ipv4.tcp_keepalive_time'], 60);
  // One bridge alone needs no relays.
  assert.not.match(JSON.stringify(stack.services), /OCTO|NICKNAME/);
  const files = renderStack(stack).map(({ path }) => path);
  assert.not.ok(files.some((path) => path.startsWith('jitsi/jibri/')));
  assert.ok(files.includes('machines/r1/jitsi/jibri/finalize.sh'));
});

test('it verifies prosody, opens the page by the way it has, and lets nobody in', async () => {
  const recorder = recorderOf(await plan());
  const { JAVA_TOOL_OPTIONS, XMPP_TRUST_ALL_CERTS, XMPP_SERVER, JIBRI_INSTANCE_ID } = valuesOf(
    recorder,
    'jibri',
  );
  assert.equal(
    [JAVA_TOOL_OPTIONS, XMPP_TRUST_ALL_CERTS, XMPP_SERVER, JIBRI_INSTANCE_ID],
    ['-Djavax.net.ssl.trustStore=/config/trust.jks', '0', '203.0.113.7', 'r1'],
  );
  const [service] = recorder.services;
  assert.equal(service?.extraHosts, { 'meet.example.org': '203.0.113.7' });
  assert.equal(
    recorder.endpoints.map(({ name }) => name),
    ['ssh'],
  );
  assert.equal(recorder.secrets.map(({ name }) => name).sort(), [
    'JIBRI_RECORDER_PASSWORD',
    'JIBRI_XMPP_PASSWORD',
  ]);
});

test('with monitoring its numbers go to the central machine, and its script still works with its own image', async () => {
  const stack = await plan({ extras: ['monitoring'], host: { memory: 8192 } });
  const text = (name: string) =>
    renderStack(stack).find(({ path }) => path === `machines/r1/${name}`)?.text ?? '';
  assert.match(text('README.md'), 'the central one reads its numbers at');
  assert.match(text('stack'), /^tools_image='ghcr\.io\/jitsi\/jibri:/m);
});

test('recordings stay there for the days of that machine, or as on the central one', async () => {
  const days = async (more: RawAnswers) => recorderOf(await plan(more)).recordings?.days;
  const extras = { extras: ['recording'], host: { memory: 16384 } };
  assert.is(await days({}), 30);
  assert.is(await days({ ...extras, recording: { days: 3 } }), 3);
  const own = `${open.machines}:90`;
  assert.is(await days({ ...extras, recording: { days: 3 }, machines: own }), 90);
});

test('without recording in the extras, it streams too, and the central machine does not', async () => {
  const extras = ['livestreaming'];
  const stack = await plan({ extras, host: { memory: 16384 } });
  assert.not.ok(stack.services.some(({ name }) => name === 'jibri'));
  assert.is(valuesOf(stack, 'web').ENABLE_LIVESTREAMING, '1');
  const conf = renderStack(stack).find(({ path }) => path === 'machines/r1/jitsi/jibri/stack.conf');
  assert.match(conf?.text ?? '', 'rtmp://a[.]rtmp[.]youtube[.]com/live2/');
  const both = await plan({ extras: ['recording', 'livestreaming'], host: { memory: 16384 } });
  assert.is(both.services.find(({ name }) => name === 'jibri')?.scale, 2);
});

test('it may stand in a private network beside the central machine, and beside bridges', async () => {
  const machines = 'r1:recorder:10.0.0.9:10.0.0.7,b1:bridge:203.0.113.8:203.0.113.7';
  const stack = await plan({ machines });
  assert.equal(
    stack.endpoints
      .find(({ name }) => name === 'xmpp-machines')
      ?.sources?.map((one) => one.answeredAt),
    ['10.0.0.7', '203.0.113.7'],
  );
  assert.is(valuesOf(stack, 'jvb').JVB_MUC_NICKNAME, 'central');
  assert.equal(
    stack.links.filter(({ from, to }) => from === 'r1' || to === 'r1').map(({ to }) => to),
    ['prosody'],
  );
});

test('releases whose recorder is no good are refused, as without machines', async () => {
  const old = await refusal({ release: 'stable-11031' });
  assert.match(old, /root with SYS_ADMIN.*leave recorders out of the machines/s);
  assert.match(await refusal({ release: 'stable-11146' }), /does not work with stable-11146\./);
});

test.run();
