import type { RawAnswers } from '../../answers/complete.ts';
import type { Host } from '../../answers/detect/host.ts';
import { givenTargets } from '../../answers/given-targets.ts';
import { foundTable, leadWarning, takenWarning } from '../report/found.ts';
import type { Asker } from './asker.ts';

/**
 * Finds out and shows where the domain leads and what the server is; takes a second at most.
 *
 * @param answers those so far
 * @param server this computer, or another one of which only DNS can tell
 * @param fresh no stack is here yet: what has the web's ports is somebody else
 */
export async function lookAround(
  domain: string,
  answers: RawAnswers,
  server: Host,
  asker: Asker,
  width: number,
  fresh: boolean,
): Promise<void> {
  const done = asker.wait(`Looking up ${domain}`);
  const [local, answer, docker, firewalls, listener] = await Promise.all([
    server.addresses(),
    server.lookUp(domain),
    server.docker(),
    server.firewalls(),
    fresh ? server.webListener() : undefined,
  ]);
  done();
  const here = server.isKnown
    ? { local, docker, firewalls, ...(listener && { listener }) }
    : undefined;
  const warning = leadWarning({ domain, answer, given: givenTargets(answers), ...here });
  // Of another server there is nothing else to show, and the warning says it.
  if (here || !warning)
    asker.show('Found', foundTable({ domain, answer, ...(here && { here }) }, width));
  if (warning) asker.tell(warning, 'warning');
  if (listener) asker.tell(takenWarning(listener), 'warning');
}
