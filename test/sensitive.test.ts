import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadRelease, releaseTags } from '../src/releases/index.ts';
import { isSensitive, isSensitiveName } from '../src/sensitive.ts';

/** What the images of all known releases read, and is for nobody else. */
const secrets = [
  'DROPBOX_APPKEY',
  'GC_PRIVATE_KEY',
  'JIBRI_RECORDER_PASSWORD',
  'JIBRI_XMPP_PASSWORD',
  'JICOFO_AUTH_PASSWORD',
  'JICOFO_TRANSLATION_CF_ACCESS_CLIENT_SECRET',
  'JIGASI_SIP_PASSWORD',
  'JIGASI_TRANSCRIBER_PASSWORD',
  'JIGASI_TRANSCRIBER_WHISPER_PRIVATE_KEY',
  'JIGASI_XMPP_PASSWORD',
  'JVB_AUTH_PASSWORD',
  'JWT_APP_SECRET',
  'LDAP_BINDPW',
  'MATRIX_UVS_AUTH_TOKEN',
  'SENTRY_DSN',
  'TURN_CREDENTIALS',
  'TURN_PASSWORD',
];

test('names of secrets, Jitsi’s and others’', () => {
  for (const name of [
    'JICOFO_AUTH_PASSWORD',
    'TURN_CREDENTIALS',
    'JWT_APP_SECRET',
    'LDAP_BINDPW',
    'SENTRY_DSN',
    'DROPBOX_APPKEY',
    'GITHUB_PAT',
    'SMTP_AUTH',
    'DB_PASS',
    'MATRIX_UVS_AUTH_TOKEN',
    'SERVICE_PASSWORD',
    'API_KEY',
    'PGPASSWORD',
    'smtp.password',
  ])
    assert.ok(isSensitiveName(name), name);
  for (const name of [
    'ENABLE_AUTH',
    'JICOFO_ENABLE_AUTH',
    'AUTH_TYPE',
    'ROOM_PASSWORD_DIGITS',
    'TOKEN_AUTH_URL',
    'NGINX_KEEPALIVE_TIMEOUT',
    'JWT_ASAP_KEYSERVER',
    'PROSODY_LIMIT_MESSAGES_CHECK_TOKEN',
    'JVB_AUTH_USER',
    'XMPP_AUTH_DOMAIN',
    'TZ',
    'MONKEY',
    'MATRIX_LOBBY_BYPASS',
    'BACKWARD_COMPAT',
  ])
    assert.not.ok(isSensitiveName(name), name);
  assert.ok(isSensitive('PUBLIC_URL', 'https://u:pw@h'));
  assert.not.ok(isSensitive('PUBLIC_URL', 'https://h/a@b'));
  assert.not.ok(isSensitive('SENTRY_DSN', '0'));
});

test('what the images of all releases read goes by such a name, and nothing else', async () => {
  const found = new Set<string>();
  for (const tag of releaseTags())
    for (const { variables } of Object.values((await loadRelease(tag)).services))
      for (const name of variables.keys()) if (isSensitiveName(name)) found.add(name);
  assert.equal([...found].sort(), secrets);
});

test.run();
