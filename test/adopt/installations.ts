import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { must } from '../programs/command.ts';

/** Files by path, in a directory of their own that is removed with `remove`. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'old install-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string, mode = 0o644): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A release folder in the way of docker-jitsi-meet, written for these tests: its names, not its text. */
export function upstream(env: string, tag = 'stable-11031'): Readonly<Record<string, string>> {
  const image = (name: string) => `jitsi/${name}:\${JITSI_IMAGE_VERSION:-${tag}}`;
  return {
    '.env': env,
    'env.example': '# see the handbook\n',
    'gen-passwords.sh': '#!/bin/sh\n',
    'docker-compose.yml': `services:
    web:
        image: ${image('web')}
        restart: \${RESTART_POLICY:-unless-stopped}
        ports:
            - '\${HTTP_PORT}:80'
            - '\${HTTPS_PORT}:443'
        volumes:
            - \${CONFIG}/web:/config:Z
            - \${CONFIG}/web/crontabs:/var/spool/cron/crontabs:Z
        environment:
            - DISABLE_HTTPS
            - ENABLE_AUTH
            - ENABLE_GUESTS
            - ENABLE_LETSENCRYPT
            - ENABLE_COLIBRI_WEBSOCKET
            - LETSENCRYPT_DOMAIN
            - LETSENCRYPT_EMAIL
            - PUBLIC_URL
            - TZ
        networks:
            meet.jitsi:
    prosody:
        image: ${image('prosody')}
        expose:
            - '\${XMPP_PORT:-5222}'
        volumes:
            - \${CONFIG}/prosody/config:/config:Z
            - \${CONFIG}/prosody/prosody-plugins-custom:/prosody-plugins-custom:Z
        environment:
            - AUTH_TYPE
            - ENABLE_AUTH
            - ENABLE_GUESTS
            - JICOFO_AUTH_PASSWORD
            - JVB_AUTH_PASSWORD
            - MAX_PARTICIPANTS
            - PUBLIC_URL
            - TZ
    jicofo:
        image: ${image('jicofo')}
        volumes:
            - \${CONFIG}/jicofo:/config:Z
        environment:
            - AUTH_TYPE
            - ENABLE_AUTH
            - JICOFO_AUTH_PASSWORD
            - SENTRY_DSN="\${JICOFO_SENTRY_DSN:-0}"
            - TZ
    jvb:
        image: ${image('jvb')}
        ports:
            - '\${JVB_PORT:-10000}:\${JVB_PORT:-10000}/udp'
        volumes:
            - \${CONFIG}/jvb:/config:Z
        environment:
            - DOCKER_HOST_ADDRESS
            - JVB_ADVERTISE_IPS
            - JVB_AUTH_PASSWORD
            - JVB_PORT
            - PUBLIC_URL
            - TZ
networks:
    meet.jitsi:
`,
  };
}

/** What somebody with a small public server has in `.env`. */
export const usualEnv = `# Basic
CONFIG=./cfg
HTTP_PORT=80
HTTPS_PORT=443
TZ=Europe/Berlin
PUBLIC_URL=https://meet.example.org
JVB_ADVERTISE_IPS=203.0.113.7,192.168.10.20
ENABLE_LETSENCRYPT=1
LETSENCRYPT_DOMAIN=meet.example.org
LETSENCRYPT_EMAIL=ops@example.org
LETSENCRYPT_ACME_SERVER=letsencrypt
ENABLE_AUTH=1
ENABLE_GUESTS=1
AUTH_TYPE=internal
ENABLE_COLIBRI_WEBSOCKET=0
MAX_PARTICIPANTS=40
JICOFO_AUTH_PASSWORD=0123456789abcdef0123456789abcdef
JVB_AUTH_PASSWORD=fedcba9876543210fedcba9876543210
JIBRI_XMPP_PASSWORD=00112233445566778899aabbccddeeff
`;

/** A pair that an authority has signed, for three days. */
export async function issuedPair(name: string): Promise<{ certificate: string; key: string }> {
  const folder = new Folder();
  const openssl = (...args: string[]) => must('openssl', args, { cwd: folder.path });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...key,
    '-subj',
    '/CN=Test CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  );
  await openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', 'key', '-out', 'csr');
  const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3'];
  await openssl('x509', '-req', '-in', 'csr', ...by, '-out', 'crt');
  const read = (file: string) => readFileSync(join(folder.path, file), 'utf8');
  const pair = { certificate: read('crt'), key: read('key') };
  folder.remove();
  return pair;
}
