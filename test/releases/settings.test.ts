import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  checkSettings,
  environmentValue,
  kindOf,
  loadRelease,
  readersOf,
  releaseTags,
  type SettingValue,
} from '../../src/releases/index.ts';

const settings = suite('settings');
const newest = await loadRelease('stable-11146-2');

function problemWith(name: string, value: SettingValue = true, release = newest) {
  const [problem, ...more] = checkSettings(release, { [name]: value });
  assert.equal(more, []);
  return problem;
}

settings('a setting that the images read is accepted', () => {
  assert.equal(
    checkSettings(newest, {
      MAX_PARTICIPANTS: 40,
      ENABLE_PREJOIN_PAGE: false,
      ENABLE_LOBBY: 1,
      ENABLE_IPV6: '0',
      VIDEOBRIDGE_MAX_MEMORY: '2g',
      TZ: 'Europe/Berlin',
      JIBRI_SINGLE_USE_MODE: true,
      ROOM_PASSWORD_DIGITS: 6,
    }),
    [],
  );
});

settings('knows which services read a variable', () => {
  assert.equal(readersOf(newest, 'ENABLE_RECORDING'), ['jicofo', 'prosody', 'web']);
  assert.equal(readersOf(newest, 'BWE_ESTIMATOR_ENGINE'), ['jvb']);
  assert.equal(readersOf(newest, 'ENABLE_SUBDOMAINS'), ['prosody', 'web']);
  assert.equal(readersOf(newest, 'JICOFO_MAX_MEMORY'), ['jicofo']);
  assert.equal(readersOf(newest, 'toString'), []);
});

for (const [wrong, right] of [
  ['ENABLE_LOBY', 'ENABLE_LOBBY'],
  ['LETSENCRYPT_ENABLE', 'ENABLE_LETSENCRYPT'],
  ['enable_lobby', 'ENABLE_LOBBY'],
  ['MAX_PARTICPANTS', 'MAX_PARTICIPANTS'],
  ['JVB_ADVERTISE_IP', 'JVB_ADVERTISE_IPS'],
  ['TURN_TLL', 'TURN_TTL'],
  ['TURN_CREDENTIAL', 'TURN_CREDENTIALS'],
  ['ENABLE_S2S', 'PROSODY_ENABLE_S2S'],
  ['CODEC_ORDER_P2P', 'CODEC_ORDER_JVB'],
] as const) {
  settings(`leads from ${wrong} to ${right}`, () => {
    assert.match(problemWith(wrong)?.fix ?? '', new RegExp(`\\b${right}\\b`));
  });
}

settings('names of old are explained, not taken for something near', () => {
  for (const name of ['JICOFO_AUTH_USER', 'JVB_TCP_PORT', 'JVB_TCP_HARVESTER_DISABLED']) {
    assert.is(problemWith(name)?.what, `No image of ${newest.tag} reads ${name}.`);
    assert.match(problemWith(name)?.fix ?? '', /^Remove it: /);
  }
});

settings('does not guess when nothing is near', () => {
  assert.not.match(problemWith('SOMETHING_ELSE_ENTIRELY')?.fix ?? '', 'Did you mean');
  assert.not.match(problemWith('__proto__')?.fix ?? '', 'Did you mean');
});

settings('says since when a name is gone, and what to do', () => {
  const problem = problemWith('ENABLE_SCTP');
  assert.is(problem?.answer, 'settings.ENABLE_SCTP');
  assert.is(problem?.what, 'stable-11146 removed ENABLE_SCTP.');
  assert.match(problem?.fix ?? '', 'SCTP data channels');
});

settings('a setting of a later release is refused with when it comes', async () => {
  const problem = problemWith('CSP_HEADER', 'x', await loadRelease('stable-10710'));
  assert.match(problem?.fix ?? '', 'stable-10741');
});

settings('refuses what the stock compose file hands on and nothing reads', () => {
  assert.match(problemWith('CODEC_ORDER_P2P_MOBILE', 'VP8')?.what ?? '', 'to web, but nothing');
});

settings('never sees secrets in this file, and says where they stand', () => {
  for (const name of ['TURN_CREDENTIALS', 'JVB_AUTH_PASSWORD', 'SENTRY_DSN', 'DROPBOX_APPKEY']) {
    const problem = problemWith(name, 'hunter2');
    assert.match(problem?.fix ?? '', `Write ".env" here as its value, and ${name}=… into .env`);
    assert.not.match(JSON.stringify(problem), 'hunter2');
    assert.equal(checkSettings(newest, { [name]: '.env' }), []);
  }
  const url = problemWith('DIALOUT_AUTH_URL', 'https://u:hunter2@sip.example.org');
  assert.match(url?.what ?? '', 'has a password in it');
  assert.not.match(JSON.stringify(url), 'hunter2');
  assert.match(problemWith('JVB_AUTH_PASWORD', 'x')?.fix ?? '', 'JVB_AUTH_PASSWORD into .env');
});

settings('refuses words for switches, because images disagree about them', () => {
  for (const value of ['no', 'off', 'False', 'false'])
    assert.is(problemWith('ENABLE_LOBBY', value)?.fix, 'Write false without quotes.');
  for (const value of ['yes', 'On', 'true', 'TRUE'])
    assert.is(problemWith('ENABLE_LOBBY', value)?.fix, 'Write true without quotes.');
  assert.match(problemWith('ENABLE_LOBBY', 'maybe')?.fix ?? '', 'true without quotes, or false');
  assert.ok(problemWith('ENABLE_LOBBY', 2));
  assert.ok(problemWith('JIBRI_SINGLE_USE_MODE', 'yes'));
  assert.ok(problemWith('CSP_HEADER', true));
  assert.ok(problemWith('MAX_PARTICIPANTS', Number.NaN));
});

settings('writes 1 and 0, except where the template prints the word itself', () => {
  assert.is(environmentValue(newest, 'ENABLE_LOBBY', true), '1');
  assert.is(environmentValue(newest, 'ENABLE_LOBBY', false), '0');
  assert.is(environmentValue(newest, 'MAX_PARTICIPANTS', 40), '40');
  assert.is(kindOf(newest, 'JIBRI_SINGLE_USE_MODE'), 'word');
  assert.is(environmentValue(newest, 'JIBRI_SINGLE_USE_MODE', true), 'true');
  assert.is(environmentValue(newest, 'JIGASI_TRANSCRIBER_SEND_TXT', false), 'false');
});

settings('has every switch that the start scripts compare with 1', async () => {
  for (const tag of releaseTags()) {
    const release = await loadRelease(tag);
    for (const name of ['DISABLE_HTTPS', 'ENABLE_LETSENCRYPT', 'ENABLE_RECORDING', 'ENABLE_AUTH'])
      assert.is(kindOf(release, name), 'switch', `${tag} ${name}`);
  }
});

settings.run();
