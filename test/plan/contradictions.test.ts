import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../src/errors.ts';
import { Refusals } from '../../src/plan/refusals.ts';
import { planOf } from '../matrix/stack.ts';

const contradictions = suite('answers that do not go together');

async function refused(raw: Record<string, unknown>): Promise<(string | undefined)[]> {
  try {
    await planOf(raw);
  } catch (error) {
    assert.instance(error, StackError);
    return (error as StackError).problems.map(({ answer }) => answer);
  }
  throw new Error('nothing was refused');
}

contradictions('are refused all at once, whoever finds them', async () => {
  const found = await refused({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['10.0.0.1', '203.0.113.7'], sshPort: 443 },
    certificates: { source: 'own' },
    turn: { mode: 'coturn', domain: 'meet.example.org' },
    firewall: ['ufw', 'firewalld'],
    settings: { ENABLE_LOBBBY: true, PUBLIC_URL: 'https://a.example', TURN_TLL: 3 },
  });
  assert.equal(found.sort(), [
    'firewall',
    'network.httpsPort',
    'network.publicAddresses',
    'settings.ENABLE_LOBBBY',
    'settings.PUBLIC_URL',
    'settings.TURN_TLL',
    'turn.domain',
  ]);
});

contradictions('do not hide behind what only follows from them', () => {
  const refusals = new Refusals();
  refusals.add([{ what: 'A.', answer: 'a' }]);
  refusals.attempt(() => {
    throw new StackError([{ what: 'B.' }, { what: 'C.', answer: 'c' }]);
  }, undefined);
  refusals.attempt(() => {
    throw new TypeError('x is undefined');
  }, undefined);
  try {
    refusals.raise();
    assert.unreachable();
  } catch (error) {
    assert.instance(error, StackError);
    assert.equal(
      (error as StackError).problems.map(({ what }) => what),
      ['A.', 'C.'],
    );
  }
});

contradictions('are no excuse for a defect that comes first', () => {
  const refusals = new Refusals();
  const broken = () => {
    throw new TypeError('x is undefined');
  };
  assert.throws(() => refusals.attempt(broken, undefined), /x is undefined/);
  refusals.raise();
});

contradictions.run();
