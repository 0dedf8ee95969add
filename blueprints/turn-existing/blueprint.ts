import { defineBlueprint } from '../../src/blueprint.ts';

/** A TURN server that runs elsewhere and shares a secret with this stack. */
export const turnExisting = defineBlueprint({
  id: 'turn-existing',
  title: 'Existing TURN server',
  order: 80,
  offer: {
    section: 'turn',
    value: 'existing',
    label: 'A TURN server that I already have',
    hint: 'it must share a secret (use-auth-secret) and be allowed to reach the bridge',
    order: 2,
  },
  fields: {
    host: {
      kind: 'hostname',
      question: 'What is the name of your TURN server?',
      description: 'name of the existing TURN server',
    },
    port: {
      kind: 'integer',
      question: 'Which port does it use for UDP and TCP?',
      description: 'its port for UDP and TCP',
      default: 3478,
      min: 1,
      max: 65535,
      advanced: true,
    },
    tlsPort: {
      kind: 'integer',
      question: 'Which port does it use for TLS?',
      description: 'its port for TLS',
      default: 5349,
      min: 1,
      max: 65535,
      advanced: true,
    },
  },
  contribute({ answers, own, release }) {
    const bridge = [...answers.network.publicAddresses, ...answers.network.lanAddresses];
    return {
      environment: {
        prosody: {
          TURN_CREDENTIALS: { secret: 'TURN_CREDENTIALS' },
          TURN_HOST: own.host,
          TURN_PORT: own.port,
          TURN_TRANSPORT: 'udp,tcp',
          TURNS_HOST: own.host,
          TURNS_PORT: own.tlsPort,
        },
        ...(release.capabilities.p2pStunServers && {
          web: { P2P_STUN_SERVERS: `${own.host}:${own.port}` },
        }),
      },
      secrets: [
        {
          name: 'TURN_CREDENTIALS',
          about: 'the static-auth-secret of your TURN server; letters and digits only',
          given: true,
        },
      ],
      steps: [
        {
          phase: 'before',
          title: 'Enter the TURN secret',
          detail: `Put the static-auth-secret of ${own.host} behind TURN_CREDENTIALS= in .env on the server (./stack up makes the file and asks for it), and allow that server to reach UDP ${answers.network.mediaPort} of ${bridge.join(', ')}.`,
        },
      ],
    };
  },
});
