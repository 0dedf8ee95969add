/** A feature of each kind, as docs/blueprints.md has them made: by its folder alone. Files by path in `blueprints/`. */
export const features: Readonly<Record<string, string>> = {
  'firewall-draytek/blueprint.ts': `import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

export const firewallDraytek = defineBlueprint({
  id: 'firewall-draytek',
  title: 'DrayTek',
  order: 98,
  offer: { section: 'firewall', value: 'draytek', label: 'A DrayTek router', order: 9 },
  fields: {
    wan: { kind: 'text', question: 'Which interface?', description: 'its way out', default: 'ether1' },
  },
  formats: { '*.rsc': 'lines' },
  contribute: () => ({}),
  present,
});
`,
  'firewall-draytek/present.ts': `import { type Decisions, portRange, portsOf } from '../../src/blueprint.ts';

export function present(plan: Decisions, { wan }: { readonly wan: string }) {
  const rows = portsOf(plan).forwarded.map((row) => ({ protocol: row.protocol, port: portRange(row) }));
  return { wan, rows };
}
`,
  'firewall-draytek/files/firewall/draytek.rsc.ejs': `<% for (const { protocol, port } of view.rows) { -%>
/ip firewall nat add chain=dstnat in-interface=<%= view.wan %> protocol=<%= protocol %> dst-port=<%= port %>
<% } -%>
`,
  'extra-etherpad/blueprint.ts': `import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';

export const extraEtherpad = defineBlueprint({
  id: 'extra-etherpad',
  title: 'Etherpad',
  order: 50,
  offer: { section: 'extras', value: 'etherpad', label: 'Shared documents', order: 1 },
  fields: {
    title: { kind: 'text', question: 'What are they called?', description: 'their title', default: 'Notes' },
  },
  contribute: ({ own, url }) => ({
    services: [
      {
        name: 'etherpad',
        about: 'Shared documents.',
        image,
        volumes: [{ source: './data/etherpad', target: '/opt/etherpad-lite/var', readOnly: false }],
        memory: 512,
      },
    ],
    environment: {
      etherpad: { TITLE: own.title },
      web: { ETHERPAD_PUBLIC_URL: \`\${url}/pads/p/\`, ETHERPAD_URL_BASE: 'http://etherpad:9001' },
    },
    endpoints: [
      { name: 'pads', protocol: 'tcp', port: 9001, from: 'containers', service: 'etherpad', purpose: 'Shared documents' },
    ],
    directories: [{ path: 'data/etherpad', mode: '0750', owner: 5001, about: 'shared documents' }],
  }),
});
`,
  'extra-etherpad/image.ts': `import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'etherpad/etherpad:2.5.0', user: 'etherpad' };
`,
  'turn-eturnal/blueprint.ts': `import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';

export const turnEturnal = defineBlueprint({
  id: 'turn-eturnal',
  title: 'eturnal',
  order: 80,
  offer: { section: 'turn', value: 'eturnal', label: 'eturnal in this stack', order: 9 },
  formats: { '*.yml': 'lines' },
  ownersPlaces: [{ path: 'eturnal/own', about: 'what is added to eturnal' }],
  contribute: ({ outside }) => ({
    services: [
      {
        name: 'eturnal',
        about: 'A relay.',
        image,
        volumes: [
          { source: './eturnal', target: '/etc/eturnal' },
          { source: './certs', target: '/certs' },
        ],
        memory: 128,
        reload: { signal: 'HUP', rereads: 'certificate' },
      },
    ],
    certificate: { consumers: ['eturnal'] },
    endpoints: [
      { name: 'eturnal', protocol: 'udp', port: 3478, from: outside, service: 'eturnal', purpose: 'Relay' },
    ],
  }),
  present: ({ answers }) => ({ domain: answers.domain }),
});
`,
  'turn-eturnal/image.ts': `import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'ghcr.io/processone/eturnal:1.12.1', user: 'eturnal' };
`,
  'turn-eturnal/files/eturnal/eturnal.yml.ejs': `realm: <%= view.domain %>
`,
  'edge-caddy/blueprint.ts': `import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';

export const edgeCaddy = defineBlueprint({
  id: 'edge-caddy',
  title: 'Caddy',
  order: 11,
  offer: { section: 'edge', value: 'caddy', label: 'Caddy', order: 9 },
  formats: { 'caddy/Caddyfile': 'lines' },
  addresses: { caddy: 10 },
  trustedProxy: ({ addresses }) => ({ name: 'caddy', addresses: addresses('caddy'), signalling: 'web' }),
  contribute: ({ outside }) => ({
    services: [
      {
        name: 'caddy',
        about: 'The edge.',
        image,
        volumes: [{ source: './caddy', target: '/etc/caddy' }],
        memory: 128,
        reload: { test: ['caddy', 'validate', '--config', '/etc/caddy/Caddyfile'], signal: 'USR1', rereads: 'configuration' },
      },
    ],
    endpoints: [
      { name: 'https', protocol: 'tcp', port: 443, from: outside, service: 'caddy', purpose: 'Page' },
    ],
  }),
  present: ({ answers }) => ({ domain: answers.domain }),
});
`,
  'edge-caddy/image.ts': `import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'caddy:2.10.0', user: 'root' };
`,
  'edge-caddy/files/caddy/Caddyfile.ejs': `<%= view.domain %> {
	reverse_proxy web:8000
}
`,
};
