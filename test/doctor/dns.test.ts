import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { proxyOf } from '../../src/answers/detect/proxies.ts';
import { checkAdvertised } from '../../src/doctor/checks/advertised.ts';
import { checkNames } from '../../src/doctor/checks/dns.ts';
import type { Examination, NameLookup } from '../../src/doctor/examination.ts';
import type { Vantage } from '../../src/doctor/vantage.ts';
import { planOf } from '../matrix/stack.ts';
import { domain, only, relayName } from './examined.ts';

const dns = suite('the doctor and DNS');
const found = (...addresses: string[]): NameLookup => ({ outcome: 'found', addresses });

async function look(
  records: NameLookup,
  network: RawAnswers = { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  vantage: Vantage = 'outside',
  turn: RawAnswers = { mode: 'coturn', domain: relayName },
  edge: RawAnswers = {},
) {
  const plan = await planOf({ domain, network, turn, edge, certificates: { source: 'own' } });
  const names = new Map([
    [domain, records],
    [relayName, records],
  ]);
  const known = { plan, vantage, names, proxyOf, at: () => [], authorities: [] };
  const examination: Examination = known;
  return [...checkNames(examination), ...checkAdvertised(examination)];
}

dns('right records are right, for every name of the certificate', async () => {
  const findings = await look(found('203.0.113.7'));
  assert.is(only(findings, 'dns', domain).outcome, 'ok');
  assert.is(only(findings, 'dns', relayName).outcome, 'ok');
  assert.is(only(findings, 'addresses').outcome, 'ok');
});

dns('behind a tunnel the site’s name leads into it, and the relay’s to the server', async () => {
  const tunnel = { proxy: 'external', flavour: 'cloudflared' };
  const behind = (records: NameLookup) => look(records, undefined, 'outside', undefined, tunnel);
  const right = only(await behind(found('104.16.0.1')), 'dns', domain);
  assert.is(right.outcome, 'ok');
  const past = await behind(found('203.0.113.7'));
  assert.is(only(past, 'dns', relayName).outcome, 'ok');
  assert.match(only(past, 'dns', domain).text, 'past the tunnel');
  assert.is(only(await behind({ outcome: 'none' }), 'dns', domain).outcome, 'wrong');
});

dns(
  'a record that leads elsewhere is wrong, and the bridge advertises what nobody asks',
  async () => {
    const findings = await look(found('198.51.100.9'));
    const { outcome, text } = only(findings, 'dns', domain);
    assert.is(outcome, 'wrong');
    assert.match(text, /points to 198\.51\.100\.9.*A 203\.0\.113\.7/);
    const bridge = only(findings, 'addresses');
    assert.is(bridge.outcome, 'wrong');
    assert.match(bridge.text, '198.51.100.9');
    assert.match(bridge.text, 'network.publicAddresses');
  },
);

dns('no record, and no name server, are two things', async () => {
  assert.is(only(await look({ outcome: 'none' }), 'dns', domain).outcome, 'wrong');
  const silent = await look({ outcome: 'unknown' });
  assert.is(only(silent, 'dns', domain).outcome, 'not checked');
  assert.is(only(silent, 'addresses').outcome, 'not checked');
});

dns('a proxy in front is named', async () => {
  const { outcome, text } = only(await look(found('104.16.1.1')), 'dns', domain);
  assert.is(outcome, 'wrong');
  assert.match(text, /Cloudflare.*DNS only/);
});

dns('an AAAA record that leads elsewhere is found beside a right A record', async () => {
  const { outcome, text } = only(await look(found('203.0.113.7', '2001:db8::9')), 'dns', domain);
  assert.is(outcome, 'wrong');
  assert.match(text, /2001:db8::9.*People with IPv6/);
});

dns('a missing AAAA record is mentioned, a missing A record is wrong', async () => {
  const both = {
    exposure: 'public',
    publicAddresses: ['203.0.113.7', '2001:db8::7'],
    ipv6: true,
  };
  const four = only(await look(found('203.0.113.7'), both), 'dns', domain);
  assert.is(four.outcome, 'ok');
  assert.match(four.text, 'no record for 2001:db8::7');
  const six = only(await look(found('2001:0db8:0::7'), both), 'dns', domain);
  assert.is(six.outcome, 'wrong');
  assert.match(six.text, 'without IPv6');
});

dns('a private address is right inside, and wrong for everybody else', async () => {
  const nat = {
    exposure: 'nat',
    publicAddresses: ['203.0.113.7'],
    lanAddresses: ['192.168.10.20'],
  };
  assert.is(only(await look(found('192.168.10.20'), nat, 'lan'), 'dns', domain).outcome, 'ok');
  const outside = only(await look(found('192.168.10.20'), nat), 'dns', domain);
  assert.is(outside.outcome, 'wrong');
  assert.match(outside.text, 'private');
});

dns('somebody else’s relay may be anywhere, but somewhere', async () => {
  const turn = { mode: 'existing', host: relayName };
  const elsewhere = await look(found('198.51.100.9'), undefined, 'outside', turn);
  assert.is(only(elsewhere, 'dns', relayName).outcome, 'ok');
  const nowhere = await look({ outcome: 'none' }, undefined, 'outside', turn);
  assert.is(only(nowhere, 'dns', relayName).outcome, 'wrong');
  assert.match(only(nowhere, 'dns', relayName).text, 'turn.host');
});

dns.run();
