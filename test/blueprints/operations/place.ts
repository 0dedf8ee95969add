import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Copies } from '../../../src/plan/plan.ts';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

/** Another machine with a real sshd, called `nas`, to whom root of the stack’s server has a key. */
export class Place {
  readonly root = mkdtempSync(join(tmpdir(), 'place-'));
  readonly folder = join(this.root, 'copies');
  /** For the PATH of whoever goes there: an `ssh` that knows the name and the key. */
  readonly programs = join(this.root, 'programs');
  private daemon: ChildProcess | undefined;

  static async open(): Promise<Place> {
    const place = new Place();
    for (const path of [place.folder, place.programs]) mkdirSync(path);
    const port = await freePort();
    const at = (name: string) => join(place.root, name);
    for (const name of ['host', 'key'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
    const lines = {
      sshd: [
        `ListenAddress 127.0.0.1:${port}`,
        `HostKey ${at('host')}`,
        `AuthorizedKeysFile ${at('key.pub')}`,
        `PidFile ${at('pid')}`,
        'StrictModes no',
        'UsePAM no',
        'PermitRootLogin yes',
        'Subsystem sftp internal-sftp',
      ],
      ssh: [
        'Host nas',
        'HostName 127.0.0.1',
        `Port ${port}`,
        `IdentityFile ${at('key')}`,
        `UserKnownHostsFile ${at('known')}`,
        'StrictHostKeyChecking accept-new',
      ],
    };
    for (const [name, own] of Object.entries(lines)) writeFileSync(at(name), `${own.join('\n')}\n`);
    const wrapper = `#!/bin/sh\nexec /usr/bin/ssh -F '${at('ssh')}' "$@"\n`;
    writeFileSync(join(place.programs, 'ssh'), wrapper, { mode: 0o755 });
    mkdirSync('/run/sshd', { recursive: true });
    place.daemon = spawn('/usr/sbin/sshd', ['-D', '-f', at('sshd')], { stdio: 'ignore' });
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 100) throw new Error('sshd did not start');
      await sleep(50);
    }
    return place;
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  close() {
    this.daemon?.kill();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A stack whose copies go to that place. */
export function copyingStack(copies: Omit<Copies, 'at' | 'keep'> & Partial<Copies>): FakeStack {
  const plan = smallPlan();
  const secrets = copies.secret ? [{ name: copies.secret, about: 'copies' }] : [];
  const stack = new FakeStack({
    ...plan,
    secrets: [...plan.secrets, ...secrets],
    copies: { at: '03:30', keep: 14, ...copies },
  });
  const source = `backup-${copies.program}/files/scripts/send.sh.ejs`;
  const template = { path: 'scripts/send.sh', format: 'sh', source, read: templateAt } as const;
  const text = renderTemplate(template, { place: copies.place });
  stack.write('scripts/send.sh', text, 0o755);
  stack.write(stack.account('ada'), 'the hash of a password', 0o640);
  stack.write('certs/privkey.pem', 'the private key', 0o640);
  return stack;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
