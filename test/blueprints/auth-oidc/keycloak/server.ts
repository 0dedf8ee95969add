import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Authority } from '../../../doctor/authority.ts';
import { cacheDirectory } from '../../../lab/cache.ts';
import { run } from '../../../lab/process.ts';
import { freePort } from '../service.ts';
import { realm } from './realm.ts';

export const version = '26.7.3';
const admin = { username: 'admin', password: 'only-in-this-trial' };

/** A real Keycloak on this machine, with the realm of the trial. */
export interface Keycloak {
  readonly issuer: string;
  /** A token of this client for somebody with a password, as JSON of the token endpoint. */
  grant(client: Readonly<Record<string, string>>, who: string, word: string): Promise<Tokens>;
  /** Signs with a new key from now on. */
  rotate(): Promise<void>;
  /** Somebody may not sign in any more. */
  lock(who: string): Promise<void>;
  stop(): Promise<void>;
}

interface Tokens {
  readonly access_token: string;
}

/** Its distribution, from Maven Central by this machine's Maven, once. */
async function distribution(): Promise<string> {
  const home = join(cacheDirectory('keycloak'), `keycloak-${version}`);
  if (existsSync(home)) return home;
  const workshop = mkdtempSync(join(tmpdir(), 'keycloak-'));
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  const goal = ['dependency:copy', artifact, `-DoutputDirectory=${workshop}`];
  await run('mvn', ['--batch-mode', '--quiet', ...goal]);
  await run('unzip', [
    '-q',
    join(workshop, `keycloak-quarkus-dist-${version}.zip`),
    '-d',
    workshop,
  ]);
  cpSync(join(workshop, `keycloak-${version}`), `${home}.new`, { recursive: true });
  renameSync(`${home}.new`, home);
  rmSync(workshop, { recursive: true });
  return home;
}

/** Starts it in its mode for development, over TLS; on two busy cores that takes minutes. Needs Java 17 or newer. */
export async function startKeycloak(authority: Authority): Promise<Keycloak> {
  const home = mkdtempSync(join(tmpdir(), 'keycloak-'));
  cpSync(await distribution(), home, { recursive: true });
  mkdirSync(join(home, 'data/import'), { recursive: true });
  writeFileSync(join(home, 'data/import/staff.json'), JSON.stringify(realm));
  const { cert, key } = await authority.issue(['localhost']);
  writeFileSync(join(home, 'cert.pem'), cert);
  writeFileSync(join(home, 'key.pem'), key);
  const port = await freePort();
  const options = {
    'https-port': port,
    'https-certificate-file': join(home, 'cert.pem'),
    'https-certificate-key-file': join(home, 'key.pem'),
    'http-host': '127.0.0.1',
    hostname: `https://localhost:${port}`,
  };
  const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const server = spawn(join(home, 'bin', 'kc.sh'), ['start-dev', '--import-realm', ...words], {
    cwd: home,
    env: {
      ...process.env,
      JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx512m',
      KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    },
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const stop = async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(home, { recursive: true, force: true, maxRetries: 9 });
  };
  const origin = `https://localhost:${port}`;
  const ask = asking(origin, authority.pem);
  const issuer = `${origin}/realms/staff`;
  for (let tries = 0; !(await isThere(ask)); tries += 1) {
    if (tries > 900 || server.exitCode !== null) {
      await stop();
      throw new Error(`Keycloak did not start:\n${said}`);
    }
    await sleep(1000);
  }
  const grant = async (place: string, form: Readonly<Record<string, string>>) =>
    JSON.parse(
      await ask('POST', `/realms/${place}/protocol/openid-connect/token`, {
        type: 'application/x-www-form-urlencoded',
        body: new URLSearchParams({ grant_type: 'password', ...form }).toString(),
      }),
    ) as Tokens;
  const manage = async (method: string, path: string, body?: object) => {
    const { access_token: token } = await grant('master', { client_id: 'admin-cli', ...admin });
    const sent = { type: 'application/json', body: JSON.stringify(body ?? {}), token };
    return ask(method, `/admin/realms/staff${path}`, sent);
  };
  return {
    issuer,
    stop,
    grant: (client, username, password) => grant('staff', { ...client, username, password }),
    async rotate() {
      const { id } = JSON.parse(await manage('GET', ''));
      const kind = { providerId: 'rsa-generated', providerType: 'org.keycloak.keys.KeyProvider' };
      const config = { priority: ['1000'], algorithm: ['RS256'], keySize: ['2048'] };
      await manage('POST', '/components', { name: 'newer', ...kind, parentId: id, config });
    },
    async lock(who) {
      const [{ id }] = JSON.parse(await manage('GET', `/users?exact=true&username=${who}`));
      await manage('PUT', `/users/${id}`, { enabled: false });
    },
  };
}

interface Sent {
  readonly type: string;
  readonly body: string;
  readonly token?: string;
}

type Ask = (method: string, path: string, sent?: Sent) => Promise<string>;

async function isThere(ask: Ask): Promise<boolean> {
  return ask('GET', '/realms/staff/.well-known/openid-configuration').then(
    () => true,
    () => false,
  );
}

/** Questions to it; an answer that is no 2xx is an error. */
function asking(origin: string, ca: string): Ask {
  const agent = new Agent({ ca });
  return (method, path, sent) =>
    new Promise((resolve, reject) => {
      const headers = {
        ...(sent && method !== 'GET' && { 'content-type': sent.type }),
        ...(sent?.token && { authorization: `Bearer ${sent.token}` }),
      };
      const call = request(`${origin}${path}`, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode >= 200 && statusCode < 300) resolve(text);
          else reject(new Error(`${method} ${path}: ${statusCode} ${text}`));
        });
      });
      call.on('error', reject);
      call.end(method === 'GET' ? undefined : sent?.body);
    });
}
