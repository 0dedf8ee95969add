import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Need } from '../../programs/needs.ts';
import { subnet, subnet6 } from './plan.ts';

const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/** Addresses of the server, as visitors from the internet and from the local network know it. */
export const server = {
  internet: '198.18.0.50',
  internet6: '2001:db8:77::50',
  lan: '192.168.10.20',
};
export const container = { ipv4: '172.28.0.2', ipv6: 'fd28:6a69:7473::2' };
/** Where the outer machine answers, so that containers can try to get out. */
export const outer = { internet: '198.18.0.10', internet6: '2001:db8:77::10', port: 7000 };

/** What programs on the server answer, and what is published for the container: host port to container port. */
export const hostPorts = { tcp: [22, 5349, 8888], udp: [3478, 50000, 50199, 50200, 8888] };
export const published = {
  tcp: { 80: 8080, 443: 8443, 2443: 2443, 5222: 5222, 9090: 9090 },
  udp: { 10000: 10000, 10001: 10001 },
};
/** Published on 127.0.0.1 only. */
export const loopbackPort = 8289;

/** What a world is made with. */
export const machines = [
  'root',
  'host:ip',
  'host:sysctl',
  'host:iptables',
  'host:ip6tables',
] as const satisfies readonly Need[];

export interface Probe {
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
}

/**
 * Three machines as network namespaces: an outer one, the server, and a container behind the server's bridge, with the
 * rules that Docker makes for what it publishes.
 */
export class World {
  readonly #prefix = `fw${process.pid}`;
  readonly #children: ChildProcess[] = [];

  readonly outer = `${this.#prefix}o`;
  readonly server = `${this.#prefix}s`;
  readonly container = `${this.#prefix}c`;

