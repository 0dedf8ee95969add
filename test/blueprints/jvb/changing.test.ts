import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const changing = suite('a public address that changes');
const network = {
  exposure: 'nat',
  fixed: false,
  addressName: 'home.example.org',
  lanAddresses: ['192.168.10.20'],
};
const answers = (more: RawAnswers = {}, at: RawAnswers = {}): RawAnswers => ({
  domain: 'meet.example.org',
  network: { ...network, ...at },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'open', strangers: true },
  ...more,
});
const refusal = (raw: RawAnswers) =>
  planOf(raw).then(
    () => '',
    (error: Error) => error.message,
  );

changing('nothing holds an address of today: bridge and relay follow the name', async () => {
  const { plan, files } = await renderedOf(answers());
  const text = (path: string) => files.find((one) => one.path === path)?.text;
  const jvb = plan.services.find(({ name }) => name === 'jvb');
  assert.equal(jvb?.entrypoint, ['/bin/sh', '/config/address.sh', '/init']);
  assert.is(jvb?.environment.JVB_ADVERTISE_IPS, '192.168.10.20');
  assert.match(text('jitsi/jvb/address.sh') ?? '', 'name=home.example.org');
  assert.match(text('coturn/start.sh') ?? '', 'name=home.example.org');
  assert.not.match(text('coturn/turnserver.conf') ?? '', /^external-ip/m);
  const step = plan.steps.find(({ title }) => title === 'Point meet.example.org at the server');
  assert.match(step?.detail ?? '', 'meet.example.org → home.example.org (a CNAME record)');
  assert.not(plan.notes.some(({ text }) => text.includes('no public IPv4')));
});

changing('the older images have the hooks elsewhere, and their own start follows', async () => {
  const old = await planOf(answers({ release: 'stable-11031' }));
  const entrypoint = old.services.find(({ name }) => name === 'jvb')?.entrypoint ?? [];
  assert.equal(entrypoint.slice(0, 4), ['/bin/sh', '/hooks/address.sh', '/bin/sh', '-c']);
  assert.match(entrypoint[4] ?? '', 'exec /init');
});

changing('the name says it by its end, an address that somebody gives counts more', async () => {
  const at = (more: RawAnswers) => ({ exposure: 'nat', lanAddresses: ['192.168.10.20'], ...more });
  const { network: found } = (
    await planOf({ ...answers(), domain: 'verein.duckdns.org', network: at({}) })
  ).answers;
  assert.equal([found.fixed, found.addressName], [false, 'verein.duckdns.org']);
  const given = at({ publicAddresses: ['203.0.113.7'] });
  const kept = await planOf({ ...answers(), domain: 'verein.duckdns.org', network: given });
  assert.is(kept.answers.network.fixed, true);
});

changing('what does not go together with it is refused in a sentence', async () => {
  const address = { publicAddresses: ['203.0.113.7'] };
  assert.match(await refusal(answers({}, address)), 'would soon be wrong');
  assert.match(await refusal(answers({}, { ipv6: true })), 'IPv6 network of the whole house');
  const direct = { exposure: 'public', ...address, lanAddresses: [] };
  assert.match(await refusal(answers({}, direct)), 'can only be a router’s');
  assert.match(
    await refusal(answers({ firewall: ['fortigate'], fortigate: { wan: 'any' } })),
    'arrives at one of its interfaces',
  );
  const shared = { exposure: 'nat', publicAddresses: ['100.70.1.2'], fixed: true };
  assert.match(await refusal(answers({}, shared)), 'carrier-grade NAT');
});

/**
 * A script as the first process of a container whose DNS is a file, in which half a minute is a moment.
 *
 * @param program what the script runs in the end, as a shell script of this name
 */
function container(script: (folder: string) => string, name: string, program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'changing-'));
  mkdirSync(join(folder, 'bin'));
  const install = (as: string, text: string) =>
    writeFileSync(join(folder, 'bin', as), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  install('getent', `sed 's/$/ STREAM home/' ${folder}/dns`);
  install('sleep', 'exec /bin/sleep 0.3');
  install(name, program);
  writeFileSync(join(folder, 'start.sh'), script(folder));
  const dns = (...addresses: string[]) =>
    writeFileSync(join(folder, 'dns'), addresses.map((one) => `${one}\n`).join(''));
  const start = (...words: string[]) => {
    const first = ['--pid', '--fork', '--kill-child', 'sh', join(folder, 'start.sh')];
    const child = spawn('unshare', [...first, ...words], {
      env: {
        ...process.env,
        PATH: `${folder}/bin:${process.env.PATH}`,
        TURN_CREDENTIALS: 'secret',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    const end = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const until = async (what: RegExp) => {
      for (let i = 0; i < 100 && !what.test(said); i++) await moment(50);
      assert.match(said, what);
    };
    return { end, until, stop: () => child.kill('SIGKILL') };
  };
  return { folder, dns, start, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const moment = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
const scriptOf = async (path: string) =>
  (await renderedOf(answers())).files.find((one) => one.path === path)?.text ?? '';
const inContainers = await needs(changing, 'root', 'sh');
const stays = 'while :; do /bin/sleep 0.1; done';

inContainers('the bridge ends when the address is another one', async () => {
  const script = await scriptOf('jitsi/jvb/address.sh');
  const init = `trap "exit 7" TERM; echo "told $JVB_ADVERTISE_IPS"; ${stays}`;
  const { dns, start, remove } = container(() => script, 'init', init);
  dns('198.51.100.1');
  const first = start('init');
  await first.until(/^told 198\.51\.100\.1,192\.168\.10\.20$/m);
  // No answer, and a private one of the house's own DNS server, are no other address.
  dns();
  await moment(700);
  dns('192.168.10.20', '100.64.1.1');
  await moment(700);
  dns('192.168.10.20', '198.51.100.2');
  assert.is(await first.end, 7);
  const second = start('init');
  await second.until(/^told 198\.51\.100\.2,192\.168\.10\.20$/m);
  second.stop();
  dns();
  const third = start('init');
  await third.until(/has no public address[\s\S]*^told 192\.168\.10\.20$/m);
  dns('198.51.100.3');
  assert.is(await third.end, 7);
  remove();
});

// The real one has no handler for that signal: as a container's first process it cannot be ended from inside.
inContainers('the relay ends too, and still takes a new certificate', async () => {
  const script = await scriptOf('coturn/start.sh');
  const turnserver = `grep ^external-ip= "$2"; trap "echo loaded" USR2; ${stays}`;
  const { folder, dns, start, remove } = container(
    (at) => script.replaceAll('/etc/coturn/stack/', `${at}/`).replaceAll('/run/coturn', at),
    'turnserver',
    turnserver,
  );
  writeFileSync(join(folder, 'turnserver.conf'), '# ours\n');
  // It is written beside what is read.
  const at = join(folder, 'start.sh');
  writeFileSync(at, readFileSync(at, 'utf8').replace(/^config=.*/m, `config=${folder}/made.conf`));
  dns('198.51.100.1');
  const first = start();
  await first.until(/^external-ip=198\.51\.100\.1\/192\.168\.10\.20$/m);
  dns('198.51.100.2');
  await first.end;
  const second = start();
  await second.until(/^external-ip=198\.51\.100\.2\//m);
  second.stop();
  remove();
});

changing.run();
