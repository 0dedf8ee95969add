import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onDisk } from '../matrix/directory.ts';
import type { RenderedStack } from '../matrix/stack.ts';
import { inSandbox, startInSandbox } from '../programs/sandbox.ts';

const standIn = fileURLToPath(new URL('../lab/images/prosody/files/', import.meta.url));

/** A real prosody with the environment and the modules of a stack. Jitsi's own modules are not in it. */
export interface Prosody {
  /** Where its WebSocket answers; `X-Forwarded-For` is believed there. */
  readonly url: string;
  /** Makes accounts of one password. */
  accounts(names: readonly string[], password: string, host?: string): Promise<void>;
  /** All that it has said. */
  log(): string;
  /** A file below its data. */
  data(path: string): string;
  /** Has it read its configuration anew. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a stack's prosody on this machine, configured as the lab's image configures it from the stack's variables. Needs
 * `prosody`, `lua5.4` and root.
 *
 * @param change variables that are other than the stack's; `undefined` takes one out
 * @param config the folder that its container has as /config, the stack's own when left out
 */
export async function startProsody(
  stack: RenderedStack,
  change: Readonly<Record<string, string | undefined>> = {},
  config?: string,
): Promise<Prosody> {
  const { directory, remove } = await onDisk(stack, (path) => path.startsWith('jitsi/'));
  const home = mkdtempSync(join(tmpdir(), 'prosody-'));
  for (const name of ['data', 'run/config/conf.d'])
    mkdirSync(join(home, name), { recursive: true });
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    ...environmentOf(stack),
    PROSODY_TRUSTED_PROXIES: '127.0.0.1',
    PROSODY_HTTP_PORT: String(port),
    XMPP_PORT: String(await freePort()),
    ENABLE_IPV6: '0',
    ...change,
  };
  const options = {
    env,
    binds: {
      '/lab': join(standIn, 'usr/local/lib/lab'),
      '/prosody-plugins': join(standIn, 'prosody-plugins'),
      '/prosody-plugins-custom': join(directory, 'jitsi/prosody-plugins'),
      '/config': config ?? join(directory, 'jitsi/prosody'),
      '/etc/sasl': join(standIn, 'etc/sasl'),
    },
    writable: { '/run/prosody': join(home, 'run'), '/var/lib/prosody': home },
    through: configure,
  };
  const words = ['--config', '/run/prosody/config/prosody.cfg.lua', '-F'];
  const logFile = join(home, 'log');
  const output = openSync(logFile, 'a');
  const server = await startInSandbox('prosody', words, options, output);
  const log = () => readFileSync(logFile, 'utf8');
  const stop = async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    closeSync(output);
    remove();
    rmSync(home, { recursive: true, force: true, maxRetries: 9 });
  };
  const answering = async () =>
    (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true;
  for (let tries = 0; !(await answering()); tries += 1) {
    if (tries > 100) {
      const said = log();
      await stop();
      throw new Error(`prosody did not start:\n${said}`);
    }
    await sleep(100);
  }
  return {
    url: `ws://127.0.0.1:${port}/xmpp-websocket`,
    log,
    data: (path) => readFileSync(join(home, 'data', path), 'utf8'),
    stop,
    async accounts(names, password, host = 'meet.jitsi') {
      const made = await inSandbox('prosody', [host, password, ...names], {
        ...options,
        through: register,
      });
      if (!made.ok) throw new Error(made.output);
    },
    async reload() {
      const [inner = ''] = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
        .trim()
        .split(' ');
      process.kill(Number(inner), 'SIGHUP');
      await sleep(500);
    },
  };
}

/** As the image's scripts do before they start it; whatever it is run as here is root in a sandbox of its own. */
const configure = `
cd /run/prosody/config
cp -r /config/. .
lua5.4 /lab/render.lua .
printf '%s\\n' 'run_as_root = true' 'prosody_user = "root"' 'prosody_group = "root"' | cat - prosody.cfg.lua >first
mv first prosody.cfg.lua
# The stack's own certificates stay; there are none of others here.
own=$(cd certs 2>/dev/null && ls -- *.crt 2>/dev/null | paste -s -d ' ' -)
awk -v own=" $own " '!/^ssl = / { print; next } { name = $0; sub(/.*\\//, "", name); sub(/".*/, "", name) } index(own, " " name " ")' conf.d/jitsi-meet.cfg.lua >rest
mv rest conf.d/jitsi-meet.cfg.lua
sh /lab/saslauthd.sh
exec prosody "$@"
`;

const register = `
host=$1 password=$2; shift 2
for name; do
  prosodyctl --config /run/prosody/config/prosody.cfg.lua register "$name" "$host" "$password" || exit
done
`;

/** The variables of its container, with made-up secrets. */
function environmentOf({ plan }: RenderedStack): Record<string, string> {
  const service = plan.services.find(({ name }) => name === 'prosody');
  const own = { ...service?.environment, ...service?.announced };
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      if (typeof value === 'object') return [name, '0123456789abcdef0123456789abcdef'];
      return [name, typeof value === 'boolean' ? String(Number(value)) : String(value)];
    }),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
