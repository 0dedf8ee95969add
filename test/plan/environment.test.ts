import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answers } from '../../src/answers/answers.ts';
import type { Contribution } from '../../src/blueprint.ts';
import { StackError } from '../../src/errors.ts';
import { feature, plan, service } from './example.ts';

const environment = suite('environment of the services');

const jitsi = ['web', 'prosody', 'jicofo', 'jvb'].map((name) => service(name));

function environmentOf(settings: Answers['settings'], contribution: Contribution = {}) {
  const { services } = plan([feature('one', { services: jitsi, ...contribution })], { settings });
  return Object.fromEntries(services.map(({ name, environment }) => [name, environment]));
}

function refusal(settings: Answers['settings'], contribution: Contribution = {}): string {
  try {
    environmentOf(settings, contribution);
  } catch (error) {
    assert.instance(error, StackError);
    return (error as Error).message;
  }
  throw new Error(`accepted: ${JSON.stringify(settings)}`);
}

environment('a setting goes to every service that reads it, and to no other', () => {
  const { web, prosody, jicofo, jvb } = environmentOf({ DISABLE_POLLS: true });
  for (const values of [web, prosody]) assert.is(values?.DISABLE_POLLS, '1');
  assert.equal([jicofo, jvb], [{}, {}]);
});

environment('a secret among the settings stands in .env, and reaches who reads it', () => {
  const settings = { SENTRY_DSN: '.env', DIALOUT_AUTH_URL: '.env' };
  const { services, secrets } = plan([feature('one', { services: jitsi })], { settings });
  const of = (name: string) => services.find((service) => service.name === name)?.environment;
  assert.equal(of('jicofo'), { SENTRY_DSN: { secret: 'SENTRY_DSN' } });
  assert.equal(of('web'), { DIALOUT_AUTH_URL: { secret: 'DIALOUT_AUTH_URL' } });
  assert.equal(
    secrets.map(({ name, given }) => [name, given]),
    [
      ['SENTRY_DSN', true],
      ['DIALOUT_AUTH_URL', true],
    ],
  );
  assert.match(refusal({ SENTRY_DSN: 'https://k@sentry.example' }), /Write "\.env" here/);
  const own = { environment: { jvb: { JVB_AUTH_PASSWORD: { secret: 'JVB_AUTH_PASSWORD' } } } };
  for (const value of ['x', '.env'])
    assert.match(refusal({ JVB_AUTH_PASSWORD: value }, own), /that this stack has already/);
});

environment('what nothing in this stack reads is refused, with what it would take', () => {
  const needs = (name: string, words: RegExp) => assert.match(refusal({ [name]: true }), words);
  needs(
    'ENABLE_RECORDING',
    /Nothing in this stack reads ENABLE_RECORDING: it needs the service jibri/,
  );
  needs('ENABLE_TRANSCRIPTIONS', /service transcription/);
  needs('JIBRI_SINGLE_USE_MODE', /service jibri/);
  needs('ENABLE_HSTS', /TLS is the edge’s job/);
});

environment('switches are 1 and 0', () => {
  assert.is(environmentOf({ ENABLE_PREJOIN_PAGE: false }).web?.ENABLE_PREJOIN_PAGE, '0');
  assert.is(environmentOf({ ENABLE_PREJOIN_PAGE: true }).web?.ENABLE_PREJOIN_PAGE, '1');
});

environment('a setting replaces a feature’s suggestion', () => {
  const defaults = { jvb: { VIDEOBRIDGE_MAX_MEMORY: '1024m' } };
  assert.is(environmentOf({}, { defaults }).jvb?.VIDEOBRIDGE_MAX_MEMORY, '1024m');
  const replaced = environmentOf({ VIDEOBRIDGE_MAX_MEMORY: '2g' }, { defaults });
  assert.is(replaced.jvb?.VIDEOBRIDGE_MAX_MEMORY, '2g');
});

