import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onDisk } from '../../matrix/directory.ts';
import type { RenderedStack } from '../../matrix/stack.ts';

const libraries = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** The sign-in service of a stack, as its container runs it. */
export interface Service {
  readonly url: string;
  log(): string;
  stop(): Promise<void>;
}

export interface Change {
  readonly issuer: string;
  readonly clientSecret: string;
  /** The authority that its certificates come from, as PEM. */
  readonly authority: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The secret that signs for Jitsi; the same as `test/prosody` has. */
export const tokenSecret = '0123456789abcdef0123456789abcdef';

/** Starts it on this machine with its container's variables, but for what a test changes. */
export async function startService(stack: RenderedStack, change: Change): Promise<Service> {
  const home = mkdtempSync(join(tmpdir(), 'oidc-'));
  const { directory, remove } = await onDisk(stack, (path) => path.startsWith('oidc/'));
  writeFileSync(join(home, 'authority.pem'), change.authority);
  // As in the image: the libraries in the folder above, which is a package of modules.
  symlinkSync(libraries, join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const port = await freePort();
  const output = join(home, 'log');
  writeFileSync(output, '');
  const server = spawn(process.execPath, [join(directory, 'oidc/server.js')], {
    env: {
      PATH: process.env.PATH,
      ...environmentOf(stack),
      OIDC_ISSUER: change.issuer,
      OIDC_CLIENT_SECRET: change.clientSecret,
      JWT_APP_SECRET: tokenSecret,
      PORT: String(port),
      NODE_EXTRA_CA_CERTS: join(home, 'authority.pem'),
      ...change.variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const stop = async () => {
    await end(server);
    remove();
    rmSync(home, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const healthy = async () => (await fetch(`${url}/oidc/health`).catch(() => undefined))?.ok;
  for (let tries = 0; !(await healthy()); tries += 1) {
    if (tries > 600 || server.exitCode !== null) {
      await stop();
      throw new Error(`The service did not start:\n${said}`);
    }
    await sleep(50);
  }
  return { url, log: () => said, stop };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

function environmentOf({ plan }: RenderedStack): Record<string, string> {
  const own = plan.services.find(({ name }) => name === 'oidc')?.environment ?? {};
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) =>
      typeof value === 'object'
        ? []
        : [[name, typeof value === 'boolean' ? String(Number(value)) : String(value)]],
    ),
  );
}

/** A port of this machine on which nobody answers. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
