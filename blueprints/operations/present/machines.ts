import { type Decisions, domainIn, machinesOf } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The further machines, whose folders the script completes. */
export function machinesView({ answers }: Decisions) {
  const authDomain = domainIn(answers.settings, 'XMPP_AUTH_DOMAIN');
  return {
    machines: words(machinesOf(answers).map(({ name }) => name)),
    /** Under which prosody shows itself to its services. */
    authDomain,
    alternative: `subjectAltName=DNS:${authDomain}`,
  };
}
