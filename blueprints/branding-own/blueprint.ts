import { defineBlueprint, type Release } from '../../src/blueprint.ts';
import { fields } from './fields.ts';
import { present } from './present.ts';
import { problems } from './problems.ts';

/** The owner's name, logo, colours, links and front page, from a folder that web serves. Nothing in its image is changed. */
export const brandingOwn = defineBlueprint({
  id: 'branding-own',
  title: 'Your name, logo and colours',
  order: 32,
  offer: {
    section: 'branding',
    value: 'own',
    label: 'Yes',
    hint: 'in jitsi/branding: a name, a logo, a colour, links to imprint and privacy, your own style',
    says: 'The page has your name; jitsi/branding holds what else is yours.',
    order: 2,
  },
  fields,
  formats: { '*.conf': 'nginx', '*.css': 'lines', '*.json': 'hocon' },
  check: ({ own }) => problems(own),
  contribute: ({ own, url, release }) => ({
    mounts: { web: mountsFor(release) },
    environment: {
      web: {
        DYNAMIC_BRANDING_URL: `${url}/static/branding/branding.json`,
        ...(own.welcome === 'none' && { ENABLE_WELCOME_PAGE: false }),
      },
    },
    files: {
      ...(!release.capabilities.nginxCustom && {
        'jitsi/web/nginx-custom/branding.conf': { absent: true },
      }),
      'jitsi/branding/own.css': { seeded: true },
      'jitsi/branding/welcome.html': own.welcome === 'own' ? { seeded: true } : { absent: true },
      ...(own.color === undefined && { 'jitsi/branding/color.css': { absent: true } }),
    },
    notes:
      own.welcome === 'own' && !release.capabilities.nginxCustom
        ? [
            {
              level: 'warning',
              text: `The web image of ${release.tag} cannot show a front page of yours, and shows Jitsi’s; stable-10008 and newer can.`,
            },
          ]
        : [],
    steps:
      own.logo === undefined
        ? []
        : [
            {
              phase: 'after',
              title: `Put your logo at jitsi/branding/${own.logo}`,
              detail:
                'An SVG, or a PNG of 400 pixels in width or so; 1 MB at most. Commit it with the rest. Skip this if it is there.',
              command: `cp YOUR-LOGO jitsi/branding/${own.logo}`,
            },
          ],
    troubles: [
      {
        symptom: 'The page still has Jitsi’s name or logo.',
        cause:
          'The browser keeps the page for a while, or web was not started anew since it has the folder.',
        fix: '`./stack up`, then reload the page with Ctrl+Shift+R.',
      },
    ],
  }),
  present,
});

const page = '/usr/share/jitsi-meet';

/** The folder; where Jitsi's NGINX cannot be led to its files, they lie over those of the image. */
function mountsFor({ capabilities: { nginxCustom } }: Release) {
  const over = {
    'title.html': 'title.html',
    'head.html': 'plugin.head.html',
    'links.html': 'static/welcomePageAdditionalContent.html',
  };
  return [
    { source: './jitsi/branding', target: `${page}/static/branding` },
    ...(nginxCustom ? [] : Object.entries(over)).map(([file, target]) => ({
      source: `./jitsi/branding/${file}`,
      target: `${page}/${target}`,
    })),
  ];
}
