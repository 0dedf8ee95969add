import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's docker-registry on loopback, empty and open to everybody here. */
export async function openRegistry() {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: `127.0.0.1:${port}` },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const daemon = spawn('docker-registry', ['serve', join(folder, 'config.yml')], {
    stdio: 'ignore',
  });
  const close = async () => {
    const end = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await end;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${url}/v2/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (tries < 600) await sleep(100);
    else throw new Error('docker-registry did not start');
  }
  /** Puts a manifest under a tag; an index of no images needs no layers. */
  const push = async (repository: string, tag: string, manifest: string) => {
    const { mediaType } = JSON.parse(manifest);
    const answer = await fetch(`${url}/v2/${repository}/manifests/${tag}`, {
      method: 'PUT',
      headers: { 'content-type': mediaType },
      body: manifest,
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  return { url, push, close };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
