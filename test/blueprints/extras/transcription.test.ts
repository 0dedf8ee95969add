import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { summaryText } from '../../../src/cli/report/summary.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planOf, problemsOf } from '../../matrix/stack.ts';

const test = suite('extra: transcription');

const server = 'ws://192.0.2.9:8000/v1/realtime?intent=transcription';
const answers = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'internal' },
  extras: ['transcription'],
  transcription: { server },
} as const;

const made = (more: RawAnswers = {}) => planOf({ ...answers, ...more });

const { transcription: _, ...bare } = answers;

const problemsWith = (more: RawAnswers, base: RawAnswers = answers) =>
  problemsOf({ ...base, ...more });

const serviceOf = (plan: Plan, name: string) => plan.services.find((one) => one.name === name);

/** Where the bridge is sent, as the focus reads it, with a meeting put in. */
function wayOf(plan: Plan): URL {
  const template = serviceOf(plan, 'jicofo')?.announced
    .CONFIG_FORCE_jicofo_transcription_url__template;
  return new URL(String(template).replace('{{MEETING_ID}}', '0b9f'));
}

const header = 'CONFIG_FORCE_jicofo_transcription_http__headers_X__Custom__Openai__Api__Key';

test('the focus sends the bridge to the proxy, with the address of the owner’s server whole', async () => {
  const address = 'wss://speech.example.org/v1/realtime?intent=transcription&model=a/b c';
  const plan = await made({ transcription: { server: encodeURI(address), language: 'de' } });
  const way = wayOf(plan);
  const proxy = serviceOf(plan, 'transcription');
  assert.is(way.host, `${proxy?.aliases[0]}:${proxy?.environment.PORT}`);
  assert.is(way.pathname, '/transcribe');
  assert.equal(Object.fromEntries(way.searchParams), {
    sessionId: '0b9f',
    sendBack: 'true',
    provider: 'openai_custom',
    openaiCustomUrl: encodeURI(address),
    lang: 'de',
  });
  assert.is(proxy?.environment.OPENAI_CUSTOM_REQUIRE_WSS, 'true');
  // Without the switch, Typesafe Config reads none of these variables.
  assert.match(
    String(serviceOf(plan, 'jicofo')?.environment.JAVA_TOOL_OPTIONS),
    '-Dconfig.override_with_env_vars=true',
  );
});

test('a server without a key asks its owner for none, and the proxy gets a header all the same', async () => {
  const plan = await made();
  assert.is(serviceOf(plan, 'jicofo')?.announced[header], 'none');
  assert.is(serviceOf(plan, 'transcription')?.environment.OPENAI_CUSTOM_REQUIRE_WSS, 'false');
  assert.not(plan.secrets.some(({ given }) => given));
  const kept = await made({ transcription: { server, serverKey: true } });
  assert.equal(serviceOf(kept, 'jicofo')?.announced[header], {
    secret: 'TRANSCRIPTION_SERVER_KEY',
  });
  assert.ok(kept.secrets.find(({ name }) => name === 'TRANSCRIPTION_SERVER_KEY')?.given);
});

for (const [by, key] of Object.entries({
  openai: 'OPENAI_API_KEY',
  deepgram: 'DEEPGRAM_API_KEY',
  gemini: 'GEMINI_API_KEY',
  xai: 'XAI_API_KEY',
}))
  test(`${by}: its key is the owner’s, only the proxy has it, and people are told where voices go`, async () => {
    const plan = await made({ transcription: { by } });
    assert.is(wayOf(plan).searchParams.get('provider'), by);
    assert.is(serviceOf(plan, 'jicofo')?.announced[header], undefined);
    const holders = plan.services.filter(({ environment }) => Object.hasOwn(environment, key));
    assert.equal(
      holders.map(({ name }) => name),
      ['transcription'],
    );
    assert.ok(plan.secrets.find(({ name }) => name === key)?.given);
    assert.ok(plan.steps.some(({ command }) => command === `./stack secret ${key}`));
    assert.ok(
      plan.notes.some(({ level, text }) => level === 'warning' && /Voices leave/.test(text)),
    );
  });

