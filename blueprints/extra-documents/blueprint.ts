import { defineBlueprint, nodeHealth } from '../../src/blueprint.ts';
import { image } from './image.ts';

const port = 9001;
/** The image's own user. */
const user = 5001;

/** A document that everybody in a room writes in: Etherpad, in a frame of Jitsi's page. */
export const extraDocuments = defineBlueprint({
  id: 'extra-documents',
  title: 'Shared documents',
  order: 51,
  offer: {
    section: 'extras',
    value: 'documents',
    label: 'Shared documents (Etherpad)',
    hint: 'everybody in the room writes in one; it stays on the server',
    says: 'Everybody in a room can write in its document, which stays on the server.',
    order: 2,
  },
  formats: { '*.conf': 'nginx' },
  addresses: { etherpad: 16 },
  check: ({ answers: { settings } }) =>
    'ETHERPAD_PUBLIC_URL' in settings
      ? [
          {
            answer: 'settings.ETHERPAD_PUBLIC_URL',
            what: 'This setting sends people to documents elsewhere, and those of this stack would stand idle.',
            fix: 'Remove the setting, or take documents out of extras.',
          },
        ]
      : [],
  contribute: ({ address, memory, release }) => ({
    services: [
      {
        name: 'etherpad',
        about: 'Shared documents. Keeps them in data/etherpad.',
        image,
        user: `${user}:0`,
        readOnly: false,
        volumes: [{ source: './data/etherpad', target: '/opt/etherpad-lite/var', readOnly: false }],
        dependsOn: { prepare: 'completed' },
        memory: memory(0.08, 256, 768),
        healthcheck: nodeHealth(port, '120s'),
        comments: {
          user: 'The image’s own; it owns the files that Etherpad writes beside the documents when it starts.',
        },
      },
    ],
    environment: {
      etherpad: {
        DB_TYPE: 'sqlite',
        DB_FILENAME: 'var/etherpad.sq3',
        DEFAULT_PAD_TEXT: '',
        SHOW_SETTINGS_IN_ADMIN_PAGE: 'false',
        SKIN_VARIANTS: 'super-light-toolbar super-light-editor light-background full-width-editor',
        SUPPRESS_ERRORS_IN_PAD_TEXT: 'true',
        TRUST_PROXY: 'true',
      },
      // By its address: web would not start while the name of a container that is down leads nowhere.
      web: { ETHERPAD_URL_BASE: `http://${address('etherpad').ipv4}:${port}` },
    },
    endpoints: [
      {
        name: 'etherpad',
        protocol: 'tcp',
        port,
        from: 'containers',
        service: 'etherpad',
        purpose: 'Shared documents, for web',
      },
    ],
    probes: [{ path: '/etherpad/', answers: 'page', service: 'etherpad' }],
    links: [{ from: 'web', to: 'etherpad', label: '/etherpad/' }],
    files: release.capabilities.nginxCustom
      ? {}
      : { 'jitsi/web/nginx-custom/etherpad.conf': { absent: true } },
    directories: [{ path: 'data/etherpad', mode: '0750', owner: user, about: 'shared documents' }],
    troubles: [
      {
        symptom: 'There is no “Open shared document”, or its frame stays empty.',
        cause:
          'The page is of before the documents were switched on, or Etherpad is still starting: its first start takes a minute.',
        fix: 'Reload the page; `./stack status` says whether etherpad is healthy.',
      },
    ],
  }),
});
