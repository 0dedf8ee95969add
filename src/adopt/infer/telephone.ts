import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { switched, type Variables } from '../variables.ts';

/** What decides there through which account Jigasi calls; the answer that says the same. */
const told = {
  JIGASI_SIP_URI: 'telephone.account',
  JIGASI_SIP_SERVER: 'telephone.server',
  JIGASI_SIP_PORT: 'telephone.port',
  JIGASI_SIP_DEFAULT_ROOM: 'telephone.room',
  JIGASI_PORT_MIN: 'telephone.firstPort',
} as const;

/** The extra in which a stack has what the old installation's Jigasi does; none where strangers could call with it. */
export function telephoneExtras(
  { services }: Installation,
  variables: Variables,
  findings: Findings,
): readonly string[] {
  const jigasi = services.get('jigasi');
  if (!jigasi) return [];
  const account = variables.get('JIGASI_SIP_URI');
  if (!account || switched(variables.get('ENABLE_AUTH')) !== 'on') {
    findings.noPlaceForService(
      jigasi,
      account
        ? 'Everybody may open rooms there, and so call on your bill. A stack has telephone only where people sign in: choose --auth, then add telephone to the extras.'
        : 'It names no SIP account (JIGASI_SIP_URI), so it reaches nobody. Add telephone to the extras once you have one.',
    );
    return [];
  }
  for (const [name, answer] of Object.entries(told)) {
    const stated = variables.get(name);
    if (stated)
      findings.answer(answer, spelled(name, stated.value), `${name} says so`, stated.evidence);
  }
  const transport = variables.get('JIGASI_SIP_TRANSPORT');
  if (transport)
    findings.answer(
      'telephone.transport',
      transport.value.toLowerCase(),
      'JIGASI_SIP_TRANSPORT says so',
      transport.evidence,
    );
  findings.use('telephone', ...Object.keys(told), 'JIGASI_SIP_TRANSPORT', 'JIGASI_PORT_MAX');
  return ['telephone'];
}

/** A room may stand there with the domain of all rooms. */
function spelled(name: string, value: string): string {
  return name === 'JIGASI_SIP_DEFAULT_ROOM' ? value.replace(/@.*/, '').toLowerCase() : value;
}
