import type { Host } from '../../answers/detect/host.ts';
import { foundTable, leadWarning, takenWarning } from '../report/found.ts';
import type { Asker } from './asker.ts';

/**
 * Finds out and shows where the domain leads and what this host is; takes a second at most.
 *
 * @param fresh no stack is here yet: what has the web's ports is somebody else
 */
export async function lookAround(
  domain: string,
  host: Host,
  asker: Asker,
  width: number,
  fresh: boolean,
): Promise<void> {
  const done = asker.wait(`Looking up ${domain}`);
  const [local, answer, docker, firewalls, listener] = await Promise.all([
    host.addresses(),
    host.lookUp(domain),
    host.docker(),
    host.firewalls(),
    fresh ? host.webListener() : undefined,
  ]);
  done();
  const found = { domain, local, answer, docker, firewalls, ...(listener && { listener }) };
  asker.show('Found here', foundTable(found, width));
  const warning = leadWarning({ domain, local, answer });
  if (warning) asker.tell(warning, 'warning');
  if (listener) asker.tell(takenWarning(listener), 'warning');
}
