import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import type { Variables } from '../variables.ts';

const names = ['TURN_HOST', 'TURNS_HOST', 'TURN_PORT', 'TURNS_PORT', 'TURN_TRANSPORT'] as const;

/** Who relays: a coTURN of the installation, one elsewhere, or nobody. */
export function inferTurn(
  { services }: Installation,
  variables: Variables,
  findings: Findings,
): void {
  findings.use('turn', ...names, 'TURN_CREDENTIALS', 'P2P_STUN_SERVERS');
  const hosts = [variables.get('TURN_HOST'), variables.get('TURNS_HOST')].flatMap(
    (one) => one ?? [],
  );
  const coturn = services.get('coturn');
  const [first] = hosts;
  const listed = [
    ...new Set(hosts.flatMap(({ value }) => value.split(',').map((one) => one.trim()))),
  ];
  const [host = '', ...more] = listed;
  if (coturn) {
    findings.answer('turn.mode', 'coturn', `it has a service ${coturn.name}`, coturn.evidence);
    if (first && host) findings.answer('turn.domain', host, 'the relay’s name', first.evidence);
  } else if (first && host) {
    const port = variables.get('TURN_PORT');
    const tls = variables.get('TURNS_PORT');
    findings.answer('turn.mode', 'existing', `its relay is ${host}`, first.evidence);
    findings.answer('turn.host', host, 'the relay’s name', first.evidence);
    if (port) findings.answer('turn.port', Number(port.value), 'TURN_PORT', port.evidence);
    if (tls) findings.answer('turn.tlsPort', Number(tls.value), 'TURNS_PORT', tls.evidence);
  } else {
    findings.answer('turn.mode', 'none', 'neither TURN_HOST nor TURNS_HOST is set');
    // Ports of no relay say nothing.
    for (const name of ['TURN_PORT', 'TURNS_PORT']) findings.used.set(name, undefined);
  }
  if (more.length > 0 && first) {
    findings.noPlace(
      'TURN_HOST',
      { ...first, value: more.join(', ') },
      'The stack names one relay; further ones have no place.',
    );
  }
  for (const name of ['TURN_USERNAME', 'TURN_PASSWORD']) {
    const stated = variables.get(name);
    if (stated) {
      findings.noPlace(
        name,
        { ...stated, value: '' },
        'The stack’s relay makes short-lived passwords from a shared secret (use-auth-secret). Give your TURN server one, or take coTURN in the stack (--turn coturn).',
      );
    }
  }
}
