import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';

/** Parts of the `stack` script; they are included in it and stand in no stack by themselves. */
const parts = [
  'backup',
  'certs',
  'compose',
  'environment',
  'health',
  'help',
  'images',
  'name',
  'restore',
  'rollback',
  'rotate',
  'say',
  'status',
  'up',
  'upgrade',
  'users',
] as const;

/** Daily work on the server: the `stack` script, and the container that makes everything ready before each start. */
export const operations = defineBlueprint({
  id: 'operations',
  title: 'Operations',
  order: 5,
  formats: { stack: 'sh' },
  contribute({ release }) {
    return {
      services: [
        {
          name: 'prepare',
          image,
          about:
            'Runs before all others at every start: makes directories, owners and the first certificate right, then ends.',
          lifetime: 'once',
          network: 'none',
          user: '0:0',
          entrypoint: ['/bin/sh', '/stack/scripts/prepare.sh'],
          volumes: [{ source: '.', target: '/stack', readOnly: false }],
          capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
          memory: 64,
          comments: {
            user: 'Root, but without a network and able to do no more than change owners and modes.',
          },
        },
      ],
      files: {
        stack: { executable: true },
        ...Object.fromEntries(
          parts.map((part) => [`stack.d/${part}.sh`, { absent: true } as const]),
        ),
        'scripts/prepare.d/accounts.sh': { absent: true },
      },
      steps: [
        {
          phase: 'start',
          title: 'Start it',
          detail:
            'The first start makes what is missing of .env, fetches the images, which takes a few minutes, waits until everything is healthy, and says what is not.',
          command: './stack up',
        },
      ],
      troubles: [
        {
          symptom: '“service prepare didn’t complete successfully”, and nothing starts.',
          cause:
            'Something that the containers need could not be made ready: a full or read-only disk, half a certificate.',
          fix: 'docker compose logs prepare says in a sentence what it is.',
        },
        {
          symptom: 'An edit in nginx/, coturn/ or jitsi/ has no effect.',
          cause: 'The containers read their configuration when they start.',
          fix: './stack up reloads or restarts what is older than its configuration, and nothing else.',
        },
        {
          symptom:
            'Jicofo or the bridge fails with “not-authorized” after a password in .env was changed.',
          cause: release.capabilities.passwordsFollowEnvironment
            ? 'Not all services that use the password have been started anew.'
            : 'Prosody keeps the password that an account was made with; .env is read only when it is made.',
          fix: './stack rotate gives all of them new passwords, in prosody and in .env.',
        },
        {
          symptom: '“permission denied” from ./stack or docker compose.',
          cause: 'Docker answers root and the members of the group docker only.',
          fix: 'Use sudo, or have yourself added: sudo usermod -aG docker YOU, then log in again.',
        },
      ],
    };
  },
});
