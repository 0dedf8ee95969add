import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machines as blueprint } from '../../../blueprints/machines/blueprint.ts';
import type { MachineAnswer } from '../../../src/answers/machine.ts';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from '../operations/plan.ts';
import { FakeStack } from '../operations/stack.ts';

const test = suite<{ stack: FakeStack }>('the folders of further machines, on the central one');
const certificate = 'jitsi/prosody/certs/auth.meet.jitsi';

const b1 = { name: 'b1', runs: 'bridge', address: '203.0.113.8', reaches: '203.0.113.7' } as const;

const r1 = { ...b1, name: 'r1', runs: 'recorder', address: '203.0.113.9' } as const;

function planWith(machines: readonly MachineAnswer[]) {
  const plan = smallPlan();
  const { id, ownersPlaces: own = [] } = blueprint;
  return {
    ...plan,
    answers: { ...plan.answers, machines },
    ownersPlaces: [...plan.ownersPlaces, ...own.map((place) => ({ ...place, blueprint: id }))],
  };
}

test.before.each((context) => {
  const stack = new FakeStack(planWith([b1, { ...b1, name: 'b2' }]));
  const source = 'machines/files/scripts/trust-store.sh.ejs';
  const script = {
    path: 'scripts/trust-store.sh',
    format: 'sh',
    source,
    read: templateAt,
  } as const;
  stack.write('scripts/trust-store.sh', renderTemplate(script, {}));
  stack.write('jitsi/prosody/certs/.gitignore', '*\n');
  for (const name of ['b1', 'b2']) {
    stack.write(`machines/${name}/compose.yaml`, 'services: {}\n');
    stack.write(`machines/${name}/jitsi/jvb/stack.conf`, '');
  }
  context.stack = stack;
});
test.after.each(({ stack }) => stack.remove());

const modeOf = (stack: FakeStack, path: string) => statSync(join(stack.path, path)).mode & 0o777;

test('up puts the one secret and the certificate into each, for its owner’s eyes', async ({
  stack,
}) => {
  const { code, err, out } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.is(stack.read('machines/b1/.env'), 'JVB_AUTH_PASSWORD="old-jvb"\n');
  assert.is(modeOf(stack, 'machines/b1/.env'), 0o600);
  assert.is(modeOf(stack, `${certificate}.key`) & 0o007, 0);
  assert.match(err, 'new to them: b1 b2.');
  assert.not.match(err + out + stack.calls(), /old-jvb|PRIVATE/);
  const { stdout } = await command('openssl', [
    ...['x509', '-in', join(stack.path, `${certificate}.crt`), '-noout', '-ext', 'subjectAltName'],
  ]);
  assert.match(stdout, 'DNS:auth.meet.jitsi');
  const [store, other] = ['b1', 'b2'].map((name) =>
    readFileSync(join(stack.path, `machines/${name}/jitsi/jvb/trust.jks`)),
  );
  assert.ok(store && other?.equals(store));
});

test('another up changes nothing and says nothing of them', ({ stack }) => {
  stack.run(['up']);
  const before = stack.read(`${certificate}.key`);
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.not.match(err, 'new to them');
  assert.is(stack.read(`${certificate}.key`), before);
});

test('rotate says what it means for them, and gives each the new password', ({ stack }) => {
  stack.write(stack.account('focus', 'auth.meet.jitsi'), 'old-jicofo');
  stack.write(stack.account('jvb', 'auth.meet.jitsi'), 'old-jvb');
  stack.run(['up']);
  const { code, err } = stack.run(['rotate', '--yes']);
  assert.is(code, 0, err);
  assert.match(err, 'The further machines (b1 b2) go on with the meetings that they have');
  assert.match(err, 'new to them: b1 b2.');
  const [, password] =
    /^JVB_AUTH_PASSWORD=([0-9a-f]{32})\n$/.exec(stack.read('machines/b2/.env')) ?? [];
  assert.is(stack.read(stack.account('jvb', 'auth.meet.jitsi')), password);
});

test('of a machine that is gone no secret stays, and its owner’s own files do', ({ stack }) => {
  stack.run(['up']);
  stack.write('machines/b2/compose.override.yaml', 'mine\n');
  stack.update(planWith([b1]));
  assert.is(stack.run(['up']).code, 0);
  assert.not.ok(existsSync(join(stack.path, 'machines/b2/.env')));
  assert.not.ok(existsSync(join(stack.path, 'machines/b2/jitsi/jvb/trust.jks')));
  assert.is(stack.read('machines/b2/compose.override.yaml'), 'mine\n');
  assert.ok(existsSync(join(stack.path, 'machines/b1/.env')));
});

test('half a pair, and a folder that is missing, are refused before anything starts', ({
  stack,
}) => {
  stack.write(`${certificate}.crt`, 'something');
  const half = stack.run(['up']);
  assert.is(half.code, 1);
  assert.match(half.err, 'but not both');
  rmSync(join(stack.path, `${certificate}.crt`));
  stack.update(planWith([{ ...b1, name: 'b3' }]));
  const missing = stack.run(['up']);
  assert.is(missing.code, 1);
  assert.match(missing.err, 'machines/b3 is missing');
  assert.not.match(stack.calls(), 'compose up');
});

