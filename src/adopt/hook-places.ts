import type { Role } from './read/roles.ts';

/** Files that the images write into `conf.d` themselves. */
const rendered = ['jitsi-meet.cfg.lua', 'visitors.cfg.lua', 'brewery.cfg.lua'];

/** A hook of the old installation: whose, where in its container, where in the stack, and what in it is left out. */
export const hooks: readonly (readonly [
  Role,
  target: string,
  to: string,
  except?: readonly string[],
])[] = [
  ['web', '/config/custom-config.js', 'jitsi/web/custom-config.js'],
  ['web', '/config/custom-interface_config.js', 'jitsi/web/custom-interface_config.js'],
  ['web', '/config/nginx-custom', 'jitsi/web/nginx-custom', ['realip.conf']],
  ['web', '/config/nginx/custom-meet.conf', 'jitsi/web/nginx/custom-meet.conf'],
  ['prosody', '/config/conf.d', 'jitsi/prosody/conf.d', rendered],
  ['prosody', '/prosody-plugins-custom', 'jitsi/prosody-plugins'],
  ['jicofo', '/config/custom-jicofo.conf', 'jitsi/jicofo/custom-jicofo.conf'],
  ['jvb', '/config/custom-jvb.conf', 'jitsi/jvb/custom-jvb.conf'],
  [
    'jvb',
    '/config/custom-sip-communicator.properties',
    'jitsi/jvb/custom-sip-communicator.properties',
  ],
];

/** Places in containers where the owner's own configuration is looked for. */
export const hookTargets: readonly string[] = hooks.map(([, target]) => target);
