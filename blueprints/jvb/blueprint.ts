import { defineBlueprint, jitsiContainer } from '../../src/blueprint.ts';

/** The videobridge: receives and forwards everybody's sound and picture. */
export const jvb = defineBlueprint({
  id: 'jvb',
  title: 'Videobridge',
  order: 50,
  addresses: { jvb: 14 },
  contribute({ answers, release, outside, memory }) {
    const { comments, directories, ...container } = jitsiContainer(release, 'jvb');
    const { publicAddresses, lanAddresses } = answers.network;
    const advertised = [...publicAddresses, ...lanAddresses];
    const heap = memory(0.3, 384, 3072);
    return {
      services: [
        {
          ...container,
          name: 'jvb',
          about:
            'Sound and picture: every participant sends to the bridge, and it forwards to the others.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory: heap + 384,
          comments: {
            ...comments,
            'environment.JVB_ADVERTISE_IPS':
              'The addresses that browsers are told to send to. When they are wrong, two people can talk and the third sees black.',
            'environment.JVB_DISABLE_STUN':
              'The addresses are known, so no server of a third party has to be asked for them.',
            'environment.JVB_ADVERTISE_PRIVATE_CANDIDATES':
              'The relay reaches the bridge at its address in the containers’ network.',
            'environment.VIDEOBRIDGE_MAX_MEMORY':
              'Java’s heap; its default of 3 GB is more than a small server has.',
          },
        },
      ],
      directories,
      links: [{ from: 'jvb', to: 'prosody', label: '5222' }],
      environment: {
        jvb: {
          JVB_AUTH_PASSWORD: { secret: 'JVB_AUTH_PASSWORD' },
          JVB_ADVERTISE_IPS: advertised.join(','),
          JVB_ADVERTISE_PRIVATE_CANDIDATES: true,
          JVB_DISABLE_STUN: true,
          JVB_PORT: 10000,
          TZ: answers.host.timezone,
        },
      },
      defaults: { jvb: { VIDEOBRIDGE_MAX_MEMORY: `${heap}m` } },
      endpoints: [
        {
          name: 'media',
          protocol: 'udp',
          port: 10000,
          from: outside,
          service: 'jvb',
          purpose: 'Sound and picture',
        },
      ],
      files: { 'jitsi/jvb/custom-jvb.conf': { seeded: true } },
      troubles: [
        {
          symptom:
            'Two people can talk; when a third joins, everybody sees black or is thrown out after half a minute.',
          cause:
            'Two people talk to each other directly. From three on, the bridge is used, and its UDP port 10000 does not reach it or it advertises the wrong addresses.',
          fix: `Open UDP 10000 in every firewall and forward it in the router, and check that ${advertised.join(' and ')} are this server’s addresses (network in jitsi-stack.json). With #config.p2p.enabled=false after the room’s address two people can test the bridge.`,
        },
      ],
    };
  },
});
