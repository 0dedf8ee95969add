import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { definitionOf } from '../../../src/plan/definition.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const starting = suite('the start script of NGINX');
const test = await needs(starting, 'root', 'sh');

/** The script as the first process of a container made with this definition; 20 seconds are a moment, NGINX is a shell. */
function start(script: string, definition: string) {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-start-'));
  const write = (path: string, text: string, mode = 0o644) => {
    writeFileSync(join(folder, '.new'), text, { mode });
    renameSync(join(folder, '.new'), join(folder, path));
  };
  for (const name of ['bin', 'certs']) mkdirSync(join(folder, name));
  write('bin/sleep', '#!/bin/sh\nexec /bin/sleep 0.2\n', 0o755);
  const stand = 'trap "echo has read it again" HUP; echo started; while :; do /bin/sleep 0.1; done';
  write('bin/nginx', `#!/bin/sh\ncase $* in *-t*) exit ;; esac\n${stand}\n`, 0o755);
  const files = (text: string) => write('start.sh', text.replaceAll('/certs/', `${folder}/certs/`));
  files(script);
  const child = spawn('unshare', ['--pid', '--fork', '--kill-child', 'sh', `${folder}/start.sh`], {
    env: { PATH: `${folder}/bin:${process.env.PATH}`, STACK_DEFINITION: definition },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const until = async (what: RegExp) => {
    for (let i = 0; i < 600 && !what.test(said); i++) await sleep(50);
    assert.match(said, what);
  };
  return {
    until,
    said: () => said,
    files,
    renew: (text: string) => write('certs/fullchain.pem', text),
    end: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const { plan, files } = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
});
const script = files.find(({ path }) => path === 'nginx/start.sh')?.text ?? '';
const nginx = plan.services.find(({ name }) => name === 'nginx');
const definition = nginx ? definitionOf(nginx) : '';

test('a renewed certificate is taken over', async () => {
  const container = start(script, definition);
  try {
    await container.until(/started/);
    container.renew('a new one');
    await container.until(/has read it again/);
    assert.not.match(container.said(), 'new container');
  } finally {
    container.end();
  }
});

test('files of after an update that needs another container are not read with it, and the log says why', async () => {
  const container = start(script, definition);
  try {
    await container.until(/started/);
    container.files(script.replace(definition, '0'.repeat(12)));
    container.renew('a new one');
    await container.until(/certificate of before stays until \.\/stack up/);
    assert.not.match(container.said(), 'has read it again');
    // Once they fit again, as after a way back, the certificate is taken over.
    container.files(script);
    await container.until(/has read it again/);
  } finally {
    container.end();
  }
});

test('a container of before that starts with them, as at boot, says so', async () => {
  for (const of of ['', '0'.repeat(12)]) {
    const container = start(script, of);
    try {
      await container.until(/need a container that is made anew[\s\S]*started/);
    } finally {
      container.end();
    }
  }
});

test.run();
