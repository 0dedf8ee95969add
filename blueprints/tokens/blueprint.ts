import { defineBlueprint } from '../../src/blueprint.ts';

/**
 * What prosody needs besides Jitsi's own modules wherever tokens open rooms, whoever signs them. The modules lie in every stack: a
 * container of the way before that starts once more, between an update and `./stack up`, has to find them.
 */
export const tokens = defineBlueprint({
  id: 'tokens',
  title: 'Tokens',
  order: 61,
  contribute: ({ answers: { auth } }) =>
    auth.mode === 'jwt' || auth.mode === 'oidc'
      ? { lists: { prosody: { XMPP_MODULES: ['tokens_expire'] } } }
      : {},
});
