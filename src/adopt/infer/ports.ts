import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import type { ForeignService, PublishedPort } from '../read/service.ts';
import type { Variables } from '../variables.ts';
import type { PublicSite } from './site.ts';

const usual = { http: 80, https: 443, media: 10000 } as const;

/** Ports and addresses on which the installation is reached, where they are not the usual ones. */
export function inferPorts(
  { services }: Installation,
  variables: Variables,
  site: PublicSite | undefined,
  findings: Findings,
): void {
  findings.use('network', 'JVB_PORT');
  const told = (answer: string) => findings.inferred.find((one) => one.answer === answer)?.value;
  const [jvb, web] = [services.get('jvb'), services.get('web')];
  if (jvb) inferMedia(jvb, variables, findings);
  const open = [web, jvb].flatMap((service) => (service?.ports ?? []).filter(reachesOthers));
  if (isGivenOnly(open, findings)) {
    const why = 'its ports are bound to them';
    findings.answer(
      'network.bind',
      'given',
      why,
      ...[jvb ?? web].flatMap((one) => one?.evidence ?? []),
    );
  }
  const url = variables.get('PUBLIC_URL');
  if (url && site?.port !== undefined && site.port !== usual.https)
    findings.answer('network.httpsPort', site.port, 'the port in PUBLIC_URL', url.evidence);
  const page = web?.ports.find(({ container }) => container === 80 || container === 8000);
  if (!web || page?.host === undefined) return;
  const isOutside = told('edge.proxy') === 'external';
  const isWebs = page.host === usual.http || page.host === usual.https;
  if (isOutside && told('edge.place') !== 'container' && !isWebs) {
    // A proxy on this server goes on asking where it asks so far.
    const why = 'where your proxy finds web so far';
    findings.answer('network.localPort', page.host, why, web.evidence);
  } else if (!isOutside && page.host !== usual.http && told('certificates.source') !== 'acme') {
    const why = 'web redirects from there';
    findings.answer('network.httpPort', page.host, why, web.evidence);
  }
}

/** Whether others than this server's own programs reach a port. */
export function reachesOthers({ address }: PublishedPort): boolean {
  return !/^(?:127\.|::1$)/.test(address ?? '');
}

/** The bridge's port, as others reach it. */
function inferMedia(jvb: ForeignService, variables: Variables, findings: Findings): void {
  const stated = variables.get('JVB_PORT');
  const published = jvb.ports.filter(({ protocol }) => protocol === 'udp');
  const number = published[0]?.host ?? Number(stated?.value ?? usual.media);
  if (number !== usual.media && Number.isInteger(number)) {
    const evidence = stated?.evidence ?? jvb.evidence;
    findings.answer('network.mediaPort', number, 'the bridge’s port', evidence);
  }
}

/** Whether ports are bound to addresses that are answers, and to no others. */
export function isGivenOnly(ports: readonly PublishedPort[], { inferred }: Findings): boolean {
  const given = inferred
    .filter(({ answer }) => /^network\.(?:public|lan)Addresses$/.test(answer))
    .flatMap(({ value }) => value as readonly string[]);
  const bound = ports.map(({ address }) => address);
  return bound.length > 0 && bound.every((one) => one !== undefined && given.includes(one));
}
