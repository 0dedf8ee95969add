import { type ChildProcess, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { must } from '../../programs/command.ts';

/** A machine or container with a network of its own. */
export interface Node {
  readonly name: string;
  readonly addresses: readonly string[];
}

/**
 * A server with its containers, and a client outside: each with a network of its own, none of it in this machine's.
 * Everything is gone when the holders of the networks end.
 */
export class Network {
  readonly #holders = new Map<string, ChildProcess>();

  /** @param containers on the server's bridge; the client's and the server's addresses are given by their names */
  static async make(
    client: readonly string[],
    server: readonly string[],
    gateway: readonly string[],
    containers: readonly Node[],
  ): Promise<Network> {
    const network = new Network();
    await network.#hold('server');
    await network.run('server', [
      'ip link set lo up && ip link add jitsi0 type bridge && ip link set jitsi0 up',
      ...gateway.map((address) => `ip addr add ${sized(address)} dev jitsi0 ${quick(address)}`),
      'echo 1 >/proc/sys/net/ipv4/ip_forward',
      'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding',
    ]);
    await network.#join('client', client, server, 'eth0');
    await network.run(
      'server',
      server.map((address) => `ip addr add ${sized(address)} dev eth0 ${quick(address)}`),
    );
    for (const { name, addresses } of containers) {
      await network.#join(name, addresses, gateway, `v-${name}`.slice(0, 15));
      await network.run('server', [`ip link set ${`v-${name}`.slice(0, 15)} master jitsi0`]);
    }
    return network;
  }

  /** The network of a node, as a path that nsenter takes. */
  path(node: string): string {
    return `/proc/${this.#holders.get(node)?.pid}/ns/net`;
  }

  async run(node: string, lines: readonly string[]): Promise<void> {
    const script = lines.join('\n');
    await must('nsenter', [`--net=${this.path(node)}`, '--', 'sh', '-euc', script]);
  }

  /** Leads ports to others inside a node, as Docker does before a container. */
  async publish(node: string, rules: readonly string[]): Promise<void> {
    if (rules.length === 0) return;
    await this.run(node, [
      'nft add table inet published',
      "nft add chain inet published doors '{ type nat hook prerouting priority dstnat; }'",
      ...rules.map((rule) => `nft add rule inet published doors ${rule}`),
    ]);
  }

  end(): void {
    for (const holder of this.#holders.values()) holder.kill('SIGKILL');
  }

  async #hold(name: string): Promise<void> {
    const holder = spawn('unshare', ['--net', 'sleep', '900'], { stdio: 'ignore' });
    this.#holders.set(name, holder);
    const own = readlinkSync('/proc/self/ns/net');
    for (let i = 0; i < 200 && readlinkSync(this.path(name)) === own; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (readlinkSync(this.path(name)) === own) throw new Error(`${name} got no network`);
  }

  async #join(
    name: string,
    addresses: readonly string[],
    routers: readonly string[],
    peer: string,
  ): Promise<void> {
    await this.#hold(name);
    const pid = this.#holders.get(name)?.pid;
    await this.run('server', [
      `ip link add ${peer} type veth peer name eth0 netns ${pid} && ip link set ${peer} up`,
    ]);
    await this.run(name, [
      'ip link set lo up && ip link set eth0 up',
      ...addresses.map((address) => `ip addr add ${sized(address)} dev eth0 ${quick(address)}`),
      ...routers.map((router) => `ip route add default via ${router}`),
    ]);
  }
}

const sized = (address: string) => `${address}/${address.includes(':') ? 64 : 24}`;
/** Without waiting for neighbours that might have the address. */
const quick = (address: string) => (address.includes(':') ? 'nodad' : '');
