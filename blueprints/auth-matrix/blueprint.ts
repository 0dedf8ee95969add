import {
  accessContribution,
  accessProblems,
  defineBlueprint,
  moderatorsField,
  type SigningIn,
} from '../../src/blueprint.ts';
import { serviceProblems } from './problems.ts';

const people: SigningIn = {
  signIn: 'matrix',
  opens: 'People open the meeting of a Matrix room that they are in, from Element.',
  leaves: 'Element’s meetings open nothing here any more; MATRIX_UVS_AUTH_TOKEN may go from .env.',
  type: 'matrix',
};

/** People of a Matrix room, whom its homeserver knows. */
export const authMatrix = defineBlueprint({
  id: 'auth-matrix',
  title: 'People of a Matrix room',
  order: 60,
  offer: {
    section: 'auth',
    value: 'matrix',
    label: 'People of a Matrix room (Element)',
    hint: 'your homeserver says who is in it; nobody comes in from outside Matrix',
    order: 4,
  },
  // Where Element asks how people sign in is answered by web's NGINX.
  uses: ['nginx-custom'],
  fields: {
    serviceUrl: {
      kind: 'text',
      question: 'At which address is the user verification service of your homeserver?',
      description:
        'where matrix-user-verification-service answers, such as http://uvs.example.org:3000',
    },
    moderators: moderatorsField('matrix'),
  },
  formats: { 'jitsi/web/nginx-custom/matrix.conf': 'nginx' },
  check: ({ own }) => [...serviceProblems(own), ...accessProblems(people, own)],
  contribute({ answers, own }) {
    const { access, environment = {} } = accessContribution(people, own, answers);
    return {
      ...(access && { access }),
      environment: {
        ...environment,
        prosody: {
          ...environment.prosody,
          MATRIX_UVS_URL: own.serviceUrl,
          // Without it, whoever gets at that service may ask it about people.
          MATRIX_UVS_AUTH_TOKEN: { secret: 'MATRIX_UVS_AUTH_TOKEN' },
          MATRIX_UVS_SYNC_POWER_LEVELS: own.moderators === 'power-level',
          MATRIX_LOBBY_BYPASS: false,
        },
      },
      secrets: [
        {
          name: 'MATRIX_UVS_AUTH_TOKEN',
          about: 'what the user verification service wants to hear (its UVS_AUTH_TOKEN)',
          given: true as const,
        },
      ],
      steps: [
        {
          phase: 'before',
          title: 'Enter what the verification service wants to hear',
          detail:
            'The value of UVS_AUTH_TOKEN there, letters and digits (openssl rand -hex 32). It is asked for and goes into .env.',
          command: './stack secret MATRIX_UVS_AUTH_TOKEN',
        },
        {
          phase: 'after',
          title: 'Lead Element here',
          detail: `Set “jitsi”: { “preferredDomain”: “${answers.domain}” } in Element’s config.json, then start a meeting in a room.`,
        },
      ],
      troubles: [
        {
          symptom: 'The page asks for a user and a password, and none is right.',
          cause: 'Somebody came by a link instead of from Element.',
          fix: 'They open the meeting from the Matrix room.',
        },
        {
          symptom: 'Element opens the meeting, and it says that you are not allowed in.',
          cause:
            'The verification service cannot be reached from prosody, wants to hear something else, or says that you are not in the room.',
          fix: '`docker compose logs prosody` says which; that service’s own log says the rest.',
        },
      ],
    };
  },
});
