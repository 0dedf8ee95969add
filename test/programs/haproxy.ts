import type { Outcome } from './command.ts';
import { inSandbox } from './sandbox.ts';

/** Has HAProxy judge a stack's configuration; 3.0 says nothing when it likes it. */
export async function haproxyCheck(stack: string): Promise<Outcome> {
  const root = '/usr/local/etc/haproxy/stack';
  const outcome = await inSandbox(
    'haproxy',
    ['-c', '-f', `${root}/haproxy.cfg`, '-f', `${root}/sites`],
    { binds: { [root]: `${stack}/haproxy` } },
  );
  return { ...outcome, ok: outcome.ok && !outcome.output.includes('WARNING') };
}
