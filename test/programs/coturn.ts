import { once } from 'node:events';
import type { Outcome } from './command.ts';
import { startInSandbox } from './sandbox.ts';

const complaints =
  /Bad configuration|[Uu]nknown option|unrecognized|CONFIG ERROR|ERROR: .*(?:config|address|cert|key)|Cannot|cannot (?:bind|open|find)|WARNING: cannot/;
/** Debian builds it without them; the image is built with. */
const numbers = /.*Bad configuration format: prometheus(?:-address|-port)?\s*$/gm;

/**
 * Starts coturn with a configuration in a network that has these addresses, and reads what it says until it listens.
 * coturn starts with options that it does not know, so its words count, not its exit code.
 */
export async function coturnStart(
  stack: string,
  addresses: readonly string[],
  config = '/etc/coturn/stack/turnserver.conf',
): Promise<Outcome> {
  const child = await startInSandbox('turnserver', ['-c', config], {
    binds: { '/etc/coturn/stack': `${stack}/coturn`, '/certs': `${stack}/certs` },
    addresses,
    through: 'mkdir -p /run/coturn && exec turnserver "$@"',
  });
  let output = '';
  const done = new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      // The last thing that it opens.
      if (/Total auth threads|Total General servers/.test(output)) setTimeout(resolve, 150);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', () => resolve());
    setTimeout(resolve, 5000);
  });
  await done;
  const running = child.exitCode === null;
  if (running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const listeners = addresses.every((address) => output.includes(address));
  const ok = running && listeners && !complaints.test(output.replaceAll(numbers, ''));
  return { ok, code: child.exitCode, stdout: output, stderr: '', output };
}
