import { defineBlueprint, nodeHealth } from '../../src/blueprint.ts';
import { imageFor } from './release-image.ts';

/** The image itself listens on port 80 as root; any port above 1024 does without. */
const port = 3002;
/** What Jitsi's own pages allow on one board. */
const peopleOnOneBoard = 25;

/** A board that everybody in a room draws on: Excalidraw's server, which passes on what the browsers have encrypted. */
export const extraWhiteboard = defineBlueprint({
  id: 'extra-whiteboard',
  title: 'Whiteboard',
  order: 50,
  offer: {
    section: 'extras',
    value: 'whiteboard',
    label: 'A whiteboard',
    hint: 'everybody in the room draws on it; it is gone when the last one leaves',
    says: 'Moderators can open a whiteboard for the room.',
    order: 1,
  },
  check: ({ answers: { settings } }) =>
    'WHITEBOARD_COLLAB_SERVER_PUBLIC_URL' in settings
      ? [
          {
            answer: 'settings.WHITEBOARD_COLLAB_SERVER_PUBLIC_URL',
            what: 'This setting sends people to a whiteboard elsewhere, and the one of this stack would stand idle.',
            fix: 'Remove the setting, or take whiteboard out of extras.',
          },
        ]
      : [],
  contribute: ({ release, memory }) => ({
    services: [
      {
        name: 'whiteboard',
        about:
          'The whiteboard: passes on what people draw, encrypted by their browsers. Keeps nothing.',
        image: imageFor(release),
        user: '1000:1000',
        // The image would compile its program at each start, which a read-only root does not allow.
        command: ['node', 'dist/index.js'],
        tmpfs: ['/tmp:size=16M,mode=1777,noexec'],
        aliases: ['whiteboard.meet.jitsi'],
        memory: memory(0.03, 96, 256),
        healthcheck: nodeHealth(port, '60s'),
        comments: {
          command: 'What npm start ends in; the compiling before it is done already in the image.',
          'environment.USER_LIMIT': 'People on one board; the next one is sent away from it.',
        },
      },
    ],
    environment: {
      whiteboard: { PORT: port, USER_LIMIT: peopleOnOneBoard },
      // Web passes /socket.io/ on, and names its own address to the page.
      web: { WHITEBOARD_COLLAB_SERVER_URL_BASE: `http://whiteboard.meet.jitsi:${port}` },
    },
    endpoints: [
      {
        name: 'whiteboard',
        protocol: 'tcp',
        port,
        from: 'containers',
        service: 'whiteboard',
        purpose: 'Whiteboard, for web',
      },
    ],
    // Both versions of the server speak the older protocol too.
    probes: [
      {
        path: '/socket.io/?EIO=3&transport=websocket',
        answers: 'websocket',
        service: 'whiteboard',
      },
    ],
    links: [{ from: 'web', to: 'whiteboard', label: '/socket.io/' }],
    troubles: [
      {
        symptom: 'The whiteboard stays empty, or everybody sees only what they draw themselves.',
        cause:
          'The WebSocket at /socket.io/ does not come through, often because of another proxy in front.',
        fix: '`./stack status` says whether the whiteboard runs; a proxy of yours has to pass /socket.io/ on with Upgrade and Connection.',
      },
    ],
  }),
});