  static async create(): Promise<World> {
    const world = new World();
    world.#connect();
    world.docker();
    await Promise.all([
      world.#listen(world.server, hostPorts),
      world.#listen(world.container, {
        tcp: [...Object.values(published.tcp), loopbackPort],
        udp: Object.values(published.udp),
      }),
      world.#listen(world.outer, { tcp: [outer.port], udp: [outer.port] }),
    ]);
    return world;
  }

  #connect(): void {
    sh(`
      for ns in ${this.outer} ${this.server} ${this.container}; do
        ip netns add $ns
        ip -n $ns link set lo up
        ip netns exec $ns sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
      done
      on() { ip -n "$@"; }
      ip link add eth0 netns ${this.outer} type veth peer name eth0 netns ${this.server}
      ip link add eth0 netns ${this.container} type veth peer name port netns ${this.server}
      on ${this.server} link add jitsi0 type bridge
      on ${this.server} link set port master jitsi0
      for link in eth0 port jitsi0; do on ${this.server} link set $link up; done
      on ${this.outer} link set eth0 up
      on ${this.container} link set eth0 up
      for address in ${outer.internet}/24 192.168.10.30/24 ${outer.internet6}/64; do on ${this.outer} addr add $address dev eth0; done
      for address in ${server.internet}/24 ${server.lan}/24 ${server.internet6}/64; do on ${this.server} addr add $address dev eth0; done
      on ${this.server} addr add 172.28.0.1/24 dev jitsi0
      on ${this.server} addr add fd28:6a69:7473::1/64 dev jitsi0
      on ${this.container} addr add ${container.ipv4}/24 dev eth0
      on ${this.container} addr add ${container.ipv6}/64 dev eth0
      on ${this.container} route add default via 172.28.0.1
      on ${this.container} route add default via fd28:6a69:7473::1
      # A neighbour who found out where the containers are.
      on ${this.outer} route add ${subnet} via ${server.internet}
      on ${this.outer} route add ${subnet6} via ${server.internet6}
      ip netns exec ${this.server} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    `);
  }

  /** Docker's rules, as dockerd makes them when it starts or when firewalld was reloaded. */
  docker(): void {
    const rules = (program: string, address: string, net: string, at: (port: number) => string) => [
      ...['nat', 'filter'].map(
        (table) =>
          `${program} -t ${table} -N DOCKER 2>/dev/null || ${program} -t ${table} -F DOCKER`,
      ),
      `${program} -N DOCKER-USER 2>/dev/null || :`,
      `ensure ${program} nat PREROUTING -m addrtype --dst-type LOCAL -j DOCKER`,
      `ensure ${program} nat POSTROUTING -s ${net} ! -o jitsi0 -j MASQUERADE`,
      `${program} -P FORWARD DROP`,
      `ensure ${program} filter FORWARD -o jitsi0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      `ensure ${program} filter FORWARD -i jitsi0 -j ACCEPT`,
      `ensure ${program} filter FORWARD -o jitsi0 -j DOCKER`,
      `ensure ${program} filter FORWARD -j DOCKER-USER`,
      ...(['tcp', 'udp'] as const).flatMap((protocol) =>
        Object.entries(published[protocol]).flatMap(([port, inside]) => [
          `${program} -t nat -A DOCKER ! -i jitsi0 -p ${protocol} --dport ${port} -j DNAT --to-destination ${at(inside)}`,
          `${program} -A DOCKER -d ${address} ! -i jitsi0 -o jitsi0 -p ${protocol} --dport ${inside} -j ACCEPT`,
        ]),
      ),
      `${program} -A DOCKER -d ${address} ! -i jitsi0 -o jitsi0 -p tcp --dport ${loopbackPort} -j ACCEPT`,
    ];
    this.run(this.server, [
      'sh',
      '-ec',
      [
        // Docker keeps its jumps at the top: each is moved there.
        'ensure() { program=$1 table=$2 chain=$3; shift 3; $program -t $table -D $chain "$@" 2>/dev/null || :; $program -t $table -I $chain "$@"; }',
        ...rules('iptables', container.ipv4, subnet, (port) => `${container.ipv4}:${port}`),
        ...rules('ip6tables', container.ipv6, subnet6, (port) => `[${container.ipv6}]:${port}`),
      ].join('\n'),
    ]);
  }

  /** Runs a program on one of the machines and returns what it printed. */
  run(machine: string, command: readonly string[], input = ''): string {
    return execFileSync('ip', ['netns', 'exec', machine, ...command], {
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Starts a program on one of the machines; it is ended together with the world. */
  start(
    machine: string,
    command: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', machine, ...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    });
    this.#children.push(child);
    return child;
  }

  async #listen(
    machine: string,
    ports: { tcp: readonly number[]; udp: readonly number[] },
  ): Promise<void> {
    const child = this.start(machine, [
      process.execPath,
      join(programs, 'answer.mjs'),
      JSON.stringify(ports),
    ]);
    const ready = child.stdout ? once(child.stdout, 'data') : Promise.resolve();
    const ended = once(child, 'exit').then(() => {
      throw new Error(`Nothing listens on ${machine}.`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => {});
  }

  /** Opens connections from one address of the outer machine, which stay until the child ends; how many came about. */
  async crowd(host: string, port: number, from: string, count: number) {
    const words = [process.execPath, join(programs, 'crowd.mjs'), host, String(port), from];
    const child = this.start(this.outer, [...words, String(count)]);
    const [said] = child.stdout ? await once(child.stdout, 'data') : [];
    return { child, open: Number(said) };
  }

  /** Which of these answer, seen from one of the machines. */
  probe<P extends Probe>(machine: string, probes: readonly P[]): (P & { answers: boolean })[] {
    const answers = JSON.parse(
      this.run(machine, [process.execPath, join(programs, 'ask.mjs')], JSON.stringify(probes)),
    ) as boolean[];
    return probes.map((probe, i) => ({ ...probe, answers: answers[i] === true }));
  }

  /** Ends what was started here and takes the machines away. */
  destroy(): void {
    for (const child of this.#children) child.kill();
    for (const machine of [this.outer, this.server, this.container])
      spawnSync('ip', ['netns', 'del', machine]);
  }
}

function sh(script: string): void {
  execFileSync('sh', ['-ec', script], { stdio: ['ignore', 'pipe', 'pipe'] });
}
