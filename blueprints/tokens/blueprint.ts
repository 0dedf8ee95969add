import { defineBlueprint } from '../../src/blueprint.ts';

/**
 * What prosody needs besides Jitsi's own modules wherever tokens open rooms, whoever signs them, Matrix among them. The modules lie in every stack: a
 * container of the way before that starts once more, between an update and `./stack up`, has to find them.
 */
export const tokens = defineBlueprint({
  id: 'tokens',
  title: 'Tokens',
  order: 61,
  contribute({ answers: { auth } }) {
    if (auth.mode === 'jwt' || auth.mode === 'oidc')
      return { lists: { prosody: { XMPP_MODULES: ['tokens_expire'] } } };
    if (auth.mode === 'matrix')
      return { lists: { prosody: { XMPP_MUC_MODULES: ['matrix_own_room'] } } };
    return {};
  },
});
