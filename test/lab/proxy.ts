import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { acmeAddress, acmeDirectory, acmeHost, type Issuer } from './authority.ts';
import { unpackedProgram } from './packages.ts';
import { type Namespace, start } from './world/namespace.ts';

/** The owner's own reverse proxy, which is no part of the stack: Debian's Caddy at the server itself. */
export interface OwnProxy {
  /** Starts it with the file that the stack in this directory brings. */
  readonly start: (directory: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly said: () => string;
}

/** It fetches its certificate itself, from the lab's ACME server. */
export function ownProxy(at: Namespace, issuer: Issuer, scratch: string): OwnProxy {
  let running: ReturnType<typeof start> | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  return {
    stop,
    said: () => running?.said() ?? '',
    start: async (directory) => {
      await stop();
      const program = path.join(await unpackedProgram('caddy'), 'caddy');
      const home = path.join(scratch, 'caddy');
      mkdirSync(home, { recursive: true });
      at.knows({ [acmeHost]: [acmeAddress] });
      const main = path.join(home, 'Caddyfile');
      const options = [
        'admin off',
        `acme_ca ${acmeDirectory}`,
        `acme_ca_root ${issuer.certificate}`,
      ];
      const site = `import ${path.join(directory, 'proxy/Caddyfile')}`;
      writeFileSync(main, `{\n\t${options.join('\n\t')}\n}\n${site}\n`);
      const words = [program, 'run', '--adapter', 'caddyfile', '--config', main];
      running = start(at, words, { ...process.env, HOME: home });
    },
  };
}
