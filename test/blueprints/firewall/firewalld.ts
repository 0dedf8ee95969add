import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from './files.ts';
import type { World } from './world.ts';

/** The server of some world: what starts and runs programs there. */
type Machine = Pick<World, 'server' | 'start' | 'run' | 'docker'>;

const busConfiguration = (socket: string) => `<busconfig>
  <type>custom</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
`;

/** The real firewalld on a world's server, with a message bus and configuration of its own. */
export class Firewalld {
  readonly #world: Machine;
  readonly #home = temporary();
  readonly #env: NodeJS.ProcessEnv;
  #daemon: ChildProcess | undefined;

  /** The permanent configuration. */
  readonly configuration = join(this.#home, 'etc');

  /** @param bus where the message bus is to be; a path of its own unless told */
  constructor(world: Machine, bus = join(this.#home, 'bus')) {
    this.#world = world;
    this.#env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${bus}` };
    mkdirSync(this.configuration);
    cpSync('/etc/firewalld', this.configuration, { recursive: true });
    writeFileSync(join(this.#home, 'bus.conf'), busConfiguration(bus));
    world.start(
      world.server,
      ['dbus-daemon', `--config-file=${this.#home}/bus.conf`, '--nofork', '--nopidfile'],
      this.#env,
    );
  }

  /** Starts it with the containers' bridge in a zone that accepts everything, as Docker has it. */
  start(): void {
    this.boot();
    this.run(
      'firewall-cmd -q --permanent --zone=trusted --add-interface=jitsi0; firewall-cmd -q --reload',
    );
    this.#world.docker();
  }

  /** Starts it, and waits until it answers. */
  boot(): void {
    const options = [
      '--nofork',
      '--nopid',
      `--system-config=${this.configuration}`,
      `--log-file=${this.#home}/log`,
    ];
    this.#daemon = this.#world.start(this.#world.server, ['firewalld', ...options], this.#env);
    this.run(
      'for i in $(seq 300); do firewall-cmd -q --state && break; sleep 0.1; done; firewall-cmd -q --state',
    );
  }

  /** Ends it, as its service does: what it has put in force goes with it. */
  async end(): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await ended;
  }

  /** Runs a command on the server and returns all it said; Docker follows when firewalld was reloaded. */
  run(command: string): string {
    const bus = `export DBUS_SYSTEM_BUS_ADDRESS=${this.#env.DBUS_SYSTEM_BUS_ADDRESS}`;
    return this.#world.run(this.#world.server, [
      'sh',
      '-c',
      `${bus}; { ${command}; } 2>&1 || echo "exit $?"`,
    ]);
  }
}
