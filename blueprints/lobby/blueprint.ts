import { defineBlueprint } from '../../src/blueprint.ts';

/**
 * What Jitsi's lobby and its guests need so that the wrong people neither wait nor pass; who switches it on is the answers' affair.
 * The module lies in every stack, as those of tokens do.
 */
export const lobby = defineBlueprint({
  id: 'lobby',
  title: 'Lobby',
  order: 64,
  contribute: ({ answers: { auth } }) =>
    auth.guests === 'knock' || (auth.guests === 'wait' && auth.moderators === 'token')
      ? { troubles: [waiting] }
      : {},
});

const waiting = {
  symptom: 'Somebody who has signed in waits in the lobby.',
  cause:
    'They came as a guest: the page signs people in only when they ask for it, or when they open the room.',
  fix: 'Choose “I am the host” or sign in from the menu; a moderator inside can open as well.',
};
