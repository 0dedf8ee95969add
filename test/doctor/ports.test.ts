import { createServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { about, findingsOf, only, planAt } from './examined.ts';
import { freePort, listen } from './site.ts';

const ports = suite('the doctor and ports');
const listening: { close: () => void }[] = [];
ports.after.each(() => {
  for (const server of listening.splice(0)) server.close();
});

async function opened(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  listening.push(server);
  return listen(server);
}

async function planWith({ inner }: { inner: number }) {
  const [https, turn, turns, http] = [
    await opened(),
    await opened(),
    await opened(),
    await freePort(),
  ];
  return { plan: await planAt({ https, http, turn, turns, inner }), http, https };
}

ports('one that should be open and is not is wrong, and says what it is for', async () => {
  const inner = await freePort();
  const { plan, http, https } = await planWith({ inner });
  const findings = await findingsOf(plan);
  const open = only(findings, 'ports', 'open ports');
  assert.is(open.outcome, 'ok');
  assert.match(open.text, `${https}/tcp`);
  const shut = only(findings, 'ports', `${http}/tcp`);
  assert.is(shut.outcome, 'wrong');
  assert.match(shut.text, /refused.*redirect.*docker compose logs nginx/i);
  assert.match(only(findings, 'ports', 'closed ports').text, `${inner}/tcp`);
});

ports('one for containers only that answers is wrong', async () => {
  const inner = await opened();
  const { plan } = await planWith({ inner });
  const { outcome, text } = only(await findingsOf(plan), 'ports', `${inner}/tcp`);
  assert.is(outcome, 'wrong');
  assert.match(text, /containers only.*prosody publishes it/);
});

ports('the firewall of the answers is named where it could be the cause', async () => {
  const inner = await opened();
  const { plan, http } = await planWith({ inner });
  const guarded = { ...plan, firewalls: [{ name: 'nftables' }] };
  for (const port of [inner, http]) {
    const said = only(await findingsOf(guarded), 'ports', `${port}/tcp`).text;
    assert.match(said, 'sudo ./stack firewall apply');
    assert.match(said, 'those of nftables');
    assert.not.match(only(await findingsOf(plan), 'ports', `${port}/tcp`).text, './stack firewall');
  }
});

ports('SSH is nobody’s business', async () => {
  const { plan } = await planWith({ inner: await freePort() });
  const text = JSON.stringify(about(await findingsOf(plan), 'ports'));
  assert.not.match(text, /\b22\/tcp/);
});

ports('on the server itself nothing is said about what others reach', async () => {
  const inner = await opened();
  const { plan } = await planWith({ inner });
  const lo = [{ address: '127.0.0.1', cidr: '127.0.0.1/8', internal: true }];
  const findings = await findingsOf(plan, { interfaces: { lo } as never });
  assert.is(only(findings, 'ports', 'closed ports').outcome, 'not checked');
  assert.is(only(findings, 'ports', 'from the internet').outcome, 'not checked');
  assert.equal(about(findings, 'ports', `${inner}/tcp`), []);
});

ports('of addresses to which this machine has no way, nothing is said', async () => {
  const { plan } = await planWith({ inner: await freePort() });
  // Nobody may send there without asking for it first, so it is out of reach on every machine.
  const network = { ...plan.answers.network, publicAddresses: ['255.255.255.255'] };
  const lost = { ...plan, answers: { ...plan.answers, network } };
  const findings = await findingsOf(lost, { lookUp: async () => ({ outcome: 'none' }) });
  assert.match(only(findings, 'ports').text, 'cannot reach');
  for (const check of ['page', 'certificate', 'relay'] as const)
    assert.equal(about(findings, check), []);
});

ports.run();
