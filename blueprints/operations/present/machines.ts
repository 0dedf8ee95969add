import {
  centralBridge,
  type Decisions,
  domainIn,
  furtherBridges,
  furtherRecorders,
  listeningAddresses,
  machineRoles,
  machinesOf,
} from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The further machines, whose folders the script completes. */
export function machinesView({ answers }: Decisions) {
  const authDomain = domainIn(answers.settings, 'XMPP_AUTH_DOMAIN');
  const machines = machinesOf(answers);
  const bridges = furtherBridges(answers);
  const central = {
    name: centralBridge,
    address: listeningAddresses(answers.network)[0] ?? '',
    port: answers.network.mediaPort,
  };
  const secretsOf = machines.flatMap(({ runs }) => machineRoles[runs].secrets);
  return {
    /** All bridges, the one of this server first, and where people send to; none where it is the only one. */
    bridges:
      bridges.length > 0
        ? [central, ...bridges.map(({ name, address, port }) => ({ name, address, port }))]
        : [],
    recorders: furtherRecorders(answers).map(({ name, address }) => ({ name, address })),
    machines: words(machines.map(({ name }) => name)),
    /** What each finds in its folder: the secrets of its service, and the certificate. */
    needs: machines.map(({ name, runs }) => ({
      name,
      service: machineRoles[runs].service,
      secrets: machineRoles[runs].secrets.join(','),
    })),
    machineSecrets: words([...new Set(secretsOf)]),
    /** Under which prosody shows itself to its services. */
    authDomain,
    alternative: `subjectAltName=DNS:${authDomain}`,
  };
}
