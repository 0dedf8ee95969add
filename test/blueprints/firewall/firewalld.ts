import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from './files.ts';
import type { World } from './world.ts';

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
  readonly #world: World;
  readonly #home = temporary();
  readonly #env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${this.#home}/bus` };

  /** The permanent configuration. */
  readonly configuration = join(this.#home, 'etc');

  constructor(world: World) {
    this.#world = world;
    mkdirSync(this.configuration);
    cpSync('/etc/firewalld', this.configuration, { recursive: true });
    writeFileSync(join(this.#home, 'bus.conf'), busConfiguration(join(this.#home, 'bus')));
    world.start(
      world.server,
      ['dbus-daemon', `--config-file=${this.#home}/bus.conf`, '--nofork', '--nopidfile'],
      this.#env,
    );
  }

  /** Starts it, and puts the containers' bridge into a zone that accepts everything, as Docker does. */
  start(): void {
    const options = [
      '--nofork',
      '--nopid',
      `--system-config=${this.configuration}`,
      `--log-file=${this.#home}/log`,
    ];
    this.#world.start(this.#world.server, ['firewalld', ...options], this.#env);
    this.run(
      'for i in $(seq 100); do firewall-cmd -q --state && break; sleep 0.1; done; firewall-cmd -q --state',
    );
    this.run(
      'firewall-cmd -q --permanent --zone=trusted --add-interface=jitsi0; firewall-cmd -q --reload',
    );
    this.#world.docker();
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
