import { type Evidence, placeOf } from './evidence.ts';
import type { Undecided } from './findings.ts';
import type { Installation } from './installation.ts';
import { jitsiRoles } from './read/roles.ts';
import type { Variables } from './variables.ts';

/** Passwords without which Jitsi's containers do not start: one of them is always somewhere. */
const needed = ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'];

/** Names that a sentence lists. */
const most = 12;

/** Values of an installation that Compose gets from elsewhere than these files: a shell, `--env-file`, a panel. */
export interface Elsewhere {
  readonly passwords: readonly { readonly name: string; readonly evidence: Evidence }[];
  /** Files of variables that services are given and that are not there. */
  readonly files: readonly string[];
}

/** What says that values come from elsewhere; undefined where they are all here. */
export function valuesElsewhere({ services }: Installation): Elsewhere | undefined {
  const jitsi = [...services].filter(([role]) => ['prosody', 'jicofo', 'jvb'].includes(role));
  const passwords = needed.flatMap((name) => {
    const here = jitsi.some(([, { environment }]) => (environment.get(name)?.value ?? '') !== '');
    const handed = jitsi.flatMap(([, { unseen }]) => unseen.get(name) ?? [])[0];
    return here || !handed ? [] : [{ name, evidence: handed.evidence }];
  });
  const files = [...new Set(jitsi.flatMap(([, { missingFiles }]) => missingFiles))];
  return passwords.length + files.length > 0 ? { passwords, files } : undefined;
}

/** The passwords have to be found before accounts are taken over: prosody keeps them, and jicofo must know the same. */
export function undecidedPasswords({ passwords, files }: Elsewhere): Undecided[] {
  const [first] = passwords;
  if (!first) return [];
  const names = passwords.map(({ name }) => name).join(' and ');
  const lost =
    files.length > 0
      ? ` ${files.join(' and ')} ${files.length === 1 ? 'is' : 'are'} named there, but not here.`
      : '';
  return [
    {
      evidence: first.evidence,
      what: `${names} ${passwords.length === 1 ? 'is' : 'are'} handed on to the containers, but no value is in these files (${placeOf(first.evidence)}).${lost}`,
      fix: 'Name the file that has the values with --env-file FILE, as for docker compose. Where a panel such as Portainer or Coolify keeps them, copy them into a file as NAME=VALUE first.',
    },
  ];
}

/** Other variables whose values were not seen; empty where there are none. */
export function unseenNote({ services }: Installation, { all }: Variables): string {
  const names = jitsiRoles.flatMap((role) => [...(services.get(role)?.unseen.keys() ?? [])]);
  const open = [...new Set(names)].filter((name) => !all.has(name) && !needed.includes(name));
  if (open.length === 0) return '';
  const more = open.length > most ? ` and ${open.length - most} more` : '';
  return `Values come from elsewhere than these files, and were not seen: ${open.slice(0, most).join(', ')}${more}. --env-file FILE reads them.`;
}