test('Deepgram is told not to train with what it hears', async () => {
  const plan = await made({ transcription: { by: 'deepgram', model: 'nova-3' } });
  assert.is(serviceOf(plan, 'transcription')?.environment.DEEPGRAM_MIP_OPT_OUT, 'true');
  assert.is(serviceOf(plan, 'transcription')?.environment.DEEPGRAM_MODEL, 'nova-3');
});

test('it is an unprivileged container that keeps nothing and that nobody outside reaches', async () => {
  const plan = await made();
  const proxy = serviceOf(plan, 'transcription');
  assert.is(proxy?.user, '1000:1000');
  assert.ok(proxy?.readOnly && proxy.hardened && proxy.capabilities.length === 0);
  assert.equal(proxy?.volumes, []);
  assert.equal(
    plan.endpoints.filter(({ service }) => service === 'transcription').map(({ from }) => from),
    ['containers'],
  );
  assert.not(plan.directories.some(({ path }) => path.includes('transcri')));
  assert.match(summaryText(plan, [], 200), 'Moderators can switch on subtitles');
});

test('rooms and breakout rooms are both marked', async () => {
  const prosody = serviceOf(await made(), 'prosody')?.environment;
  assert.is(prosody?.XMPP_MUC_MODULES, 'transcription_by_bridge');
  assert.is(prosody?.XMPP_BREAKOUT_MUC_MODULES, 'transcription_by_bridge');
});

test('strangers never run up a bill, and on a server of one’s own they may', async () => {
  const open = { mode: 'open', strangers: true };
  const [problem] = await problemsWith({ auth: open, transcription: { by: 'openai' } });
  assert.is(problem?.answer, 'auth.mode');
  assert.match(problem?.why ?? '', 'on your bill');
  assert.equal(await problemsWith({ auth: open }), []);
});

for (const [wrong, said] of [
  ['', /Nobody has said which server/],
  ['https://speech.example.org/v1/audio/transcriptions', /no address of a server/],
  ['speech.example.org', /no address of a server/],
  ['ws://me:secret@speech.example.org/v1', /its key in it/],
  ['ws://speech.example.org/v1?api_key=secret', /its key in it/],
  ['ws://localhost:8000/v1/realtime', /leads a container to itself/],
  ['ws://127.0.0.1:8000/v1/realtime', /leads a container to itself/],
] as const)
  test(`“${wrong}” is refused as the address of a server`, async () => {
    const [problem] = await problemsWith({ transcription: { server: wrong } });
    assert.is(problem?.answer, 'transcription.server');
    assert.match(problem?.what ?? '', said);
    assert.not.match(JSON.stringify(problem), 'secret@');
  });

test('words that are no model or no language are refused', async () => {
  const of = async (own: object) => (await problemsWith({ transcription: own }))[0]?.answer;
  assert.is(await of({ server, model: 'two words' }), 'transcription.model');
  assert.is(await of({ by: 'xai', model: 'grok' }), 'transcription.model');
  assert.is(await of({ server, language: 'German' }), 'transcription.language');
  assert.is(await of({ server, language: '' }), undefined);
});

test('releases and machines that cannot are refused in a sentence', async () => {
  const [older] = await problemsWith({ release: 'stable-11031' });
  assert.is(older?.answer, 'release');
  assert.match(older?.what ?? '', 'Transcription does not work with stable-11031.');
  const [bridges] = await problemsWith({
    machines: [
      { name: 'bridge-2', runs: 'bridge', address: '203.0.113.9', reaches: '203.0.113.7' },
    ],
  });
  assert.is(bridges?.answer, 'machines');
  assert.match(bridges?.why ?? '', 'without encryption');
});

test('without it nothing of it is there, and its switch alone is refused', async () => {
  const plan = await planOf({ ...bare, extras: [] });
  assert.not.match(JSON.stringify(plan), /CONFIG_FORCE|transcription_by_bridge/);
  const [idle] = await problemsWith(
    { extras: [], settings: { ENABLE_TRANSCRIPTIONS: true } },
    bare,
  );
  assert.match(idle?.what ?? '', 'it needs the service transcription');
});

test.run();
