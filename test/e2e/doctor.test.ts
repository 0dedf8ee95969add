import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import type { Diagnosis } from '../../src/doctor/examine.ts';
import { desk } from '../cli/stand-ins.ts';
import { Authority } from '../doctor/authority.ts';
import { about, only } from '../doctor/examined.ts';
import { needs } from '../programs/needs.ts';
import { endWithTest, enterOwnNetwork, server } from './network.ts';
import { domain, relay, type Server, startServer } from './server.ts';

enterOwnNetwork();
const doctor = suite('the doctor at a stack that runs for real');
const test = await needs(doctor, 'root', 'host:nft', 'nginx', 'turnserver');
const laptop = mkdtempSync(join(tmpdir(), 'doctor-'));
process.on('exit', () => rmSync(laptop, { recursive: true, force: true }));
let running: Server;
test.before(async () => {
  const authority = await Authority.found();
  const { cert, key } = await authority.issue([domain, relay]);
  writeFileSync(join(laptop, 'authority.pem'), authority.pem);
  process.env.NODE_EXTRA_CA_CERTS = join(laptop, 'authority.pem');
  running = await startServer({
    backend: 'jitsi.ts',
    async prepare(stack) {
      writeFileSync(join(stack, 'certs/fullchain.pem'), cert);
      writeFileSync(join(stack, 'certs/privkey.pem'), key);
    },
  });
});

/** What the command says on the machine of somebody who has the repository, with these records in DNS. */
async function look(edit: (copy: string) => void = () => {}, records = Object.values(server)) {
  const copy = mkdtempSync(join(laptop, 'stack-'));
  cpSync(running.stack, copy, { recursive: true });
  edit(copy);
  const host = { names: { [domain]: records, [relay]: records } };
  const there = { ...desk(copy, { host }), stages: loadStages };
  const started = Date.now();
  const code = await run(['doctor', '--json'], there);
  const seconds = (Date.now() - started) / 1000;
  const printed = there.printed();
  assert.not.match(printed + there.said(), running.turnSecret);
  return { code, seconds, printed, ...(JSON.parse(printed) as Diagnosis & { wrong: number }) };
}

test('a stack that runs is well, over both families, down to the permissions of the relay', async () => {
  const { code, vantage, findings, seconds, printed } = await look();
  const bad = findings.filter(({ outcome }) => outcome === 'wrong');
  assert.equal(bad, []);
  assert.is(code, 0);
  assert.is(vantage, 'outside');
  assert.ok(seconds < 12, `${seconds} s`);
  // All that a datagram cannot prove, and nothing else.
  const open = findings.filter(({ outcome }) => outcome === 'not checked');
  assert.equal(
    open.map(({ check }) => check),
    ['media'],
  );
  assert.match(printed, server.ipv6);
  const relayed = about(findings, 'relay', ' over ').map(
    ({ subject, seen }) => `${subject} ${seen}`,
  );
  for (const way of ['3478 over UDP', '3478 over TCP', '5349 over TLS'])
    assert.ok(
      relayed.some((text) => text.includes(way) && text.includes('refuses 10.0.0.1')),
      `${way}: ${relayed}`,
    );
});

test('another secret in .env than the relay’s is seen', async () => {
  const { code, findings } = await look((copy) => {
    const text = readFileSync(join(copy, '.env'), 'utf8');
    writeFileSync(
      join(copy, '.env'),
      text.replace(/^TURN_CREDENTIALS=.*/m, 'TURN_CREDENTIALS=0123456789abcdef'),
    );
  });
  assert.is(code, 1);
  const ways = about(findings, 'relay', ' over ');
  assert.ok(ways.length >= 3 && ways.every(({ outcome }) => outcome === 'wrong'));
  assert.match(ways[0]?.seen ?? '', 'refuses passwords');
});

test('a clone without secrets checks the rest', async () => {
  const { code, findings } = await look((copy) => {
    rmSync(join(copy, '.env'));
    rmSync(join(copy, 'certs'), { recursive: true });
  });
  assert.is(code, 0);
  assert.ok(about(findings, 'relay', ' over ').every(({ outcome }) => outcome === 'not checked'));
  assert.ok(about(findings, 'certificate').every(({ outcome }) => outcome === 'ok'));
});

test('a record that leads elsewhere is told apart from the server, which works', async () => {
  const { findings } = await look(undefined, ['198.51.100.9']);
  assert.is(only(findings, 'dns', domain).outcome, 'wrong');
  assert.is(about(findings, 'page', 'https')[0]?.outcome, 'ok');
});

test('a port of the containers that is open to the world is seen', async () => {
  const listen = `require('net').createServer((s) => s.end()).listen(5280, '${server.ipv4}', () => console.log('ready'))`;
  const command = ['nsenter', [`--net=${running.network}`, '--', process.execPath, '-e', listen]];
  const [program, words] = command as [string, string[]];
  const child = endWithTest(spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] }));
  await new Promise((ready) => child.stdout?.once('data', ready));
  const { code, findings } = await look();
  child.kill('SIGKILL');
  assert.is(code, 1);
  const { outcome, text } = only(findings, 'ports', '5280/tcp');
  assert.is(outcome, 'wrong');
  assert.match(text, 'containers only');
});

test('with nothing behind the edge, page and signalling are wrong and the edge is not', async () => {
  await running.stop('backends');
  const { code, findings } = await look();
  assert.is(code, 1);
  assert.match(about(findings, 'page', 'https')[0]?.seen ?? '', /50[24]/);
  assert.ok(about(findings, 'signalling').every(({ outcome }) => outcome === 'wrong'));
  assert.ok(about(findings, 'certificate').every(({ outcome }) => outcome === 'ok'));
});

test('a relay that is gone is silent', async () => {
  await running.stop('coturn');
  const { findings, seconds } = await look();
  const ways = about(findings, 'relay', ' over ');
  assert.ok(ways.length >= 3 && ways.every(({ outcome }) => outcome === 'wrong'));
  assert.ok(seconds < 12, `${seconds} s`);
});

// What was started for them does not end by itself.
doctor.after(() => {
  setTimeout(() => process.exit(), 100).unref();
});
doctor.run();
