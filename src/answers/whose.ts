import { isIPv6 } from '../addresses.ts';
import type { Host } from './detect/host.ts';
import { readSwitch } from './switch.ts';

/** Whether Jitsi will run on another computer than this one, as far as somebody has said; answers may still be text. */
export function runsElsewhere(answers: Readonly<Record<string, unknown>>): boolean {
  return isInCluster(answers) || readSwitch(saidOf(answers)) === false;
}

/** Whether Jitsi runs in a cluster, and there is no server of one's own to ask about. */
export function isInCluster({ runs }: { readonly runs?: unknown }): boolean {
  return runs === 'kubernetes';
}

/** Whether somebody has said where Jitsi will run. */
export function isSaidWhere(answers: Readonly<Record<string, unknown>>): boolean {
  return saidOf(answers) !== undefined;
}

/**
 * The computer that Jitsi will run on, as far as this one knows it. Of another one nothing is known but what DNS says of
 * its name.
 */
export function serverOf(answers: Readonly<Record<string, unknown>>, thisHost: Host): Host {
  return runsElsewhere(answers) ? elsewhere(thisHost) : thisHost;
}

/**
 * The way to the server for whoever sits elsewhere: what copies this folder there, and what logs in. Who they are there,
 * they have to put in for USER.
 */
export function wayToServer({
  lanAddresses,
  publicAddresses,
}: {
  readonly lanAddresses: readonly string[];
  readonly publicAddresses: readonly string[];
}): { readonly copy: string; readonly logIn: string } {
  const address = lanAddresses[0] ?? publicAddresses[0] ?? 'SERVER';
  const host = isIPv6(address) ? `[${address}]` : address;
  return { copy: `rsync -a ./ USER@${host}:meet/`, logIn: `ssh USER@${address}` };
}

/** A computer that nobody here has seen. */
export function elsewhere({ lookUp, looksLikeServer, email }: Host): Host {
  return {
    isKnown: false,
    addresses: async () => ({ public: [], private: [] }),
    networks: async () => [],
    firewalls: async () => [],
    docker: async () => ({}),
    daemon: async () => ({ withoutRules: false, withoutRules6: false }),
    tunnels: () => [],
    architecture: () => undefined,
    webListener: async () => undefined,
    portsInUse: async () => [],
    sshPort: async () => undefined,
    lookUp,
    memory: () => undefined,
    cores: () => undefined,
    timezone: () => undefined,
    email,
    distribution: async () => '',
    looksLikeServer,
  };
}

function saidOf({ host }: Readonly<Record<string, unknown>>): unknown {
  return typeof host === 'object' && host !== null && 'here' in host ? host.here : undefined;
}