test('bridges and status say which have signed in', ({ stack }) => {
  stack.run(['up']);
  stack.write('../fake/signed-in', 'central yes\nb1 yes\nb2 no\n');
  stack.write('../fake/seen', 'critical bridges not signed in: b2.\n');
  const { code, out, err } = stack.run(['bridges']);
  assert.is(code, 1);
  assert.match(out, /^b1 +203\.0\.113\.8, UDP 10000 +yes$/m);
  assert.match(out, /^b2 +203\.0\.113\.8, UDP 10000 +no$/m);
  assert.match(err, 'Not all have signed in');
  const status = stack.run(['status']);
  assert.is(status.code, 1);
  assert.match(status.out, 'bridges     not signed in: b2.');
  stack.write('../fake/signed-in', 'central yes\nb1 yes\nb2 yes\n');
  assert.is(stack.run(['bridges']).code, 0);
});

test('a recorder is told the passwords of recorders, and is seen as one', ({ stack }) => {
  stack.update(planWith([b1, r1]));
  stack.write('machines/r1/compose.yaml', 'services: {}\n');
  stack.write('machines/r1/jitsi/jibri/stack.conf', '');
  const passwords = 'JIBRI_XMPP_PASSWORD="x"\nJIBRI_RECORDER_PASSWORD="y"\n';
  appendFileSync(join(stack.path, '.env'), passwords);
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.is(stack.read('machines/r1/.env'), passwords);
  assert.is(stack.read('machines/b1/.env'), 'JVB_AUTH_PASSWORD="old-jvb"\n');
  assert.ok(existsSync(join(stack.path, 'machines/r1/jitsi/jibri/trust.jks')));
  assert.is(stack.run(['machine', 'pack', 'r1']).code, 0);
  stack.write('../fake/signed-in', 'central yes\nb1 no\nr1 busy\n');
  const recorders = stack.run(['recorders']);
  assert.is(recorders.code, 0, recorders.err);
  assert.match(recorders.out, /^r1 +203\.0\.113\.9 +yes, in a meeting now$/m);
  assert.is(stack.run(['bridges']).code, 1);
  stack.write('../fake/signed-in', 'central yes\nb1 yes\nr1 ill\n');
  assert.is(stack.run(['recorders']).code, 1);
  assert.is(stack.run(['bridges']).code, 0);
  stack.update(planWith([b1]));
  rmSync(join(stack.path, 'machines/r1/compose.yaml'));
  stack.run(['up']);
  for (const gone of ['.env', 'jitsi/jibri/trust.jks'])
    assert.not.ok(existsSync(join(stack.path, 'machines/r1', gone)), gone);
  assert.is(stack.run(['recorders']).code, 2);
});

test('a backup holds what its owner has put into a folder, and a restore brings it back', ({
  stack,
}) => {
  stack.run(['up']);
  const own = 'machines/b1/compose.override.yaml';
  stack.write(own, 'services: { jvb: { cpus: 4 } }\n');
  const { code, err } = stack.run(['backup', 'kept.tar.gz']);
  assert.is(code, 0, err);
  rmSync(join(stack.path, own));
  const back = stack.run(['restore', 'kept.tar.gz', '--yes']);
  assert.is(back.code, 0, back.err);
  assert.match(stack.read(own), 'cpus: 4');
  assert.is(modeOf(stack, 'machines/b1/.env'), 0o600);
});

test('pack gives a pipe the folder, and a terminal nothing', ({ stack }) => {
  assert.match(stack.run(['machine', 'pack', 'b1']).err, './stack up makes them');
  stack.run(['up']);
  const { code, out } = stack.run(['machine', 'pack', 'b1']);
  assert.is(code, 0);
  assert.ok(out.length > 0);
  const shown = stack.run(['machine', 'pack', 'b1'], { terminal: true });
  assert.is(shown.code, 1);
  assert.match(shown.out, './stack machine pack b1 | ssh SERVER tar xz');
  assert.is(stack.run(['machine', 'pack', 'b9']).code, 2);
});

(await needs(test, 'host:keytool'))(
  'Java finds the certificate in its store, and nothing wrong with it',
  async ({ stack }) => {
    stack.run(['up']);
    const store = join(stack.path, 'machines/b1/jitsi/jvb/trust.jks');
    // With the password it also checks the digest over all of it.
    for (const password of [['-storepass', 'changeit'], []]) {
      const { output, ok } = await command('keytool', ['-list', '-keystore', store, ...password]);
      assert.ok(ok, output);
      assert.match(output, 'central, ');
      assert.match(output, 'trustedCertEntry');
    }
    const [, fingerprint] =
      /Fingerprint=(.*)/.exec(
        (
          await command('openssl', [
            'x509',
            '-in',
            join(stack.path, `${certificate}.crt`),
            '-noout',
            '-fingerprint',
            '-sha256',
          ])
        ).stdout,
      ) ?? [];
    assert.match(
      (await command('keytool', ['-list', '-keystore', store, '-storepass', 'changeit'])).output,
      fingerprint ?? 'none',
    );
  },
);

test.run();
