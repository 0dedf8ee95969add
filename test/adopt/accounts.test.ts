import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { client } from '@xmpp/client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { desk } from '../cli/stand-ins.ts';
import { needs } from '../programs/needs.ts';
import { inSandbox, startInSandbox } from '../programs/sandbox.ts';
import { Folder, upstream, usualEnv } from './installations.ts';

const test = suite('adopt: accounts in a real prosody');
const real = await needs(test, 'prosody', 'root');

/** As the images configure it, without what a login does not need. */
const configuration = (port: number) => `run_as_root = true
prosody_user = "root"
prosody_group = "root"
data_path = "/data"
pidfile = "/tmp/prosody.pid"
modules_enabled = { "saslauth"; "disco"; }
modules_disabled = { "s2s"; "tls"; "posix"; }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
c2s_ports = { ${port} }
c2s_interfaces = { "127.0.0.1" }
storage = "internal"
authentication = "internal_hashed"
log = { warn = "*console" }
VirtualHost "meet.jitsi"
VirtualHost "auth.meet.jitsi"
`;

/** Where the releases keep accounts, below CONFIG. */
const layouts = [
  ['stable-11031', 'prosody/config/data'],
  ['stable-11146-1', 'storage/prosody'],
  ['stable-11146-2', 'storage/prosody/data'],
] as const;

for (const [tag, place] of layouts) {
  real(`accounts made under ${tag} log in with their passwords after the adoption`, async () => {
    const home = new Folder();
    const files = upstream(usualEnv.replace('./cfg', '../cfg'), tag);
    for (const [path, text] of Object.entries(files)) home.write(`old/${path}`, text);
    home.write(`cfg/${place}/.made`, '');
    const port = await freePort();
    home.write('prosody/prosody.cfg.lua', configuration(port));
    // The mounts of the rootless releases are known from CONFIG where no compose file names them.
    if (tag !== 'stable-11031') {
      home.write('old/docker-compose.yml', rootless(files['docker-compose.yml'] ?? ''));
    }
    const binds = { '/etc/adopted': join(home.path, 'prosody') };
    const old = { '/data': join(home.path, 'cfg', place) };
    const register =
      'while [ $# -gt 0 ]; do prosodyctl --config /etc/adopted/prosody.cfg.lua register "$1" "$2" "$3" || exit; shift 3; done';
    const people = [
      ['ada', 'meet.jitsi', 'correct horse'],
      ['a.b-c_d', 'meet.jitsi', 'second'],
      ['focus', 'auth.meet.jitsi', '0123456789abcdef0123456789abcdef'],
    ] as const;
    const options = { binds, writable: old, through: register };
    const made = await inSandbox('prosody', people.flat(), options);
    assert.ok(made.ok, made.output);

    const surroundings = { ...desk(home.path), stages: loadStages };
    assert.is(await run(['adopt', 'old', '--yes'], surroundings), 0, surroundings.said());
    const adopted = join(home.path, 'meet/data/prosody/data');
    assert.equal(
      readdirSync(adopted)
        .filter((name) => name.includes('%2e'))
        .sort(),
      ['auth%2emeet%2ejitsi', 'meet%2ejitsi'],
    );

    const server = await startInSandbox(
      'prosody',
      ['--config', '/etc/adopted/prosody.cfg.lua', '-F'],
      {
        binds,
        writable: { '/data': adopted },
      },
    );
    try {
      await answers(port);
      for (const [name, host, password] of people) {
        assert.is(await logIn(port, name, host, password), 'online', name);
      }
      assert.is(await logIn(port, 'ada', 'meet.jitsi', 'wrong'), 'not-authorized');
    } finally {
      await stopped(server);
      home.remove();
    }
  });
}

function rootless(compose: string): string {
  return compose.replace(
    /(\S+)\/prosody\/config:\/config:Z/,
    '$1/prosody/config:/config:Z\n            - $1/storage/prosody:/var/lib/prosody:Z',
  );
}

/** What the server says to a login: `online`, or the condition of its refusal. */
async function logIn(port: number, username: string, domain: string, password: string) {
  const service = `xmpp://127.0.0.1:${port}`;
  const xmpp = client({ service, domain, username, password, resource: 'test' });
  xmpp.reconnect.stop();
  xmpp.on('error', () => {});
  try {
    await xmpp.start();
    return 'online';
  } catch (error) {
    return (error as { condition?: string }).condition ?? String(error);
  } finally {
    await xmpp.stop().catch(() => {});
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server: Server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function answers(port: number): Promise<void> {
  const { connect } = await import('node:net');
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () =>
        resolve(false),
      );
      socket.unref();
      setTimeout(() => socket.destroy(), 50);
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('prosody did not open its port within 20 seconds');
}

function stopped(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.on('close', () => resolve());
    server.kill('SIGKILL');
  });
}

test.run();
