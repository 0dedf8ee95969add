import { defineBlueprint } from '../../src/blueprint.ts';

/** A page on which people see before a meeting whether it will work from where they are. */
export const extraConnectionTest = defineBlueprint({
  id: 'extra-connection-test',
  title: 'Connection test',
  order: 87,
  offer: {
    section: 'extras',
    value: 'connection-test',
    label: 'A page that tests the connection before a meeting',
    hint: 'for people in offices that are said to be strict; at /connection-test',
    order: 50,
  },
  // Web's own NGINX serves the page, so that it is there behind every edge.
  uses: ['nginx-custom'],
  formats: { '*.html': 'lines', '*.css': 'lines', '*.conf': 'nginx' },
  contribute: ({ url }) => ({
    steps: [
      {
        phase: 'meeting',
        title: 'Send people the connection test',
        detail: `${url}/connection-test says in a sentence whether a meeting will work from where they are, and what to tell you.`,
      },
    ],
  }),
  present: ({ url }) => ({ socket: url.replace(/^https/, 'wss') }),
});
