import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../lab/process.ts';
import { must } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';
import { inSandbox, startInSandbox } from '../programs/sandbox.ts';

const page = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
const [, config = ''] = /^```haproxy\n([\s\S]*?)^```$/m.exec(page) ?? [];

const suiteOfShards = suite('docs/scaling.md: HAProxy in front of several shards');
const shards = await needs(suiteOfShards, 'haproxy', 'host:openssl');

const folder = mkdtempSync(join(tmpdir(), 'shards-'));
const ends: (() => Promise<unknown>)[] = [];
suiteOfShards.after(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});
const binds = { '/etc/haproxy': folder };
let port = 0;

shards.before(async () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await must('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', '/CN=meet.example.org', '-keyout', key, '-out', certificate],
  ]);
  writeFileSync(
    join(folder, 'meet.pem'),
    readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'),
  );
  writeFileSync(join(folder, 'haproxy.cfg'), config);
});

shards('HAProxy takes the lines as they stand there', async () => {
  const { ok, output } = await inSandbox('haproxy', ['-c', '-f', '/etc/haproxy/haproxy.cfg'], {
    binds,
  });
  assert.ok(ok && !/WARNING|ALERT/.test(output), output);
});

shards('sends everybody of a room to the same shard, and rooms to both', async () => {
  port = await freePort();
  const here = config.replace(/^ *bind :::80.*\n/m, '').replace(':::443 v4v6', `127.0.0.1:${port}`);
  writeFileSync(join(folder, 'here.cfg'), here);
  const child = await startInSandbox('haproxy', ['-db', '-f', '/etc/haproxy/here.cfg'], { binds });
  const ended = new Promise((resolve) => child.once('close', resolve));
  ends.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  await until('HAProxy answers', 60, () => where('/').then(Boolean, () => false));

  const found = new Map<string, number>();
  for (let index = 0; index < 200; index++) {
    const room = `Team-${index}`;
    const there = await where(`/${room}?jwt=a.b.c`);
    const [, shard = ''] = /^https:\/\/(s\d)\.meet\.example\.org\//.exec(there) ?? [];
    found.set(shard, (found.get(shard) ?? 0) + 1);
    assert.is(there, `https://${shard}.meet.example.org/${room}?jwt=a.b.c`);
    for (const same of [`/${room.toLowerCase()}`, `/config.js?room=${room}`])
      assert.is(await where(same), `https://${shard}.meet.example.org${same}`);
  }
  // The rooms are always these, and so is where they go.
  assert.equal([...found.keys()].sort(), ['s0', 's1']);
  assert.ok(
    [...found.values()].every((count) => count > 60),
    JSON.stringify([...found]),
  );
  assert.is(
    await where('/B%C3%BCro'),
    (await where('/b%c3%bcro')).replace('/b%c3%bcro', '/B%C3%BCro'),
  );
});

/** Where it sends somebody who asks for this. */
function where(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false };
    request(asked, (response) => {
      response.resume();
      resolve(response.headers.location ?? '');
    })
      .on('error', reject)
      .end();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

suiteOfShards.run();
