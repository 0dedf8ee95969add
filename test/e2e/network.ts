import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { must } from '../programs/command.ts';

/** The client's addresses and the server's, on one wire. */
export const client = { ipv4: '203.0.113.10', ipv6: '2001:db8::10' };
export const server = { ipv4: '203.0.113.7', ipv6: '2001:db8::7' };

const marker = 'E2E_IN_OWN_NETWORK';

/**
 * Starts this test again in a network of its own, where nothing of the machine is in the way, and ends the outer one.
 * Who may not have such a network goes on, to be told so by `needs`.
 */
export function enterOwnNetwork(): void {
  if (process.env[marker] || spawnSync('unshare', ['--net', 'true']).status !== 0) return;
  const { status } = spawnSync(
    'unshare',
    ['--net', process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [marker]: '1' } },
  );
  process.exit(status ?? 1);
}

export interface ServerNetwork {
  /** The namespace, as nsenter takes it. */
  readonly path: string;
  readonly close: () => void;
}

/**
 * A second network namespace, the server's, joined to this one by a wire.
 *
 * @param local addresses that exist on the server only, where containers and neighbours would be
 */
export async function makeServerNetwork(local: readonly string[]): Promise<ServerNetwork> {
  const holder = spawn('unshare', ['--net', 'sleep', '3600'], { stdio: 'ignore' });
  const path = `/proc/${holder.pid}/ns/net`;
  await settled(path);
  const inside = (...args: string[]) => must('nsenter', [`--net=${path}`, '--', ...args]);
  await must('ip', ['link', 'set', 'lo', 'up']);
  await must('ip', ['link', 'add', 'c0', 'type', 'veth', 'peer', 'name', 's0']);
  await must('ip', ['link', 'set', 's0', 'netns', `${holder.pid}`]);
  await must('ip', ['addr', 'add', `${client.ipv4}/24`, 'dev', 'c0']);
  await must('ip', ['-6', 'addr', 'add', `${client.ipv6}/64`, 'dev', 'c0', 'nodad']);
  await must('ip', ['link', 'set', 'c0', 'up']);
  await inside('ip', 'link', 'set', 'lo', 'up');
  await inside('ip', 'addr', 'add', `${server.ipv4}/24`, 'dev', 's0');
  await inside('ip', '-6', 'addr', 'add', `${server.ipv6}/64`, 'dev', 's0', 'nodad');
  await inside('ip', 'link', 'set', 's0', 'up');
  for (const address of local) {
    const six = address.includes(':');
    await inside('ip', 'addr', 'add', `${address}/${six ? 128 : 32}`, 'dev', 'lo');
  }
  // What Docker publishes leads to another port inside.
  await inside('nft', 'add', 'table', 'inet', 'published');
  const chain = '{ type nat hook prerouting priority dstnat; }';
  await inside('nft', 'add', 'chain', 'inet', 'published', 'doors', chain);
  for (const [port, door] of [
    [80, 8080],
    [443, 8443],
  ]) {
    const led = `tcp dport ${port} redirect to :${door}`;
    await inside('nft', 'add', 'rule', 'inet', 'published', 'doors', led);
  }
  // As Docker does it in every container.
  await inside('sh', '-c', 'echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start');
  return { path, close: () => holder.kill('SIGKILL') };
}

/** Waits until the child has its own network: until then its path names the parent's. */
async function settled(path: string): Promise<void> {
  const { stdout: own } = await must('readlink', ['/proc/self/ns/net']);
  for (let tries = 0; tries < 100; tries++) {
    const { stdout } = await must('readlink', [path]);
    if (stdout !== own) return;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error('there is no second network namespace');
}

/** Ends children with the test, however it ends. */
export function endWithTest(child: ChildProcess): ChildProcess {
  process.on('exit', () => child.kill('SIGKILL'));
  return child;
}
