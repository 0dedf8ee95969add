import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Namespace } from './namespace.ts';

type Remote<Functions> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

/** The probes, by name: what somebody at a machine of the world can do. */
export interface Probes {
  readonly http: typeof import('../probes/http.ts');
  readonly tls: typeof import('../probes/tls.ts');
  readonly ports: typeof import('../probes/ports.ts');
  readonly flood: typeof import('../probes/flood.ts');
  readonly guess: typeof import('../probes/guess.ts');
  readonly bosh: typeof import('../probes/bosh.ts');
  readonly 'sign-in': typeof import('../probes/sign-in.ts');
  readonly xmpp: typeof import('../probes/xmpp.ts');
  readonly board: typeof import('../probes/board.ts');
  readonly turn: typeof import('../probes/turn.ts');
  readonly browser: typeof import('../probes/browser.ts');
}

/** Somebody at a machine: each probe's functions run there, in its network and with its idea of names. */
export interface Person {
  readonly does: <Name extends keyof Probes>(probe: Name) => Remote<Probes[Name]>;
  readonly leave: () => void;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Seats somebody at a machine. `authorities` is a file with the certificates that are trusted there. */
export function seat(at: Namespace, authorities: string): Person {
  const [command = '', ...args] = at.prefix;
  const agent = path.join(import.meta.dirname, 'agent.ts');
  const child = spawn(command, [...args, process.execPath, '--import', 'tsx', agent], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authorities },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('exit', () => {
    for (const [id, answer] of waiting) answer({ id, error: `the agent in ${at.name} ended` });
  });
  let last = 0;
  const call = (probe: string, name: string, args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(`${probe}.${name}: ${error}`)),
      );
      child.send({ id: last, probe, name, args });
    });
  return {
    does: (probe) =>
      new Proxy({} as never, {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            call(probe, String(name), args),
      }),
    leave: () => child.kill('SIGKILL'),
  };
}
