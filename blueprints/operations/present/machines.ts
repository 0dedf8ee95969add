import {
  centralBridge,
  type Decisions,
  domainIn,
  listeningAddresses,
  machinesOf,
} from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The further machines, whose folders the script completes. */
export function machinesView({ answers }: Decisions) {
  const authDomain = domainIn(answers.settings, 'XMPP_AUTH_DOMAIN');
  return {
    /** All bridges, the one of this server first, and where people send to. */
    bridges: [
      {
        name: centralBridge,
        address: listeningAddresses(answers.network)[0] ?? '',
        port: answers.network.mediaPort,
      },
      ...machinesOf(answers).map(({ name, address, port }) => ({ name, address, port })),
    ],
    machines: words(machinesOf(answers).map(({ name }) => name)),
    /** Under which prosody shows itself to its services. */
    authDomain,
    alternative: `subjectAltName=DNS:${authDomain}`,
  };
}
