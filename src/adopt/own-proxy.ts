import type { Findings } from './findings.ts';
import type { Installation } from './installation.ts';
import { portText } from './published.ts';

/** Where an NGINX or HAProxy keeps what the stack writes anew or takes along as the certificate. */
const configuration = /^\/(?:etc\/(?:nginx|haproxy|letsencrypt|ssl)|usr\/local\/etc\/haproxy)\b/;

/**
 * What a proxy that the stack takes the place of does besides: its further names, ports and directories.
 *
 * @param domain the meeting site
 */
export function inferOwnProxy(
  { services, sites }: Installation,
  domain: string | undefined,
  findings: Findings,
): void {
  const edge = findings.inferred.find(({ answer }) => answer === 'edge.proxy')?.value;
  const role = edge === 'nginx' || edge === 'haproxy' ? edge : undefined;
  const service = role && services.get(role);
  if (!service) return;
  const { evidence, name } = service;
  const other = sites.flatMap(({ names }) => names).filter(({ value }) => value !== domain);
  for (const stated of new Map(other.map((one) => [one.value, one])).values()) {
    findings.unplaced.push({
      name: 'server_name',
      value: stated.value,
      evidence: stated.evidence,
      what: 'Another site of your NGINX. The stack’s serves it too when its server block is put into nginx/sites/, whose README says how.',
    });
  }
  for (const port of service.ports) {
    if (port.host === 80 || port.host === 443) continue;
    findings.unplaced.push({
      name: `port of ${name}`,
      evidence,
      value: portText(port),
      what: 'The stack’s proxy uses 80 and 443. If something else answers there, publish it in compose.override.yaml.',
    });
  }
  for (const { source, target, evidence: place } of service.mounts) {
    if (configuration.test(target) || /cert|ssl|key|acme/.test(`${source}${target}`)) continue;
    findings.unplaced.push({
      name: `mount of ${name}`,
      evidence: place,
      value: `${source} → ${target}`,
      what: `If a site of yours needs it, add it to the service ${role} in compose.override.yaml.`,
    });
  }
}
