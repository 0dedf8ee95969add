import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Firewalld } from '../blueprints/firewall/firewalld.ts';
import { executable } from '../programs/executable.ts';
import { beyondSystemd } from './beyond-systemd.ts';
import { until } from './process.ts';
import type { Lab } from './session.ts';

export type Kind = 'nftables' | 'iptables' | 'ufw' | 'firewalld';

/** A server with one of the firewalls that its owner can choose, and what its owner and its boot do with it. */
export interface HostFirewall {
  /** `./stack firewall …`; the rules from before come back after these seconds. */
  readonly call: (words: readonly string[], seconds?: number) => Promise<string>;
  /** Puts it in force for good, as somebody does who has opened a second connection. */
  readonly install: () => Promise<void>;
  /** Waits until rules that nobody has confirmed are gone. */
  readonly undone: () => Promise<void>;
  /** Its service starts: as systemd orders it, before Docker. */
  readonly boot: () => Promise<void>;
  /** Its service is reloaded, as its owner or an upgrade of its package does, with all that it throws away. */
  readonly reload: () => Promise<void>;
  /** Everything of it ends, and every rule of the server is gone, as when the machine is switched off. */
  readonly cut: () => Promise<void>;
  /** All that filters on the server now, without what names the bridge of the stack alone. */
  readonly rules: () => Promise<string>;
  /** Leaves a server that was never guarded. */
  readonly forget: () => Promise<void>;
}

/** The server's own firewall; nothing of it runs before `boot`, and nothing is loaded before `call`. */
export function hostFirewall(lab: Lab, kind: Kind): HostFirewall {
  const { world, stack, engine, scratch } = lab;
  const command = { nftables: 'nft', iptables: 'iptables', ufw: 'ufw', firewalld: 'firewalld' }[
    kind
  ];
  if (!executable(command)) throw new Error(`${command} is not installed, so nothing is proven.`);
  // One server: what another kind has left there is found by the next.
  const place = path.join(scratch, 'firewall');
  const home = path.join(place, 'jitsi-stack');
  const units = path.join(place, 'units');
  const etc = path.join(place, 'etc');
  for (const folder of [units, etc]) mkdirSync(folder, { recursive: true });
  if (kind === 'ufw')
    for (const name of ['ufw', 'default'])
      cpSync(path.join('/etc', name), path.join(etc, name), { recursive: true });
  const started: ChildProcess[] = [];
  const firewalld = kind === 'firewalld' ? daemonOf(lab, started) : undefined;
  const environment = {
    ...beyondSystemd(lab, place),
    STACK_FIREWALL: home,
  };
  const sh = (script: string, seconds = 600) =>
    world.server.run(wrapped(kind, etc, script), {
      cwd: stack.directory,
      env: { ...environment, STACK_CONFIRM: String(seconds) },
    });
  const call: HostFirewall['call'] = (words, seconds) =>
    sh(`./stack firewall ${words.join(' ')} 2>&1`, seconds);
  const service = async () => {
    const unit = readFileSync(path.join(units, 'jitsi-stack-firewall.service'), 'utf8');
    // systemd starts it first then, as `boot` does.
    if (!/^Before=(.* )?docker\.service( |$)/m.test(unit))
      throw new Error('the unit does not come before Docker');
    const starts = [...unit.matchAll(/^ExecStart=(.*)$/gm)].map(([, start]) => start);
    await sh(starts.join('\n'));
  };
  const boots = {
    nftables: service,
    iptables: service,
    ufw: () => sh('/lib/ufw/ufw-init start'),
    firewalld: async () => firewalld?.boot(),
  };
  const boot = async () => {
    await boots[kind]();
  };
  const cut = async () => {
    await firewalld?.end();
    await sh(flush);
  };
  return {
    call,
    install: async () => {
      await call(['apply', '--yes']);
      await call(['confirm', '--yes']);
    },
    undone: () =>
      until('what nobody confirmed is gone', 300, () => existsSync(path.join(home, 'undone'))),
    boot,
    reload: async () => {
      if (kind === 'ufw') await sh('ufw reload');
      else if (kind === 'firewalld') await sh('firewall-cmd -q --reload');
      else {
        // The services of both load a file that begins with a flush, and ours follows.
        await sh(flush);
        await boot();
      }
    },
    cut,
    rules: async () => {
      const all = await sh('nft list ruleset; iptables-save; ip6tables-save');
      return all.replaceAll(stack.plan().network.bridge, 'BRIDGE');
    },
    forget: async () => {
      await engine.restart(cut);
      for (const child of started) child.kill();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Every rule of the server, whoever made it. */
const flush = `
nft flush ruleset
for program in iptables ip6tables; do
  for table in raw mangle nat filter; do echo "*$table
COMMIT" | $program-restore; done
  for chain in INPUT FORWARD OUTPUT; do $program -P $chain ACCEPT; done
done`;

/** A command on the server; ufw has files of the server's own in place of this machine's. */
function wrapped(kind: Kind, etc: string, script: string): string[] {
  if (kind !== 'ufw') return ['sh', '-ec', script];
  const mounts = ['ufw', 'default'].map((name) => `mount --bind ${etc}/${name} /etc/${name}`);
  return [
    ...['unshare', '-m', 'sh', '-ec'],
    [...mounts, 'mount -t tmpfs tmpfs /run', script].join('\n'),
  ];
}

/**
 * firewalld at the server, with the message bus that its Docker engine knows.
 *
 * @param started takes what runs then, to be ended with it
 */
function daemonOf({ world, engine }: Lab, started: ChildProcess[]): Firewalld {
  process.once('exit', () => {
    for (const child of started) child.kill();
  });
  const inside = (words: readonly string[]) => [...world.server.prefix.slice(1), ...words];
  return new Firewalld(
    {
      server: world.server.name,
      docker: () => {},
      run: (_, words) => execFileSync('ip', inside(words), { encoding: 'utf8' }),
      start: (_, words, env): ChildProcess => {
        const child = spawn('ip', inside(words), { env, stdio: ['pipe', 'pipe', 'inherit'] });
        started.push(child);
        return child;
      },
    },
    engine.bus,
  );
}
