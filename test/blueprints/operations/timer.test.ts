import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Copies } from '../../../src/plan/plan.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite('what happens by itself every day');
const asRoot = await needs(test, 'root');

const daily: Copies = { program: 'rsync', place: 'nas:meet', at: '03:30', keep: 14 };
const name = 'jitsi-backup-meet-example-org';

/** A server with a systemd that only writes down what it is told. */
class Server {
  readonly root = mkdtempSync(join(tmpdir(), 'server-'));
  readonly units = join(this.root, 'units');
  readonly stack = new FakeStack({ ...smallPlan(), copies: daily });

  constructor(systemd = true) {
    mkdirSync(this.units);
    chmodSync(this.root, 0o755);
    const script = `#!/bin/sh\n${systemd ? '' : 'exit 1\n'}echo "$*" >>'${this.root}/told'\n`;
    writeFileSync(join(this.root, 'systemctl'), script, { mode: 0o755 });
  }

  up() {
    rmSync(join(this.root, 'told'), { force: true });
    const fakes = new URL('programs/', import.meta.url).pathname;
    const env = { PATH: `${this.root}:${fakes}:${process.env.PATH}`, STACK_UNITS: this.units };
    return this.stack.run(['up'], { env });
  }

  /** Gives another answer, as an update does. */
  change(copies: Copies | undefined) {
    const { copies: _, ...rest } = this.stack.plan;
    this.stack.update({ ...rest, ...(copies && { copies }) });
  }

  /** Has its images built anew, and taken over every night or not. */
  rebuild(refresh: boolean) {
    const { plan } = this.stack;
    const registry = 'registry.example.org/meet';
    const rebuild = { by: 'github', registry, level: 'none', refresh, hour: 4, hours: 2 };
    this.stack.update({ ...plan, answers: { ...plan.answers, rebuild } });
  }

  /** Is told when something is wrong, or not. */
  alerts(by: string) {
    const { plan } = this.stack;
    this.stack.update({ ...plan, answers: { ...plan.answers, alerts: { by } } });
  }

  told(): string[] {
    const file = join(this.root, 'told');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.filter((line) => !line.startsWith('show'));
  }

  unit(ending: string): string {
    return readFileSync(join(this.units, `${name}.${ending}`), 'utf8');
  }

  remove() {
    this.stack.remove();
    rmSync(this.root, { recursive: true });
  }
}

asRoot('up sets it, changes it, leaves it alone, and takes it away', () => {
  const server = new Server();
  writeFileSync(join(server.units, 'jitsi-backup-other.service'), 'WorkingDirectory=/srv/other\n');
  const first = server.up();
  assert.is(first.code, 0, first.err);
  assert.match(first.err, 'A backup is made every day at 03:30, and a copy goes to nas:meet.');
  assert.match(server.unit('timer'), 'OnCalendar=*-*-* 03:30:00');
  assert.match(server.unit('service'), `WorkingDirectory=${server.stack.path}\n`);
  const set = ['daemon-reload', `enable --quiet ${name}.timer`, `restart ${name}.timer`];
  assert.equal(server.told(), set);

  server.up();
  assert.equal(server.told(), [], 'as it is wanted');

  server.change({ ...daily, at: '22:05' });
  server.up();
  assert.match(server.unit('timer'), '22:05');
  assert.equal(server.told(), set);

  server.change(undefined);
  assert.match(server.up().err, `The timer ${name} is gone.`);
  assert.equal(server.told(), [`disable --quiet --now ${name}.timer`, 'daemon-reload']);
  assert.equal(readdirSync(server.units), ['jitsi-backup-other.service'], 'another stack’s stays');
  server.up();
  assert.equal(server.told(), []);
  server.remove();
});

asRoot('a stack with another name takes its former timer away', () => {
  const server = new Server();
  server.up();
  const { plan } = server.stack;
  server.stack.update({ ...plan, answers: { ...plan.answers, name: 'other' } });
  server.up();
  assert.equal(readdirSync(server.units).sort(), [
    'jitsi-backup-other.service',
    'jitsi-backup-other.timer',
  ]);
  server.remove();
});

asRoot('a timer that cannot be set is said, and the stack starts all the same', () => {
  const server = new Server();
  rmSync(server.units, { recursive: true });
  const { code, err, out } = server.up();
  assert.is(code, 0, err);
  assert.match(err, 'could not be set, so no backup is made by itself');
  assert.match(out, 'https://meet.example.org');
  mkdirSync(server.units);
  server.remove();
});

asRoot('where there is no systemd, the line for cron is said', () => {
  const server = new Server(false);
  assert.match(server.up().err, `30 03 * * * cd '${server.stack.path}' && ./stack backup`);
  server.change(undefined);
  assert.not.match(server.up().err, 'systemd');
  server.remove();
});

asRoot('newer images have a timer of their own, which comes and goes with the answer', () => {
  const server = new Server();
  server.rebuild(true);
  assert.match(server.up().err, 'every night from 04:00 on, as soon as nobody meets');
  const refresh = 'jitsi-refresh-meet-example-org';
  const files = [name, refresh].flatMap((unit) => [`${unit}.service`, `${unit}.timer`]);
  assert.equal(readdirSync(server.units).sort(), files);
  const timer = readFileSync(join(server.units, `${refresh}.timer`), 'utf8');
  assert.match(timer, 'OnCalendar=*-*-* 04:00:00\nRandomizedDelaySec=10min\nPersistent=false');
  const service = readFileSync(join(server.units, `${refresh}.service`), 'utf8');
  assert.match(service, 'ExecStart=/bin/sh ./stack refresh --tell');
  server.up();
  assert.equal(server.told(), []);
  server.rebuild(false);
  assert.match(server.up().err, `The timer ${refresh} is gone.`);
  assert.equal(readdirSync(server.units).sort(), [`${name}.service`, `${name}.timer`]);
  server.remove();
});

asRoot('whoever is told of what is wrong has a timer that looks every five minutes', () => {
  const server = new Server();
  server.alerts('ntfy');
  assert.match(server.up().err, 'Every five minutes this server looks whether all is well');
  const check = join(server.units, 'jitsi-check-meet-example-org');
  assert.match(readFileSync(`${check}.timer`, 'utf8'), 'OnCalendar=*-*-* *:0/5:00\n');
  assert.match(readFileSync(`${check}.service`, 'utf8'), 'ExecStart=/bin/sh ./stack check --tell');
  server.alerts('none');
  assert.match(server.up().err, 'The timer jitsi-check-meet-example-org is gone.');
  server.remove();
  const without = new Server(false);
  without.alerts('ntfy');
  const line = `*/5 * * * * cd '${without.stack.path}' && ./stack check --tell`;
  assert.ok(without.up().err.includes(line));
  without.remove();
});

(await needs(test, 'root', 'host:systemd-analyze'))('systemd takes the units', async () => {
  const server = new Server();
  server.rebuild(true);
  server.alerts('ntfy');
  server.up();
  const files = readdirSync(server.units).map((file) => join(server.units, file));
  assert.is(files.length, 6);
  const { ok, output } = await command('systemd-analyze', ['verify', '--man=no', ...files]);
  const about = output.split('\n').filter((line) => /jitsi-(backup|check|refresh)/.test(line));
  assert.equal(about, [], output);
  assert.ok(ok, output);
  server.remove();
});

test.run();
