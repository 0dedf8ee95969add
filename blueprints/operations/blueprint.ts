import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';
import { present } from './present/view.ts';

/** Parts of the `stack` script; they are included in it and stand in no stack by themselves. */
const parts = [
  'alerts',
  'backup',
  'busy',
  'certs',
  'check',
  'compose',
  'copies',
  'decrypt',
  'environment',
  'firewall',
  'firewall-others',
  'firewall-ssh',
  'firewall-undo',
  'health',
  'help',
  'images',
  'import',
  'keeper',
  'ldap',
  'name',
  'passwords',
  'proxy',
  'recordings',
  'refresh',
  'restore',
  'rollback',
  'rotate',
  'say',
  'secret',
  'status',
  'timer',
  'token',
  'tools',
  'up',
  'upgrade',
  'users',
  'value',
] as const;

/** Parts of the scripts that `prepare` runs. */
const steps = ['accounts', 'certificate', 'say'] as const;

/** Daily work on the server: the `stack` script, and the container that makes everything ready before each start. */
export const operations = defineBlueprint({
  id: 'operations',
  title: 'Operations',
  order: 5,
  formats: { stack: 'sh' },
  contribute({ answers, release }) {
    const tells = answers.alerts.by !== 'none' || answers.rebuild.by !== 'none';
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
          volumes: [{ source: './scripts', target: '/stack/scripts' }],
          mountsAll: '/stack',
          tmpfs: ['/tmp:size=1M,mode=1777,noexec'],
          capabilities: ['CHOWN', 'DAC_READ_SEARCH', 'FOWNER', 'SETGID', 'SETUID'],
          memory: 64,
          comments: {
            user: 'Root, to change owners and what their group may read. It writes nothing: that is done as the containers’ user.',
            volumes:
              'What containers write and read, and nothing else of this directory: what one of them plants there leads nowhere.',
          },
        },
        {
          name: 'remember',
          image,
          about:
            'Keeps a copy of the files of each start, which is what a failed upgrade goes back to, then ends.',
          lifetime: 'once',
          network: 'none',
          user: '0:0',
          entrypoint: ['/bin/sh', '-c', 'sh /stack/scripts/remember.sh || true'],
          volumes: [
            { source: '.', target: '/stack' },
            { source: './backups', target: '/stack/backups', readOnly: false },
          ],
          dependsOn: { prepare: 'completed' },
          capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
          memory: 64,
          comments: {
            user: 'Root, because the files are their owner’s. It can write to backups/ only, where no container does.',
          },
        },
      ],
      files: {
        stack: { executable: true },
        'scripts/tell.sh': tells ? { executable: true } : { absent: true },
        ...Object.fromEntries(
          parts.map((part) => [`stack.d/${part}.sh`, { absent: true } as const]),
        ),
        ...Object.fromEntries(
          steps.map((part) => [`scripts/prepare.d/${part}.sh`, { absent: true } as const]),
        ),
      },
      steps: [
        {
          phase: 'start',
          title:
            answers.host.here === false ? 'Start it on the server, in the folder meet' : 'Start it',
          detail:
            'The first start makes the missing secrets in .env, downloads the images (a few minutes) and waits until everything is healthy. If something is not, it says what.',
          command: './stack up',
        },
      ],
      troubles: [
        {
          symptom: '“service prepare didn’t complete successfully”, and nothing starts.',
          cause:
            'Something that the containers need is not ready: perhaps the disk is full or read-only, or half of the certificate is missing.',
          fix: '`docker compose logs prepare` tells you what it is.',
        },
        {
          symptom: 'An edit in nginx/, coturn/ or jitsi/ has no effect.',
          cause: 'The containers read their configuration when they start.',
          fix: '`./stack up` reloads or restarts what is older than its configuration, and nothing else.',
        },
        {
          symptom:
            'Jicofo or the bridge fails with “not-authorized” after a password in `.env` was changed.',
          cause: release.capabilities.passwordsFollowEnvironment
            ? 'Not all services that use the password have been started anew.'
            : 'Prosody keeps the password that an account was made with; `.env` is read only when it is made.',
          fix: '`./stack rotate` gives all of them new passwords, in prosody and in `.env`.',
        },
        {
          symptom: '“permission denied” from `./stack` or `docker compose`.',
          cause: 'Docker only answers root and the members of the group docker.',
          fix: 'Use sudo, or add yourself to the group: `sudo usermod -aG docker YOU`, then log in again.',
        },
      ],
    };
  },
  present,
});
