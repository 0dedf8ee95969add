import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machineFields } from '../../src/answers/basics.ts';
import { changedAnswers } from '../../src/answers/changed.ts';
import { fieldSchema } from '../../src/answers/kinds.ts';
import { entryText } from '../../src/answers/machine.ts';

const test = suite('further machines, as they are given');

const schema = fieldSchema(machineFields.machines);
const b1 = { name: 'b1', runs: 'bridge', address: '203.0.113.8', reaches: '203.0.113.7' };

const read = (value: unknown) => schema.safeParse(value);
const refusal = (value: unknown) => read(value).error?.issues[0]?.message ?? 'accepted';

test('a flag says the same as the file', () => {
  const said = read('b1:bridge:203.0.113.8:203.0.113.7, b2:bridge:203.0.113.9:203.0.113.7:10001');
  const filed = read([b1, { ...b1, name: 'b2', address: '203.0.113.9', port: 10001 }]);
  assert.equal(said.data, filed.data);
  assert.equal(filed.data, read((filed.data as unknown[]).map(entryText).join(',')).data);
  assert.equal(read('').data, []);
});

test('an IPv6 address stands in brackets in a flag, and is spelled one way', () => {
  const six = { ...b1, address6: '2001:db8::8', reaches: '2001:db8::7' };
  const flag = 'b1:bridge:203.0.113.8+[2001:db8::8]:[2001:db8::7]';
  assert.equal(read(flag).data, [six]);
  assert.equal(read([{ ...six, address6: '2001:0DB8::0:8', reaches: '2001:DB8::7' }]).data, [six]);
  assert.is(entryText(six), flag);
  const own = { ...b1, address6: '2001:db8::8', port: 10001 };
  assert.is(entryText(own), 'b1:bridge:203.0.113.8+[2001:db8::8]:203.0.113.7:10001');
  assert.equal(read(entryText(own)).data, [own]);
});

test('a recorder has days where a bridge has a port', () => {
  const r1 = { ...b1, name: 'r1', runs: 'recorder', days: 7 };
  assert.equal(read('r1:recorder:203.0.113.8:203.0.113.7:7').data, [r1]);
  assert.is(entryText(r1), 'r1:recorder:203.0.113.8:203.0.113.7:7');
  assert.match(
    refusal([{ ...r1, days: 5000 }]),
    /“days” of “r1” has to be a number from 0 to 3650/,
  );
  assert.match(refusal([{ ...r1, port: 10001 }]), /A recorder has no “port”/);
  assert.match(refusal([{ ...b1, days: 7 }]), /A bridge has no “days”/);
});

test('what is wrong with one is said in a sentence that names it', () => {
  for (const [wrong, sentence] of [
    ['b1', /is written NAME:bridge:ADDRESS/],
    ['b1:bridge:203.0.113.8:203.0.113.7:10000:more', /is written/],
    [[{ ...b1, name: 'B 1' }], /“B 1” cannot be the name/],
    [[{ ...b1, name: '-b' }], /cannot be the name/],
    [[{ ...b1, name: 'a'.repeat(21) }], /20 at most/],
    [[{ ...b1, runs: 'web' }], /“b1” has to say what it runs/],
    [[{ ...b1, address: 'b1.example.org' }], /literal IPv4 address as its “address”/],
    [[{ ...b1, reaches: 'meet' }], /literal IPv4 or IPv6 address as its “reaches”/],
    [[{ ...b1, address6: '203.0.113.9' }], /literal IPv6 address as its “address6”/],
    [[{ ...b1, address6: 'fe80::1%eth0' }], /literal IPv6 address as its “address6”/],
    ['b1:bridge:[2001:db8::8]:203.0.113.7', /literal IPv4 address as its “address”/],
    [[{ ...b1, port: 70000 }], /from 1 to 65535/],
    [[{ ...b1, adress: '203.0.113.8' }], /A bridge has no “adress”/],
    [[null], /is written/],
    [7, /A list of machines is needed/],
  ] as const)
    assert.match(refusal(wrong), sentence, JSON.stringify(wrong));
});

test('the history of a stack says which ones came', () => {
  const file = (machines: unknown) => JSON.stringify({ machines });
  assert.equal(changedAnswers(file([]), file([b1])), [
    'machines: none → b1:bridge:203.0.113.8:203.0.113.7',
  ]);
});

test.run();
