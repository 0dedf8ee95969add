import {
  addressesOf,
  defineBlueprint,
  domainIn,
  jitsiContainer,
  machinesOf,
  type Release,
} from '../../src/blueprint.ts';
import { accountsIn } from './accounts.ts';

/**
 * When a connection counts as lost: asked after a minute of silence and four times more, or after what was sent has been repeated for a
 * minute and a half (Linux, ip-sysctl: eight times). Until then, who has died is in its room, and a recorder is given the next recording.
 */
const lost = {
  'net.ipv4.tcp_keepalive_time': 60,
  'net.ipv4.tcp_keepalive_intvl': 15,
  'net.ipv4.tcp_keepalive_probes': 4,
  'net.ipv4.tcp_retries2': 8,
};

/** The XMPP server: signalling, rooms and accounts. */
export const prosody = defineBlueprint({
  id: 'prosody',
  title: 'Prosody (signalling)',
  order: 20,
  addresses: { prosody: 12 },
  accounts: accountsIn,
  contribute({ answers, release, trustedProxy, address, memory }) {
    const { comments, directories, volumes, ...container } = jitsiContainer(release, 'prosody');
    const accounts = accountsMount(release);
    // Prosody answers by the name of its virtual host.
    const host = domainIn(answers.settings, 'XMPP_DOMAIN');
    const proxies = [
      ...(trustedProxy.signalling === 'direct' ? trustedProxy.addresses : []),
      ...addressesOf(address('web')),
    ];
    return {
      services: [
        {
          ...container,
          name: 'prosody',
          about: 'Signalling: who is in which room. Holds the accounts.',
          volumes: [
            ...volumes,
            { source: './jitsi/prosody-plugins', target: '/prosody-plugins-custom' },
            { ...accounts, readOnly: false },
          ],
          aliases: ['xmpp.meet.jitsi'],
          dependsOn: { prepare: 'completed', remember: 'completed' },
          memory: memory(0.12, 64, 1024),
          ...(machinesOf(answers).length > 0 && { sysctls: lost }),
          comments: {
            ...comments,
            ...(machinesOf(answers).length > 0 && {
              sysctls:
                'Two minutes after a further machine has died, its connection is given up; by itself, Linux asks after two hours.',
            }),
            'environment.PROSODY_TRUSTED_PROXIES':
              'Only these may say on whose behalf they ask; everybody else is taken for who he is.',
          },
        },
      ],
      environment: {
        prosody: {
          ENABLE_IPV6: answers.network.ipv6,
          JICOFO_AUTH_PASSWORD: { secret: 'JICOFO_AUTH_PASSWORD' },
          JVB_AUTH_PASSWORD: { secret: 'JVB_AUTH_PASSWORD' },
          PROSODY_TRUSTED_PROXIES: ['127.0.0.1', '::1', ...proxies].join(','),
          TZ: answers.host.timezone,
        },
      },
      endpoints: [
        {
          name: 'xmpp',
          protocol: 'tcp',
          port: 5222,
          from: 'containers',
          service: 'prosody',
          purpose: 'XMPP, for jicofo and the bridge',
        },
        {
          name: 'xmpp-http',
          protocol: 'tcp',
          port: 5280,
          from: 'containers',
          service: 'prosody',
          purpose: 'BOSH and XMPP over WebSocket, for the edge and web',
        },
      ],
      routes: [
        {
          path: '/xmpp-websocket',
          kind: 'websocket',
          service: 'prosody',
          port: 5280,
          host,
        },
        { path: '/http-bind', kind: 'bosh', service: 'prosody', port: 5280, host },
      ],
      secrets: [
        { name: 'JICOFO_AUTH_PASSWORD', about: 'account of jicofo in prosody' },
        { name: 'JVB_AUTH_PASSWORD', about: 'account of the bridge in prosody' },
      ],
      directories: [
        ...directories,
        {
          path: accounts.source.slice(2),
          mode: '0750',
          owner: release.capabilities.uid ?? 'image',
          about: 'accounts and rooms, written by prosody',
        },
      ],
    };
  },
});

/**
 * Whatever a release calls the directory of its accounts, on the host it is `data/prosody/data`: no upgrade has to move
 * them. Where it lies in a mount of its own, the whole mount is kept.
 */
function accountsMount({ capabilities: { prosodyData } }: Release) {
  const { path, mount } = prosodyData;
  return path.startsWith(`${mount}/`) && mount !== '/config'
    ? { source: './data/prosody', target: mount }
    : { source: './data/prosody/data', target: path };
}
