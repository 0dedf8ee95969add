import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { selfSigned } from '../../src/secrets/self-signed.ts';
import { Authority, type Pair, type Wishes } from './authority.ts';
import { domain, findingsOf, only, planAt, relayName } from './examined.ts';
import { openSite } from './site.ts';

const certificates = suite('the doctor and certificates');
const authority = await Authority.found();
const names = [domain, relayName];
const issue = (wishes?: Wishes, of: readonly string[] = names) => authority.issue(of, wishes);

/** What is said about a pair that is served for the page. */
async function served(
  pair: Pair,
  {
    filed,
    source = 'own',
    known = true,
  }: { filed?: string; source?: string; known?: boolean } = {},
) {
  const site = await openSite(pair, domain);
  const email = source === 'acme' ? { email: 'ops@example.org' } : {};
  const plan = await planAt(site, { certificates: { source, ...email } });
  const authorities = known ? [authority.pem] : [];
  const means = { authorities, ...(filed !== undefined && { certificate: filed }) };
  const findings = await findingsOf(plan, means).finally(site.close);
  return only(findings, 'certificate', `${domain}:`);
}

certificates('a good one is good, and its end is said', async () => {
  const pair = await issue({ ends: 60.5 });
  for (const filed of [undefined, pair.cert]) {
    const { outcome, text } = await served(pair, filed === undefined ? {} : { filed });
    assert.is(outcome, 'ok');
    assert.match(text, /in 60 days/);
  }
});

certificates('one that has ended, or is about to, is wrong', async () => {
  const ended = await served(await issue({ starts: -90, ends: -2 }), { source: 'acme' });
  assert.is(ended.outcome, 'wrong');
  assert.match(ended.text, /It ended on .*certs renew/);
  const soon = await served(await issue({ starts: -69, ends: 20.5 }));
  assert.is(soon.outcome, 'wrong');
  assert.match(soon.text, /in 20 days.*certs install/);
  assert.is((await served(await issue({ starts: -68, ends: 21.5 }))).outcome, 'ok');
});

certificates('one that lives a few days only is renewed late', async () => {
  assert.is((await served(await issue({ starts: -3, ends: 3.5 }))).outcome, 'ok');
  assert.is((await served(await issue({ starts: -5, ends: 1.5 }))).outcome, 'wrong');
});

certificates('one for other names is wrong, and names them', async () => {
  const { outcome, text } = await served(await issue({}, ['www.example.org']));
  assert.is(outcome, 'wrong');
  assert.match(text, 'for www.example.org, not for meet.example.org');
});

certificates('one of an unknown authority is wrong', async () => {
  const { outcome, text } = await served(await issue(), { known: false });
  assert.is(outcome, 'wrong');
  assert.match(text, /Authority of a test.*NODE_EXTRA_CA_CERTS/);
});

certificates('the first, self-signed pair is wrong unless the answers want it', async () => {
  const { certificate: cert, key } = await selfSigned(names);
  assert.is((await served({ cert, key })).outcome, 'wrong');
  const wanted = await served({ cert, key }, { source: 'self-signed' });
  assert.is(wanted.outcome, 'ok');
  assert.match(wanted.text, 'browsers warn');
});

certificates('one that was renewed but is not served is seen', async () => {
  const old = await issue({ starts: -60, ends: 30 });
  const { cert: filed } = await issue({ starts: -1, ends: 89 });
  const { outcome, text } = await served(old, { filed });
  assert.is(outcome, 'wrong');
  assert.match(text, /older than the one in certs.*reload/);
});

certificates('an old file on another machine, or its own first pair, proves nothing', async () => {
  const fresh = await issue({ starts: -1, ends: 89 });
  const { cert: filed } = await issue({ starts: -60, ends: 30 });
  const { outcome, text } = await served(fresh, { filed });
  assert.is(outcome, 'ok');
  assert.match(text, 'an older one');
  const own = await selfSigned(names);
  const old = await issue({ starts: -60, ends: 30 });
  assert.is((await served(old, { filed: own.certificate })).outcome, 'ok');
});

certificates('the relay’s is looked at under its own name', async () => {
  const site = await openSite(await issue({}, [domain]), domain);
  const plan = await planAt({ ...site, turns: site.https });
  const findings = await findingsOf(plan, { authorities: [authority.pem] }).finally(site.close);
  assert.is(only(findings, 'certificate', `${domain}:`).outcome, 'ok');
  const relay = only(findings, 'certificate', `${relayName}:`);
  assert.is(relay.outcome, 'wrong');
  assert.match(relay.text, 'not for turn.example.org');
});

certificates.run();
