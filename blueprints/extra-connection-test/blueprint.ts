import { type Answers, defineBlueprint, domainIn } from '../../src/blueprint.ts';

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
  contribute: ({ answers: { settings }, url }) => ({
    lists: {
      prosody: {
        XMPP_MODULES: ['connection_test'],
        XMPP_CONFIGURATION: [
          `connection_test_host = "${domainIn(settings, 'XMPP_DOMAIN')}"`,
          `connection_test_bridges = "${bridgesRoom(settings)}"`,
        ],
      },
    },
    links: [{ from: 'web', to: 'prosody', label: '5280' }],
    steps: [
      {
        phase: 'meeting',
        title: 'Send people the connection test',
        detail: `${url}/connection-test says in a sentence whether a meeting will work from where they are, and what to tell you.`,
      },
    ],
  }),
  present: ({ url, answers: { settings } }) => ({
    socket: url.replace(/^https/, 'wss'),
    host: domainIn(settings, 'XMPP_DOMAIN'),
  }),
});

/** The room in which jicofo finds the bridges; the default is that of all known releases. */
function bridgesRoom(settings: Answers['settings']): string {
  return `${settings.JVB_BREWERY_MUC ?? 'jvbbrewery'}@${domainIn(settings, 'XMPP_INTERNAL_MUC_DOMAIN')}`;
}
