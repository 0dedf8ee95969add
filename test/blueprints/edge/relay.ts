import { inSandbox } from '../../programs/sandbox.ts';
import { turnSecret } from './daemons.ts';
import type { Running } from './running.ts';

/** The peer that echoes, at the bridge's address. */
export function startBridge(stack: Running): Promise<void> {
  const bridge = stack.plan.network.addresses.jvb?.ipv4 ?? '';
  return stack.start('jvb', 'jvb', 'turnserver', ['-L', bridge, '-p', '3480'], {
    through: 'exec turnutils_peer "$@"',
  });
}

/**
 * Sends five messages to a peer through the relay, over TLS on port 443 and nothing else: what turnutils says about it.
 *
 * @param door the address that answers on 443
 */
export async function throughRelay(stack: Running, door: string, peer: string): Promise<string> {
  // turnutils names no server in its TLS, so socat does that part.
  const as = `tls to ${door}`;
  if (!stack.isStarted(as)) {
    const tls = `OPENSSL:${door}:443,snihost=turn.example.org,verify=0`;
    await stack.start(as, 'client', 'socat', [
      'TCP4-LISTEN:1443,bind=127.0.0.1,fork,reuseaddr',
      tls,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { output } = await inSandbox(
    'turnserver',
    [
      ...['-t', '-c', '-p', '1443', '-u', 'guest', '-W', turnSecret],
      ...['-e', peer, '-r', '3480', '-n', '5', '127.0.0.1'],
    ],
    {
      network: stack.network.path('client'),
      through: 'timeout 20 turnutils_uclient "$@"',
    },
  );
  return output;
}
