import { basename, join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';

/** Where `./stack firewall` keeps copies of what is in force, for everybody to read. */
const inForce = '/etc/jitsi-stack';

/**
 * What of the firewalls that the answers choose for the server is not in force on this machine, as far as the copies say:
 * the rules themselves only root sees.
 *
 * @param home where those copies lie
 */
export function auditFirewall(
  directory: string,
  { firewalls }: Pick<Plan, 'firewalls'>,
  home = inForce,
): readonly Problem[] {
  // The server's firewall is that of another stack, and `./stack firewall` says what to do then.
  if ((readableText(join(home, 'folder'))?.trim() ?? directory) !== directory) return [];
  return firewalls.flatMap(({ name, rules = [] }): Problem[] => {
    const kept = (path: string) => readableText(join(home, 'kept', name, basename(path)));
    const script = `firewall/${name}.sh`;
    const isOld = [script, ...rules].some(
      (path) => kept(path) !== readableText(join(directory, path)),
    );
    if (!isOld) return [];
    const never = kept(script) === undefined;
    return [
      {
        where: `the firewall ${name}`,
        what: never
          ? `The rules of ${name} were not put in force on this server.`
          : `The rules of ${name} that are in force are not those of these files.`,
        why: never
          ? 'Whatever a program or a container of this server answers is open to everybody.'
          : 'Ports that an answer has changed are still open or closed as before.',
        fix: 'sudo ./stack firewall apply shows what changes, and puts it in force.',
      },
    ];
  });
}
