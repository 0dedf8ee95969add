import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { upstream, usualEnv } from './installations.ts';
import { jitsiBeside, proposed } from './proposed.ts';

const test = suite('adopt: what has no place is listed');

const changed = (lines: string) => upstream(`${usualEnv}${lines}\n`);

for (const url of [
  'https://www.example.org/meet/',
  'www.example.org/meet',
  'https://x.org:8443/a/b',
]) {
  test(`a site below a path is asked for, never taken: ${url}`, async () => {
    await proposed(changed(`PUBLIC_URL=${url}`), ({ answers, undecided }) => {
      assert.is(answers.domain, undefined);
      const [open] = undecided;
      assert.is(open?.answer, 'domain');
      assert.match(
        open?.what ?? '',
        /People meet below a path, \/(meet|a\/b) at .* \(\.env, line \d+/,
      );
      assert.match(open?.fix ?? '', '--domain');
    });
  });
}

test('a slash at the end is no path', async () => {
  await proposed(changed('PUBLIC_URL=https://meet.example.org/'), ({ answers, undecided }) => {
    assert.is(answers.domain, 'meet.example.org');
    assert.equal(undecided, []);
  });
});

test('an address that a port is bound to is listed; this host’s own is not', async () => {
  const bound = jitsiBeside('ports: ["127.0.0.1:8000:80"]').replace(
    /(jitsi\/jvb:.*\n)/,
    '$1    ports: ["203.0.113.21:10000:10000/udp"]\n',
  );
  await proposed({ 'compose.yaml': bound }, ({ unplaced }) => {
    assert.equal(
      unplaced.map(({ name, value }) => `${name}: ${value}`),
      ['port of jvb: 203.0.113.21:10000 → 10000/udp'],
    );
  });
});

test('secrets of other programs stay where they are, and are named without their values', async () => {
  const lines = 'STRIPE_SECRET_KEY=sk_live_1234567890\nJIGASI_XMPP_PASSWORD=0123456789abcdef';
  await proposed(changed(lines), ({ secrets, unplaced, notes }) => {
    assert.not.ok(secrets.has('STRIPE_SECRET_KEY'));
    assert.ok(secrets.has('JIGASI_XMPP_PASSWORD'));
    const [foreign] = unplaced;
    assert.is(foreign?.name, 'STRIPE_SECRET_KEY');
    assert.match(foreign?.what ?? '', 'stays where it is');
    assert.not.match(JSON.stringify({ unplaced, notes }), 'sk_live');
  });
});

test('what a panel calls a secret is one', async () => {
  await proposed(changed('SERVICE_PASSWORD_JITSI=Qw3rTyUiOpAsDfGh'), (proposal) => {
    const { unplaced, unspoken, inferred, notes } = proposal;
    assert.is(unplaced[0]?.name, 'SERVICE_PASSWORD_JITSI');
    assert.not.match(JSON.stringify({ unplaced, unspoken, inferred, notes }), 'Qw3rTy');
  });
});

test('the name on the certificate needs no second word; another one does', async () => {
  const spoken = async (name: string) => {
    let found = false;
    await proposed(changed(`LETSENCRYPT_DOMAIN=${name}`), ({ unspoken }) => {
      found = unspoken.some((one) => one.name === 'LETSENCRYPT_DOMAIN');
    });
    return found;
  };
  assert.is(await spoken('meet.example.org'), false);
  assert.is(await spoken('other.example.org'), true);
});

for (const [what, line, named] of [
  ['set anew', 'ice4j.harvest.mapping.static-mappings = [{ local-address = 10.0.0.1 }]', true],
  ['set anew in a section', '  static-mappings: []', true],
  ['added to', 'ice4j.harvest.mapping.static-mappings += { local-address = 10.0.0.1 }', false],
  ['a comment', '# static-mappings = []', false],
] as const) {
  test(`the bridge’s mappings in a hook: ${what}`, async () => {
    const files = { ...upstream(usualEnv), 'cfg/jvb/custom-jvb.conf': `videobridge {}\n${line}\n` };
    await proposed(files, ({ notes }) => {
      const text = notes.join('\n');
      if (named) assert.match(text, 'jitsi/jvb/custom-jvb.conf, line 2: “static-mappings =”');
      else assert.not.match(text, 'static-mappings');
    });
  });
}

test.run();
