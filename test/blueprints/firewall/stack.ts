import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../../../blueprints/index.ts';
import type { Context } from '../../../src/blueprint.ts';
import type { OwnFirewall, Plan } from '../../../src/plan/plan.ts';
import { smallPlan } from '../operations/plan.ts';
import { renderScript } from '../operations/stack.ts';
import { temporary, writeFiles } from './files.ts';

/** What stands in for sshd and systemd. */
export const programs = fileURLToPath(new URL('./programs/server', import.meta.url));

/** What a feature says of itself to `./stack firewall`. */
function declared(name: string, { answers }: Plan): OwnFirewall {
  const feature = blueprints.find(({ id }) => id === `firewall-${name}`);
  const said = feature?.contribute({ answers, outside: 'internet' } as Context<never>).firewall;
  if (!said) throw new Error(`firewall-${name} declares no firewall of the server`);
  return said;
}

export interface Calling {
  /** The connection at which somebody sits, as sshd says it. */
  readonly session?: string;
  /** Seconds until the rules from before come back. */
  readonly seconds?: number;
  /** Further variables. */
  readonly env?: string;
}

/** Somebody in the server's own network. */
export const nearby: Calling = { session: '192.168.10.30 50022 192.168.10.20 22' };

/** A stack's directory with `./stack` and these firewalls, for a server whose /etc is elsewhere. */
export class FirewallStack {
  /** Where copies of what is in force, and units of systemd, would lie. */
  readonly home: string;
  readonly units: string;
  readonly directory: string;

  constructor(names: readonly string[], plan: Plan, server = temporary()) {
    this.home = join(server, 'jitsi-stack');
    this.units = join(server, 'units');
    this.directory = join(temporary(), 'my stack');
    mkdirSync(this.units, { recursive: true });
    this.update(names, plan);
  }

  /** The files that other answers give. */
  update(names: readonly string[], plan: Plan): void {
    mkdirSync(this.directory, { recursive: true });
    for (const name of names) writeFiles(`firewall-${name}`, plan, this.directory);
    const { endpoints } = plan;
    const firewalls = names.map((name) => declared(name, plan));
    const script = join(this.directory, 'stack');
    writeFileSync(script, renderScript('stack', { ...smallPlan(), endpoints, firewalls }));
    chmodSync(script, 0o755);
  }

  /** `./stack firewall …` as words for a shell; how it ended stands behind what it said. */
  call(words: string, { session = '', seconds = 60, env = '' }: Calling = {}): string {
    const known = `SSH_CONNECTION='${session || '198.18.0.10 50022 198.18.0.50 22'}'`;
    const places = `STACK_FIREWALL='${this.home}' STACK_UNITS='${this.units}' STACK_CONFIRM=${seconds}`;
    return `{ cd '${this.directory}' && ${known} ${places} PATH="${programs}:$PATH" ${env} ./stack firewall ${words} 2>&1 </dev/null || echo "exit $?"; }`;
  }

  /** Puts it in force for good, as its owner does with two connections. */
  install(calling: Calling = {}): string {
    const second = { ...calling, session: '198.18.0.10 50023 198.18.0.50 22' };
    return `${this.call('apply --yes', calling)}; ${this.call('confirm', second)}`;
  }
}
