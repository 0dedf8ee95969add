import { defineBlueprint, jitsiContainer } from '../../src/blueprint.ts';

/** Conference focus: brings the participants of a room and a bridge together. */
export const jicofo = defineBlueprint({
  id: 'jicofo',
  title: 'Jicofo (conference focus)',
  order: 40,
  formats: { '*.conf': 'hocon' },
  contribute({ answers, release, memory }) {
    const { comments, directories, ...container } = jitsiContainer(release, 'jicofo');
    const heap = memory(0.12, 80, 2048);
    const beside = memory(0.05, 96, 192);
    return {
      services: [
        {
          ...container,
          name: 'jicofo',
          about: 'Opens rooms and assigns them to the bridge.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory: heap + beside,
          comments: {
            ...comments,
            'environment.JICOFO_ENABLE_HEALTH_CHECKS':
              'Without it the health URL does not exist and the container never becomes healthy.',
            'environment.JICOFO_MAX_MEMORY':
              'Java’s heap; its default of 3 GB is more than a small server has.',
          },
        },
      ],
      directories,
      remembersBrowsers: 'jicofo',
      links: [{ from: 'jicofo', to: 'prosody', label: '5222' }],
      environment: {
        jicofo: {
          JICOFO_AUTH_PASSWORD: { secret: 'JICOFO_AUTH_PASSWORD' },
          JICOFO_ENABLE_HEALTH_CHECKS: true,
          TZ: answers.host.timezone,
        },
      },
      defaults: { jicofo: { JICOFO_MAX_MEMORY: `${heap}m` } },
      troubles: [
        {
          symptom:
            'After a start the logs have lines such as “Error: User exists”, “Not listening on any ports, ‘health’ will be unreachable” or “could not build optimal variables_hash”, and jicofo is unhealthy for some seconds.',
          cause: 'A healthy stack logs them at every start; jicofo waits until it sees a bridge.',
          fix: 'Nothing is wrong when `./stack status` says so.',
        },
      ],
      files: { 'jitsi/jicofo/custom-jicofo.conf': { seeded: true } },
    };
  },
});
