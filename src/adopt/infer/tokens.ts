import { placeOf, type Stated } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Variables } from '../variables.ts';

/**
 * Which tokens open rooms: whose, for whom, and where their keys are. Who made tokens so far goes on making them, so
 * nothing here may be guessed.
 */
export function inferTokens(variables: Variables, findings: Findings): void {
  const { at } = variables;
  const stated = (name: string) => at('prosody', name) ?? variables.get(name);
  const server = stated('JWT_ASAP_KEYSERVER');
  const configuration = stated('XMPP_CONFIGURATION');
  const jwks = configuration && /cache_keys_url\s*=\s*"([^"]+)"/.exec(configuration.value)?.[1];
  const url = stated('TOKEN_AUTH_URL');
  if (configuration && jwks) {
    findings.answer('auth.keys', 'jwks', 'XMPP_CONFIGURATION names them', configuration.evidence);
    findings.answer('auth.keysUrl', jwks, 'the same', configuration.evidence);
    findings.used.set('XMPP_CONFIGURATION', undefined);
  } else if (server) {
    findings.answer('auth.keys', 'key-server', 'JWT_ASAP_KEYSERVER', server.evidence);
    findings.answer('auth.keysUrl', server.value, 'the same', server.evidence);
  } else inferSecret(variables, findings);
  one('auth.issuer', stated('JWT_ACCEPTED_ISSUERS') ?? stated('JWT_APP_ID'), findings);
  one('auth.audience', stated('JWT_ACCEPTED_AUDIENCES'), findings);
  if (url) findings.answer('auth.signInUrl', url.value, 'TOKEN_AUTH_URL', url.evidence);
}

/** Without the old secret a new one would be made, and no program that makes links would know it. */
function inferSecret({ get, unseen }: Variables, findings: Findings): void {
  const secret = get('JWT_APP_SECRET');
  if (secret) {
    findings.answer('auth.keys', 'secret', 'JWT_APP_SECRET comes along', secret.evidence);
    return;
  }
  const handed = unseen('prosody', 'JWT_APP_SECRET');
  findings.undecided.push({
    ...(handed && { evidence: handed.evidence }),
    what: `It opens rooms with tokens, but their secret, JWT_APP_SECRET, is not in these files${handed ? ` (${placeOf(handed.evidence)})` : ''}. Without it, all links that other programs make would be refused.`,
    fix: 'Name the file that has the values with --env-file FILE, or put JWT_APP_SECRET=… into .env of the old installation.',
  });
}

/** A stack takes one issuer and one audience; `*` and several are for its owner to decide. */
function one(
  answer: 'auth.issuer' | 'auth.audience',
  stated: Stated | undefined,
  findings: Findings,
) {
  const values = (stated?.value ?? '').split(',').map((value) => value.trim());
  const [value = ''] = values;
  if (stated && values.length === 1 && value !== '' && value !== '*') {
    findings.answer(answer, value, stated.evidence.key ?? '', stated.evidence);
    return;
  }
  const [who, part] = answer === 'auth.issuer' ? ['issuer', 'iss'] : ['audience', 'aud'];
  const found = stated
    ? `${stated.value} (${placeOf(stated.evidence)})`
    : 'nothing that says which';
  findings.undecided.push({
    answer,
    what: `A stack takes tokens of one ${who} (${part}) only, and the old installation has ${found}.`,
    fix: `Give the one that your tokens name with --${answer.replace('.', '-')}.`,
  });
}
