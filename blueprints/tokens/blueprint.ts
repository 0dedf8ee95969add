import { type Answers, defineBlueprint } from '../../src/blueprint.ts';

/** What prosody needs besides Jitsi's own modules wherever tokens open rooms, whoever signs them. */
export const tokens = defineBlueprint({
  id: 'tokens',
  title: 'Tokens',
  order: 61,
  applies: ({ auth }: Answers) => auth.mode === 'jwt' || auth.mode === 'oidc',
  contribute: () => ({ lists: { prosody: { XMPP_MODULES: ['tokens_expire'] } } }),
});
