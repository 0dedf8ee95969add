import { deciderOf } from '../../access/variables.ts';
import type { Section } from '../../answers/sections.ts';
import type { Stated } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { switched, type Variables } from '../variables.ts';
import { inferDirectory } from './directory.ts';
import { inferMatrix } from './matrix.ts';
import { inferTokens } from './tokens.ts';
import { undecidedAuth, unseenAuth } from './unseen-auth.ts';
import { inferWay, wayOf } from './way.ts';

/**
 * Who may open a room. What is not sure is left open: an installation must not become public by being adopted.
 *
 * @param elsewhere values are known to come from elsewhere than the files that were read
 */
export function inferAuth(
  sections: readonly Section[],
  { commented }: Installation,
  variables: Variables,
  findings: Findings,
  elsewhere: boolean,
): void {
  findings.use('auth', ...[...variables.all.keys()].filter((name) => deciderOf(name)));
  const unseen = unseenAuth(variables, elsewhere);
  // Where the other values stand, its owner has left it off.
  const off = elsewhere ? undefined : commented.get('ENABLE_AUTH');
  if (unseen && off) {
    findings.answer('auth.mode', 'open', 'ENABLE_AUTH is commented out', off);
    return;
  }
  if (unseen) {
    findings.undecided.push(undecidedAuth(unseen));
    return;
  }
  const { at } = variables;
  const auth = at('prosody', 'ENABLE_AUTH') ?? variables.get('ENABLE_AUTH');
  const opens = at('jicofo', 'JICOFO_ENABLE_AUTH') ?? at('jicofo', 'ENABLE_AUTH') ?? auth;
  const unclear = [auth, opens].find((one) => switched(one) === 'unclear');
  if (unclear) {
    const name = unclear.evidence.key ?? 'ENABLE_AUTH';
    undecided(
      findings,
      `${name} is “${unclear.value}”, which Jitsi’s images do not all understand in the same way, so it is not clear who may open a room.`,
    );
  } else if (auth && switched(auth) === 'on')
    inferMode(sections, auth, opens ?? auth, variables, findings);
  else if (switched(opens) === 'on') undecided(findings, disagreement(auth, opens));
  else {
    const why = auth ? 'ENABLE_AUTH is off' : 'ENABLE_AUTH is not set';
    findings.answer('auth.mode', 'open', why, ...(auth ? [auth.evidence] : []));
  }
}

function inferMode(
  sections: readonly Section[],
  auth: Stated,
  opens: Stated,
  variables: Variables,
  findings: Findings,
): void {
  const type = variables.at('prosody', 'PROSODY_AUTH_TYPE') ?? variables.get('AUTH_TYPE');
  const mode = type?.value ?? 'internal';
  const common = variables.get('AUTH_TYPE')?.value ?? 'internal';
  if (mode !== common) {
    undecided(findings, `Prosody logs people in with ${mode}, and the others with ${common}.`);
    return;
  }
  const offered = sections.find(({ id }) => id === 'auth')?.choice?.fields ?? {};
  if (!Object.hasOwn(offered, mode)) {
    undecided(
      findings,
      `It logs people in with ${type?.evidence.key ?? 'AUTH_TYPE'} ${mode}, which no stack offers yet (${Object.keys(offered).join(', ')}).`,
    );
    if (type) findings.noPlace('AUTH_TYPE', type, 'This way of logging in is not offered yet.');
    return;
  }
  const empty = variables.at('prosody', 'JWT_ALLOW_EMPTY') ?? variables.get('JWT_ALLOW_EMPTY');
  if (mode === 'jwt' && switched(empty) !== 'off') {
    undecided(
      findings,
      'JWT_ALLOW_EMPTY is on: so far everybody gets in without a token, opens rooms and moderates.',
    );
    return;
  }
  if (mode === 'matrix' && switched(opens) === 'on') {
    findings.answer('auth.mode', mode, 'AUTH_TYPE is matrix', (type ?? auth).evidence);
    inferMatrix(variables, findings);
    return;
  }
  const signIn = mode === 'jwt' ? 'token' : 'password';
  const way = mode === 'matrix' ? undefined : wayOf(variables, signIn, switched(opens) === 'on');
  if (!way) {
    undecided(findings, disagreement(auth, opens));
    return;
  }
  const why = type ? `${type.evidence.key ?? 'AUTH_TYPE'} is ${mode}` : 'ENABLE_AUTH is on';
  findings.answer('auth.mode', mode, why, (type ?? auth).evidence);
  inferWay(way, variables, findings);
  if (mode === 'jwt') inferTokens(variables, findings);
  if (mode === 'ldap') inferDirectory(variables, findings);
}

function undecided(findings: Findings, what: string): void {
  findings.undecided.push({ answer: 'auth.mode', what });
}

/** Prosody lets people in and jicofo lets them open rooms; where only one of them asks for accounts, it is an open server. */
function disagreement(auth: Stated | undefined, opens: Stated | undefined): string {
  const name = opens?.evidence.key ?? 'ENABLE_AUTH';
  return switched(auth) === 'on'
    ? `It has accounts, but jicofo does not ask for them (${name} is ${opens?.value ?? 'not set'}): so far everybody who gets in opens rooms.`
    : `Jicofo asks for accounts (${name} is ${opens?.value}), but prosody lets everybody in: so far everybody opens rooms and moderates.`;
}
