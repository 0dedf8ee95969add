import type { Problem } from '../../src/blueprint.ts';

interface Own {
  readonly keys: string;
  readonly keysUrl?: string | undefined;
  readonly issuer: string;
  readonly audience: string;
}

/** Answers with which tokens would be refused, or those of strangers taken. */
export function tokenProblems({ keys, keysUrl, issuer, audience }: Own): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (answer: string, what: string, why: string, fix: string) =>
    problems.push({ answer: `auth.${answer}`, what, why, fix });
  // The images write both into Lua as they are, and cut them at commas.
  for (const [name, value] of Object.entries({ issuer, audience })) {
    if (!/^[A-Za-z0-9._:/~-]{1,200}$/.test(value))
      refuse(
        name,
        `“${value}” cannot be the ${name} of a token.`,
        'Jitsi’s images take letters, digits and . _ : / ~ - only; a comma would make two of it.',
        'Give the exact text that the tokens carry.',
      );
  }
  if (audience === 'account')
    refuse(
      'audience',
      'The audience “account” is in every token of a Keycloak realm.',
      'Whoever has a token for any other program there could open rooms.',
      'Give the client an audience mapper of its own and name that here, such as jitsi.',
    );
  if (keys !== 'secret' && keysUrl === undefined)
    refuse(
      'keysUrl',
      'The address of the keys is missing.',
      'Without it no token can be checked.',
      'Give --auth-keys-url.',
    );
  if (keys === 'secret' && keysUrl !== undefined)
    refuse(
      'keysUrl',
      'An address of keys and a secret of this stack’s own do not go together.',
      'Once there are published keys, tokens that are signed with the secret are refused.',
      'Leave it out, or choose --auth-keys jwks or key-server.',
    );
  if (keysUrl !== undefined && !/^[^,"\\\s]+$/.test(keysUrl))
    refuse(
      'keysUrl',
      'The address of the keys has a comma in it.',
      'Jitsi’s images cut it there.',
      'Use an address without one.',
    );
  return problems;
}
