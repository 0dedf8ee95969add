import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RenderedStack } from '../../matrix/stack.ts';
import { startInSandbox } from '../../programs/sandbox.ts';
import { interfaceConfig, ofJitsi } from './stand-in.ts';

const locations = fileURLToPath(
  new URL('../../lab/images/web/files/defaults/meet.conf', import.meta.url),
);

export interface Web {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Puts a file of the owner's into `jitsi/branding`. */
  readonly put: (name: string, content: string) => void;
  readonly stop: () => void;
}

/** What the web container of a stack serves: the lab's own locations, with the stack's folder where it is mounted. */
export async function startWeb({ plan, files }: RenderedStack): Promise<Web> {
  const root = mkdtempSync(join(tmpdir(), 'branding-web-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(ofJitsi)) write(`page/${path}`, text);
  const branding = plan.services.find(({ name }) => name === 'web')?.environment
    .DYNAMIC_BRANDING_URL;
  write(
    'run/config/config.js',
    `var config = { legalUrls: { helpCentre: 'https://help' } };\n${branding ? `config.dynamicBrandingUrl = '${branding}';\n` : ''}`,
  );
  write('run/config/interface_config.js', interfaceConfig);
  mkdirSync(join(root, 'run/config/nginx-custom'), { recursive: true });
  for (const { path, text } of files) {
    if (path.startsWith('jitsi/branding/'))
      write(`page/static/branding/${path.slice('jitsi/branding/'.length)}`, text);
    // realip.conf is about the edge, which is not here.
    if (path.startsWith('jitsi/web/nginx-custom/') && !path.endsWith('realip.conf'))
      write(`run/config/nginx-custom/${path.split('/').at(-1)}`, text);
  }
  const port = await freePort();
  const meet = readFileSync(locations, 'utf8')
    .replaceAll(/@(?:websocket|whiteboard|etherpad)@/g, '#')
    .replaceAll('@domain@', 'meet.jitsi')
    .replaceAll('@upstream@', 'http://127.0.0.1:9');
  write(
    'nginx/nginx.conf',
    `daemon off; pid /tmp/nginx.pid; error_log stderr;\nevents {}\nhttp { include /etc/nginx/mime.types; access_log off; server { listen 127.0.0.1:${port};\n${meet}\n} }\n`,
  );
  const child: ChildProcess = await startInSandbox('nginx', ['-c', '/conf/nginx.conf'], {
    binds: {
      '/conf': join(root, 'nginx'),
      '/run/web': join(root, 'run'),
      '/usr/share/jitsi-meet': join(root, 'page'),
    },
  });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${url}/title.html`).catch(() => undefined);
    if (answer?.ok) break;
    if (tries > 300) throw new Error(`nginx does not answer: ${said}`);
    await sleep(100);
  }
  return {
    url,
    put: (name, content) => write(`page/static/branding/${name}`, content),
    stop: () => {
      child.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
