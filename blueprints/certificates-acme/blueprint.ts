import { defineBlueprint } from '../../src/blueprint.ts';
import { image } from './image.ts';

/** lego adds “.issuer.crt” to the first name, and a file's name has 255 characters at most. */
const longestName = 255 - '.issuer.crt'.length;

/** Certificates from an ACME authority such as Let's Encrypt, issued and renewed on their own through port 80. */
export const certificatesAcme = defineBlueprint({
  id: 'certificates-acme',
  title: 'Certificates from Let’s Encrypt (ACME)',
  order: 70,
  offer: {
    section: 'certificates',
    value: 'acme',
    label: 'Let’s Encrypt, automatically',
    hint: 'free; needs your name in public DNS, and port 80 open to the internet',
    says: 'The certificate comes from Let’s Encrypt and renews itself.',
    order: 1,
    suits: ({ network, edge }) => network?.exposure !== 'lan' && edge?.proxy !== 'external',
  },
  fields: {
    email: {
      kind: 'email',
      question: 'What is your email address? (the certificate authority wants one)',
      description:
        'email address for your account at the certificate authority, such as ops@example.org',
    },
    directory: {
      kind: 'url',
      question: 'Which ACME directory should issue the certificate?',
      description: 'ACME directory of the certificate authority',
      default: 'https://acme-v02.api.letsencrypt.org/directory',
      advanced: true,
    },
  },
  check({ answers }) {
    if (answers.domain.length > longestName) {
      return [
        {
          where: 'certificates.source',
          what: `lego, which fetches the certificate, takes names of ${longestName} characters at most.`,
          why: 'It keeps the certificate in files that are called after the name.',
          fix: 'Choose --certificates own or --certificates self-signed.',
        },
      ];
    }
    if (answers.network.httpPort !== 80)
      return [
        {
          answer: 'network.httpPort',
          what: 'An ACME authority asks on port 80, and nowhere else.',
          fix: 'Choose --network-http-port 80, or --certificates own.',
        },
      ];
    if (answers.network.exposure !== 'lan') return [];
    return [
      {
        answer: 'certificates.source',
        what: 'An ACME authority cannot reach a server that only the local network reaches.',
        fix: 'Choose --certificates own or --certificates self-signed.',
      },
    ];
  },
  contribute({ own, memory }) {
    return {
      services: [
        {
          name: 'acme',
          image,
          about:
            'Fetches the certificate and renews it a month before it ends. The edge and the relay notice by themselves.',
          user: '1000:1000',
          entrypoint: ['/bin/sh', '/etc/acme/renew.sh'],
          volumes: [
            { source: './acme', target: '/etc/acme' },
            { source: './data/acme', target: '/data', readOnly: false },
            { source: './data/acme-challenge', target: '/var/www/acme', readOnly: false },
            { source: './certs', target: '/certs', readOnly: false },
          ],
          tmpfs: ['/tmp:size=8M,mode=1777,noexec'],
          dependsOn: { prepare: 'completed', nginx: 'started' },
          memory: memory(0.04, 48, 128),
          healthcheck: {
            // The loop touches the file at least every twelve hours.
            test: ['CMD-SHELL', 'find /tmp/alive -mmin -800 | grep -q .'],
            interval: '15s',
            timeout: '5s',
            retries: 3,
            startPeriod: '30s',
          },
        },
      ],
      environment: {
        acme: { ACME_DIRECTORY: own.directory, ACME_EMAIL: own.email },
      },
      certificate: {
        renewal: { service: 'acme', command: ['/bin/sh', '/etc/acme/renew.sh', 'now'] },
      },
      directories: [
        {
          path: 'data/acme',
          mode: '0700',
          owner: 1000,
          about: 'the ACME account and its certificates',
        },
      ],
      troubles: [
        {
          symptom: 'The certificate stays self-signed.',
          cause: 'The certificate authority could not reach port 80 under every name.',
          fix: '`docker compose logs acme` tells you which name failed. Check its DNS records (AAAA too) and that port 80 is open. It tries again by itself, or at once with `./stack certs renew`.',
        },
      ],
    };
  },
  present: ({ certificate: { names } }) => ({
    names,
    common: names[0] ?? '',
    words: names.join(' '),
  }),
});
