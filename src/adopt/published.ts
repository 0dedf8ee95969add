import type { Findings } from './findings.ts';
import { isGivenOnly, reachesOthers } from './infer/ports.ts';
import type { Installation } from './installation.ts';
import type { PublishedPort } from './read/service.ts';

/** What Jitsi's containers open to others besides the page and the bridge's media, and where they are bound. */
export function inferPublished(services: Installation['services'], findings: Findings): void {
  for (const role of ['web', 'prosody', 'jicofo', 'jvb'] as const) {
    const service = services.get(role);
    if (!service) continue;
    const { evidence, networkMode } = service;
    for (const port of service.ports) {
      if (isGivenOnly([port], findings)) continue;
      const what = strange(role, port);
      if (what !== undefined)
        findings.unplaced.push({ name: `port of ${role}`, evidence, value: portText(port), what });
    }
    if (networkMode === undefined) continue;
    findings.unplaced.push({
      name: `network of ${role}`,
      evidence,
      value: networkMode,
      what: 'In the stack it is in the containers’ own network, with its ports published.',
    });
  }
}

/** Why a published port has no place; undefined where the stack has its like. */
function strange(role: string, port: PublishedPort): string | undefined {
  const { protocol, address } = port;
  if (!reachesOthers(port)) return undefined;
  const isOurs = role === 'web' || (role === 'jvb' && protocol === 'udp');
  if (!isOurs)
    return 'The stack does not publish it. If others need it, such as further bridges, publish it in compose.override.yaml.';
  if (address === undefined || /^(?:0\.0\.0\.0|::)$/.test(address)) return undefined;
  return `It is bound to ${address} alone, which is none of the addresses that the bridge announces. The stack listens on all addresses of the server, or with --network-bind given on those that are named.`;
}

/** `203.0.113.7:10000 → 10000/udp` */
export function portText({ host, container, protocol, address }: PublishedPort): string {
  return `${address ? `${address}:` : ''}${host ?? 'any'} → ${container}/${protocol}`;
}
