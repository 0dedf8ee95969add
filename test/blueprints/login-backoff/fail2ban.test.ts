import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { onDisk } from '../../matrix/directory.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';

const test = suite('login-backoff: the real fail2ban');
const real = await needs(test, 'host:fail2ban-regex', 'host:fail2ban-client');

const common = { domain: 'meet.example.org', certificates: { source: 'self-signed' } };
const network = { exposure: 'public', publicAddresses: ['198.51.100.7'], subnet: '172.28.0.0/24' };
const inContainer = { ...common, network: { ...network, ipv6: true } };
const onHost = { ...common, network, edge: { proxy: 'external' } };

async function files(raw: Parameters<typeof renderedOf>[0]) {
  return onDisk(await renderedOf(raw), (path) => path.startsWith('fail2ban/'));
}

real('the filter finds the address in each line of the module, and in no other', async () => {
  const { directory, remove } = await files(inContainer);
  const log = join(directory, 'log');
  // The form of the lines is that of prosody.test.ts, beside this.
  const lines = [
    '2026-11-25T21:55:17Z Wrong password from 203.0.113.8 for ada@meet.jitsi',
    '2026-11-25T21:55:18Z Refused after wrong passwords from 2001:db8::8 for a?b@meet.jitsi',
    '2026-11-25T21:55:19Z Wrong password from unknown for ada@meet.jitsi',
    '2026-11-25T21:55:20Z ada@meet.jitsi from 203.0.113.9 is in',
    '2026-11-25T21:55:20Z Wrong password from 203.0.113.9 for a Wrong password from 203.0.113.10 for b',
  ];
  writeFileSync(log, `${lines.join('\n')}\n`);
  const filter = join(directory, 'fail2ban/filter.d/jitsi-logins.conf');
  const found = await command('fail2ban-regex', ['--out', 'ip', log, filter]);
  remove();
  assert.equal(found.stdout.trim().split('\n'), ['203.0.113.8', '2001:db8::8'], found.output);
});

for (const [title, raw, chain] of [
  ['the edge is a container', inContainer, /^chain = DOCKER-USER$/m],
  ['the owner’s proxy is on the server', onHost, /^banaction = iptables-allports$/m],
] as const) {
  real(`fail2ban takes filter and jail as they are installed: ${title}`, async () => {
    const { directory, remove } = await files(raw);
    const home = mkdtempSync(join(tmpdir(), 'fail2ban-'));
    cpSync('/etc/fail2ban', home, { recursive: true });
    rmSync(join(home, 'jail.d'), { recursive: true });
    mkdirSync(join(home, 'jail.d'));
    const log = 'data/prosody/data/failed-logins.log';
    mkdirSync(join(directory, 'data/prosody/data'), { recursive: true });
    writeFileSync(join(directory, log), '');
    // The commands of the README, for another folder than /etc.
    const installed = await command(
      'sh',
      [
        '-c',
        `
cp fail2ban/filter.d/jitsi-logins.conf ${home}/filter.d/
sed "s|/path/to/this/stack|$PWD|" fail2ban/jail.conf | tee ${home}/jail.d/jitsi-logins.conf`,
      ],
      { cwd: directory },
    );
    const { ok, output } = await command('fail2ban-client', ['-c', home, '-t']);
    const dump = await command('fail2ban-client', ['-c', home, '-d']);
    remove();
    rmSync(home, { recursive: true });
    assert.ok(ok, output);
    assert.match(dump.stdout, `${directory}/${log}`);
    assert.match(dump.stdout, "'addignoreip', '127.0.0.0/8', '::1', '172.28.0.0/24'");
    assert.match(installed.stdout, chain);
    assert.is(/^chain = /m.test(installed.stdout), raw === inContainer);
  });
}

test.run();
