import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { onDisk } from '../../matrix/directory.ts';
import { renderedOf } from '../../matrix/stack.ts';
import type { ProgramName } from '../../programs/find.ts';
import { type SandboxOptions, startInSandbox } from '../../programs/sandbox.ts';
import { Network } from './network.ts';
import type { Tasks } from './probe.ts';

export const client = ['192.0.2.10', '2001:db8:c::10'];
export const server = ['192.0.2.1', '2001:db8:c::1'];
const folder = fileURLToPath(new URL('.', import.meta.url));

/** A generated stack whose daemons run for real, each in a network as Docker would give it. */
export class Running {
  readonly #children = new Map<string, ChildProcess>();
  readonly #logs = mkdtempSync(join(tmpdir(), 'edge-logs-'));

  private constructor(
    readonly plan: Plan,
    readonly directory: string,
    readonly network: Network,
    readonly remove: () => void,
  ) {}

  static async make(raw: RawAnswers): Promise<Running> {
    const stack = await renderedOf({
      domain: 'meet.example.org',
      network: { exposure: 'public', publicAddresses: server, ipv6: true },
      certificates: { source: 'self-signed' },
      turn: { mode: 'coturn', domain: 'turn.example.org' },
      auth: { mode: 'open', strangers: true, moderators: 'first' },
      ...raw,
    });
    const { directory, remove } = await onDisk(stack);
    const { addresses, gateway, subnet6 = '' } = stack.plan.network;
    const network = await Network.make(
      client,
      server,
      [gateway, subnet6.replace('/64', '1')],
      Object.entries(addresses).map(([name, { ipv4, ipv6 }]) => ({
        name,
        addresses: [ipv4, ...(ipv6 ? [ipv6] : [])],
      })),
    );
    for (const name of Object.keys(addresses)) {
      const published = stack.plan.endpoints.flatMap(({ service, port, containerPort }) =>
        service === name && containerPort
          ? [`tcp dport ${port} redirect to :${containerPort}`]
          : [],
      );
      await network.publish(name, published);
    }
    return new Running(stack.plan, directory, network, remove);
  }

  /** Starts a program in a node's network. */
  async start(
    as: string,
    node: string,
    program: ProgramName,
    args: readonly string[],
    options: SandboxOptions = {},
  ): Promise<void> {
    const log = openSync(join(this.#logs, as), 'a');
    const network = this.network.path(node);
    this.#children.set(as, await startInSandbox(program, args, { ...options, network }, log));
    closeSync(log);
  }

  /** Starts one of the scripts beside this file in a node's network. */
  script(as: string, node: string, name: string, args: readonly string[] = []): ChildProcess {
    const words = [process.execPath, '--import', 'tsx', join(folder, name), ...args];
    const child = spawn('nsenter', [`--net=${this.network.path(node)}`, '--', ...words], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#children.set(as, child);
    return child;
  }

  #probe: ChildProcess | undefined;

  /** Has the client outside do something. */
  ask<T extends keyof Tasks>(
    task: T,
    target: Parameters<Tasks[T]>[0],
  ): Promise<Awaited<ReturnType<Tasks[T]>> & { error?: string }> {
    this.#probe ??= this.script('probe', 'client', 'probe.ts');
    const probe = this.#probe;
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the client outside has ended'));
      probe.once('exit', gone);
      probe.once('message', (result) => {
        probe.off('exit', gone);
        resolve(result as never);
      });
      probe.send({ task, target });
    });
  }

  log(as: string): string {
    return readFileSync(join(this.#logs, as), 'utf8');
  }

  isStarted(as: string): boolean {
    return this.#children.has(as);
  }

  child(as: string): ChildProcess {
    const child = this.#children.get(as);
    if (!child) throw new Error(`${as} was not started`);
    return child;
  }

  /** Waits until something holds. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let i = 0; i < 100; i++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const logs = [...this.#children.keys()].filter((name) => existsSync(join(this.#logs, name)));
    throw new Error(`${what}\n${logs.map((name) => `${name}: ${this.log(name)}`).join('\n')}`);
  }

  end(): void {
    for (const child of this.#children.values()) child.kill('SIGKILL');
    this.network.end();
    this.remove();
    rmSync(this.#logs, { recursive: true, force: true });
  }
}
