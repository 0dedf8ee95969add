import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { goneServices, planConsequences } from '../../src/plan/consequences.ts';
import { planOf } from '../matrix/stack.ts';

const test = suite('what other answers mean for a stack that runs');

const before: RawAnswers = {
  domain: 'meet.alt.example',
  name: 'meet-alt-example',
  network: {
    exposure: 'nat',
    publicAddresses: ['203.0.113.7'],
    lanAddresses: ['192.168.1.10'],
    bridge: 'jitsi0',
  },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.alt.example' },
  auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
  firewall: ['ufw'],
};

/** Titles of what is left to do after these changes. */
async function after(changes: RawAnswers): Promise<string[]> {
  return (await steps(changes)).map(({ title }) => title);
}

async function steps(changes: RawAnswers) {
  const [old, now] = await Promise.all([planOf(before), planOf({ ...before, ...changes })]);
  return planConsequences(old, now);
}

const network = before.network as RawAnswers;

test('nothing, where only the files change', async () => {
  assert.equal(await after({}), []);
  assert.equal(await after({ settings: { MAX_PARTICIPANTS: 40 } }), []);
});

test('another name: its record, the certificate, links; accounts stay', async () => {
  const found = await steps({ domain: 'meet.neu.example' });
  assert.equal(
    found.map(({ title }) => title),
    [
      'Point meet.neu.example at the server',
      'Apply it on the server',
      'Tell people the new address',
      'Remove the DNS records of meet.alt.example',
      'Install your certificate',
    ],
  );
  assert.match(
    found.at(2)?.detail ?? '',
    'Links and invitations to https://meet.alt.example stop working',
  );
  assert.match(found.at(2)?.detail ?? '', 'Accounts and passwords stay');
  assert.is(found.at(1)?.command, './stack up');
});

test('another name with Let’s Encrypt or a self-signed pair', async () => {
  const acme = { source: 'acme', email: 'ops@example.org' };
  const old = await planOf({ ...before, certificates: acme });
  const now = await planOf({ ...before, certificates: acme, domain: 'meet.neu.example' });
  const found = planConsequences(old, now);
  assert.ok(found.some(({ command }) => command === './stack certs renew'));
  const own = { source: 'self-signed' };
  const [one, two] = await Promise.all([
    planOf({ ...before, certificates: own }),
    planOf({ ...before, certificates: own, domain: 'meet.neu.example' }),
  ]);
  assert.ok(planConsequences(one, two).some(({ title }) => title === 'Accept the new certificate'));
});

test('other addresses: records, router and firewall, even where the step reads the same', async () => {
  assert.equal(await after({ network: { ...network, lanAddresses: ['192.168.1.11'] } }), [
    'Forward the ports on the router',
    'Load the firewall',
    'Apply it on the server',
  ]);
  const both = await after({ network: { ...network, publicAddresses: ['203.0.113.8'] } });
  assert.ok(both.includes('Point meet.alt.example at the server'), both.join());
  assert.ok(both.includes('Point turn.alt.example at the server'), both.join());
});

test('another firewall of the server is loaded in place of the old one; without any, the old rules are taken away', async () => {
  const other = await steps({ firewall: ['nftables'] });
  assert.equal(
    other.map(({ command }) => command),
    ['sudo ./stack firewall apply', './stack up'],
  );
  assert.match(other[0]?.detail ?? '', 'nftables');
  assert.equal((await steps({ firewall: ['fortigate'] })).map(({ command }) => command).slice(-1), [
    'sudo ./stack firewall remove',
  ]);
});

test('the way in: no router, no forwards; another edge: other ports or the owner’s own proxy', async () => {
  const open = await after({
    network: { ...network, exposure: 'public', lanAddresses: [] },
  });
  assert.not.ok(open.includes('Forward the ports on the router'));
  assert.ok(open.includes('Load the firewall'));
  const proxy = await after({ edge: { proxy: 'external', flavour: 'caddy' } });
  assert.ok(proxy.includes('Tell Caddy about the meeting site'), proxy.join());
});

test('the relay off and on, and with a name of its own', async () => {
  const off = await after({ turn: { mode: 'none' } });
  assert.ok(off.includes('Remove the DNS records of turn.alt.example'), off.join());
  assert.ok(off.includes('Load the firewall'), off.join());
  const other = await after({ turn: { mode: 'coturn', domain: 'relay.example' } });
  assert.ok(other.includes('Point relay.example at the server'), other.join());
  assert.ok(other.includes('Install your certificate'), other.join());
});

test('accounts that nobody is asked for, and back', async () => {
  assert.equal(await after({ auth: { mode: 'open', strangers: true, moderators: 'first' } }), [
    'Apply it on the server',
    'Anybody can open rooms now',
  ]);
  const [open, closed] = await Promise.all([
    planOf({ ...before, auth: { mode: 'open', strangers: true, moderators: 'first' } }),
    planOf(before),
  ]);
  assert.ok(planConsequences(open, closed).some(({ title }) => title === 'Add yourself'));
});

test('others open rooms, join or moderate: people hear it, and what is left of the way before', async () => {
  const said = async (from: object, to: object) => {
    const [one, other] = await Promise.all([
      planOf({ ...before, auth: from }),
      planOf({ ...before, auth: to }),
    ]);
    const steps = planConsequences(one, other);
    return steps.filter(({ title }) => /^(Tell|Anybody)/.test(title)).map((step) => step.detail);
  };
  const accounts = { mode: 'internal', guests: 'wait', moderators: 'signed-in' };
  const tokens = { mode: 'jwt', guests: 'none', moderators: 'token' };
  const directory = { mode: 'ldap', servers: 'dc1.example', base: 'dc=example', guests: 'wait' };
  const open = { mode: 'open', strangers: true, moderators: 'first' };
  const [[toDirectory = ''], [toTokens = ''], [toOpen = ''], [toAccounts = '']] = await Promise.all(
    [said(accounts, directory), said(directory, tokens), said(tokens, open), said(open, accounts)],
  );
  assert.match(toDirectory, /^People in your directory can open rooms.*The accounts stay/);
  assert.match(toTokens, /^Anyone whose link.*Nobody else gets in.*LDAP_BINDPW may go/);
  assert.match(toOpen, /^Nobody is asked.*Links with a token open nothing any more/);
  assert.match(toAccounts, /^People with an account.*Guests join.*Everybody who has signed in/);
  assert.equal(await said(accounts, { ...accounts, guests: 'none' }), [
    'Nobody else gets in: strangers get no further than the sign-in page.',
  ]);
  assert.equal(await said(tokens, { ...tokens, keys: 'secret' }), []);
});

test('another name of the stack itself', async () => {
  assert.equal(await after({ name: 'ours' }), [
    'The stack has a new name',
    'Apply it on the server',
  ]);
});

test('a service that is gone and that the owner’s compose file adds to is named with its place', async () => {
  const now = await planOf({ ...before, turn: { mode: 'none' } });
  const old = await planOf(before);
  const [gone] = goneServices(old, now);
  assert.is(gone?.word, 'coturn');
  assert.ok(gone?.pattern.test('  coturn:') && !gone.pattern.test('  # coturn'));
  const named = [{ path: 'compose.override.yaml', line: 2, word: 'coturn' }];
  const [first] = planConsequences(old, now, { named });
  assert.is(first?.phase, 'before');
  assert.ok(
    planConsequences(old, now, { named }).some(
      ({ title }) => title === 'Take coturn (compose.override.yaml, line 2) out',
    ),
  );
});

test.run();
