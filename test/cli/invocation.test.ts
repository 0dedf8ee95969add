import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { flags } from '../../src/cli/flags.ts';
import { readInvocation } from '../../src/cli/invocation.ts';
import { StackError } from '../../src/errors.ts';

const invocation = suite('command line');

const read = (...words: string[]) => readInvocation(words, flags);

function refusal(...words: string[]): string {
  try {
    read(...words);
  } catch (error) {
    assert.instance(error, StackError);
    return (error as StackError).message;
  }
  throw new Error(`${words.join(' ')} was accepted.`);
}

invocation('every answer has a flag', () => {
  const { answers, given } = read(
    ...['--domain', 'meet.example.org', '--network-exposure', 'nat', '--turn', 'coturn'],
    ...['--turn-domain=turn.example.org', '--certificates-email', 'ops@example.org'],
  );
  assert.equal(answers, {
    domain: 'meet.example.org',
    network: { exposure: 'nat' },
    turn: { mode: 'coturn', domain: 'turn.example.org' },
    certificates: { email: 'ops@example.org' },
  });
  assert.is(given.get('turn.mode'), '--turn');
});

invocation('switches need no value, take one, and have a “no”', () => {
  const strangers = (...words: string[]) =>
    (read(...words).answers.auth as { strangers: string }).strangers;
  assert.is(strangers('--auth-strangers'), 'true');
  assert.is(strangers('--auth-strangers', '--yes'), 'true');
  assert.is(strangers('--auth-strangers', 'false'), 'false');
  assert.is(strangers('--auth-strangers=no'), 'no');
  assert.is(strangers('--no-auth-strangers'), 'false');
  assert.equal(read('--auth-strangers', 'meet').words, ['meet']);
});

invocation('lists are separated by commas or repeated', () => {
  const network = read(
    '--network-public-addresses',
    '203.0.113.7',
    '--network-public-addresses',
    '2001:db8::7',
  ).answers.network;
  assert.equal(network, { publicAddresses: '203.0.113.7,2001:db8::7' });
  assert.equal(read('--firewall', 'none').answers, { firewall: '' });
});

invocation('--set reaches every place of the answers file', () => {
  const { answers } = read(
    ...['--set', 'turn.mode=none', '--set', 'settings.ENABLE_LOBBY=0'],
    ...[
      '--set',
      'settings.TOOLBAR=a=b',
      '--set',
      'settings.P2P=true',
      '--set',
      'domain=meet.example.org',
    ],
  );
  assert.equal(answers, {
    domain: 'meet.example.org',
    turn: { mode: 'none' },
    settings: { ENABLE_LOBBY: 0, TOOLBAR: 'a=b', P2P: true },
  });
});

invocation('what is misspelt is refused with the right word', () => {
  assert.match(refusal('--domian', 'x'), 'Did you mean --domain?');
  assert.match(refusal('--set', 'turn.mod=none'), 'Did you mean turn.mode?');
  assert.match(refusal('--set', 'settings.lobby=1'), 'in capitals');
  assert.match(refusal('--set', 'turn.mode'), 'an equals sign');
  assert.match(refusal('--set', '__proto__.x=1'), 'There is no answer called “__proto__.x”');
  assert.match(refusal('--domain'), '--domain needs a value');
  assert.match(refusal('--yes=1'), '--yes takes no value');
});

invocation('what it is called with in the end wins', () => {
  assert.is(
    read('--domain', 'a.example.org', '--domain', 'b.example.org').answers.domain,
    'b.example.org',
  );
  assert.equal(read('--set', 'turn.mode=none', '--turn', 'coturn').answers.turn, {
    mode: 'coturn',
  });
});

invocation.run();
