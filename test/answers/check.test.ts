import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkAnswers } from '../../src/answers/check.ts';
import { checkNetwork } from '../../src/answers/network.ts';
import { StackError } from '../../src/errors.ts';
import { complete, sections } from './features.ts';

const check = suite('checked answers');

function problemsOf(raw: Record<string, unknown>, source = 'jitsi-stack.json') {
  try {
    const problems = checkNetwork(checkAnswers(sections, raw, source).network);
    if (problems.length > 0) return problems;
  } catch (error) {
    assert.instance(error, StackError);
    return (error as StackError).problems;
  }
  throw new Error('nothing was refused');
}

function withNetwork(network: object) {
  return { ...complete, network: { ...complete.network, ...network } };
}

check('complete answers pass, without the schema’s address', () => {
  assert.equal(checkAnswers(sections, { $schema: 'https://x', ...complete }, 'test'), complete);
});

check('all that is wrong is said at once, each with its place and flag', () => {
  const problems = problemsOf({ ...withNetwork({ sshPort: 70000 }), domain: 'https://a.example' });
  assert.equal(
    problems?.map(({ where }) => where),
    ['jitsi-stack.json, domain', 'jitsi-stack.json, network.sshPort'],
  );
  assert.match(problems?.[0]?.fix ?? '', /--domain/);
  assert.match(problems?.[1]?.fix ?? '', /--network-ssh-port/);
});

check('a flag is named by itself', () => {
  assert.is(problemsOf({ ...complete, domain: 'x' }, '--domain')[0]?.where, '--domain');
});

check('answers that nobody asked for are named', () => {
  const [top] = problemsOf({ ...complete, donain: 'a.example' }) ?? [];
  assert.match(top?.what ?? '', /“donain”/);
  const [inner] = problemsOf(withNetwork({ exposre: 'nat' })) ?? [];
  assert.match(inner?.what ?? '', /“exposre”/);
  assert.match(inner?.where ?? '', /network/);
  const [other] = problemsOf({ ...complete, turn: { mode: 'none', quota: 5 } }) ?? [];
  assert.match(other?.what ?? '', /“quota”/);
});

check('a choice that no feature offers names those that are', () => {
  const [problem] = problemsOf({ ...complete, turn: { mode: 'nonsense' } }) ?? [];
  assert.match(problem?.where ?? '', /turn/);
  assert.match(problem?.what ?? '', /own.*elsewhere.*none/);
});

check('a later version of the file is not guessed at', () => {
  assert.match(problemsOf({ ...complete, version: 3 })?.[0]?.what ?? '', /version 2/);
});

check('settings are names in capitals with plain values', () => {
  assert.match(problemsOf({ ...complete, settings: { lobby: 1 } })?.[0]?.what ?? '', /capitals/);
  assert.match(
    problemsOf({ ...complete, settings: { ENABLE_LOBBY: [1] } })?.[0]?.what ?? '',
    /text, a number, true or false/,
  );
});

check(
  'a server on the internet has a public address, one behind a router a private one too',
  () => {
    const [none] = problemsOf(withNetwork({ publicAddresses: [] })) ?? [];
    assert.match(none?.fix ?? '', /--network-public-addresses/);
    const [inner] = problemsOf(withNetwork({ exposure: 'nat' })) ?? [];
    assert.match(inner?.fix ?? '', /--network-lan-addresses/);
    const [closed] =
      problemsOf(withNetwork({ exposure: 'lan', lanAddresses: ['192.168.1.5'] })) ?? [];
    assert.match(closed?.fix ?? '', /nat/);
  },
);

check('private, loopback and multicast addresses are not public ones', () => {
  for (const address of ['10.0.0.1', '192.168.1.1', '127.0.0.1', '224.0.0.1', '0.0.0.0']) {
    const problems = problemsOf(withNetwork({ publicAddresses: [address] }));
    assert.ok(
      problems?.some(({ what }) => what.includes(address)),
      address,
    );
  }
  const six = problemsOf(withNetwork({ ipv6: true, publicAddresses: ['fd00::1'] }));
  assert.match(six?.[0]?.what ?? '', /fd00::1 is private/);
});

check('carrier-grade NAT and link-local addresses are not public either', () => {
  for (const address of ['100.64.1.1', '169.254.1.1']) {
    assert.ok(problemsOf(withNetwork({ publicAddresses: [address] })), address);
  }
});

check('a wrong private address is blamed on the private addresses', () => {
  const [problem] = problemsOf(withNetwork({ exposure: 'nat', lanAddresses: ['127.0.0.1'] })) ?? [];
  assert.is(problem?.answer, 'network.lanAddresses');
});

check('an IPv6 address without IPv6 is a contradiction', () => {
  const [problem] = problemsOf(withNetwork({ publicAddresses: ['2001:db8::1'] })) ?? [];
  assert.match(problem?.fix ?? '', /--network-ipv6/);
});

check('the containers’ network does not hold the server’s own address', () => {
  const inside = { exposure: 'nat', lanAddresses: ['172.28.0.77'] };
  assert.match(problemsOf(withNetwork(inside))?.[0]?.fix ?? '', /--network-subnet/);
  const beside = withNetwork({ exposure: 'nat', lanAddresses: ['172.28.1.77'] });
  assert.equal(checkNetwork(checkAnswers(sections, beside, 'test').network), []);
});

check.run();
