import type { Host } from '../../answers/detect/host.ts';
import { foundTable, leadWarning } from '../report/found.ts';
import type { Asker } from './asker.ts';

/** Finds out and shows where the domain leads and what this host is; takes a second at most. */
export async function lookAround(
  domain: string,
  host: Host,
  asker: Asker,
  width: number,
): Promise<void> {
  const done = asker.wait(`Looking up ${domain}`);
  const [local, answer, docker, firewalls] = await Promise.all([
    host.addresses(),
    host.lookUp(domain),
    host.docker(),
    host.firewalls(),
  ]);
  done();
  asker.show('Found here', foundTable({ domain, local, answer, docker, firewalls }, width));
  const warning = leadWarning({ domain, local, answer });
  if (warning) asker.tell(warning, 'warning');
}