environment('a setting that contradicts an answer is refused with the feature that decides', () => {
  const decided = { environment: { web: { PUBLIC_URL: 'https://meet.example.org' } } };
  const message = refusal({ PUBLIC_URL: 'https://evil.example' }, decided);
  assert.match(message, /PUBLIC_URL/);
  assert.match(message, /blueprint one/);
  assert.match(message, /change those answers instead/);
});

environment('unknown, misspelt, removed and secret names are refused with what to do', () => {
  assert.match(refusal({ ENABLE_LOBY: true }), /Did you mean ENABLE_LOBBY\?/);
  assert.match(refusal({ COMPLETE_NONSENSE: true }), /Remove it/);
  assert.match(refusal({ ENABLE_COLIBRI_WEBSOCKET: true }), /ENABLE_COLIBRI_WEBSOCKET/);
  assert.match(refusal({ JVB_AUTH_PASSWORD: 'x' }), /secret.*\.env/s);
  assert.match(refusal({ TURN_CREDENTIAL: 'x' }), /TURN_CREDENTIALS/);
});

environment('all wrong settings are named at once', () => {
  const message = refusal({ ENABLE_LOBY: true, COMPLETE_NONSENSE: 1 });
  assert.match(message, /ENABLE_LOBY/);
  assert.match(message, /COMPLETE_NONSENSE/);
});

environment('a feature cannot set what the image does not read', () => {
  const message = refusal({}, { environment: { web: { NOBODY_READS_ME: 1 } } });
  assert.match(message, /web image of stable-11146-2 does not read NOBODY_READS_ME/);
});

environment('containers that are not Jitsi’s own may have any variable', () => {
  const { services } = plan([
    feature('one', { services: [service('acme')], environment: { acme: { ANYTHING: 'x' } } }),
  ]);
  assert.equal(services[0]?.environment, { ANYTHING: 'x' });
});

environment('a secret is a reference, never a value', () => {
  const secret = { secret: 'JVB_AUTH_PASSWORD' };
  const { jvb } = environmentOf({}, { environment: { jvb: { JVB_AUTH_PASSWORD: secret } } });
  assert.equal(jvb, { JVB_AUTH_PASSWORD: secret });
});

environment(
  'lists are joined: features first, nothing twice, and it is said whose they are',
  () => {
    const prosody = service('prosody');
    const one = feature('one', {
      services: [prosody],
      lists: { prosody: { XMPP_MODULES: ['alpha'], XMPP_CONFIGURATION: ['a={"x";"y"}'] } },
    });
    const two = feature('two', { lists: { prosody: { XMPP_MODULES: ['beta', 'alpha'] } } });
    const { services } = plan([one, two], {
      settings: { XMPP_MODULES: 'mine, beta', XMPP_CONFIGURATION: 'b=1', XMPP_MUC_MODULES: 'own' },
    });
    assert.equal(services[0]?.environment, {
      XMPP_CONFIGURATION: 'a={"x";"y"},b=1',
      XMPP_MODULES: 'alpha,beta,mine',
      XMPP_MUC_MODULES: 'own',
    });
    assert.is(
      services[0]?.comments['environment.XMPP_MODULES'],
      'one: alpha. two: beta, alpha. your settings: mine, beta.',
    );
  },
);

environment(
  'an option that a feature sets is not set again, and a part that would be cut is refused',
  () => {
    const lists = { prosody: { XMPP_CONFIGURATION: ['a=1'] } };
    const message = refusal({ XMPP_CONFIGURATION: 'a = 2' }, { lists });
    assert.match(
      message,
      /settings\.XMPP_CONFIGURATION: “a” is set .*blueprint one.*Take “a = 2” out/,
    );
    assert.match(
      refusal({}, { lists: { prosody: { XMPP_MODULES: ['a,b'] } } }),
      /cuts it at every ,/,
    );
  },
);

environment.run();
