import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { documents, patch } from './objects.ts';
import { stackCalled, textOf } from './stacks.ts';

const suiteOfWaits = suite('kubernetes: what a container does before it ends');
const waits = await needs(suiteOfWaits, 'host:curl');

/** The script of a patch, asking a stand-in on another port. */
function preStop(path: string, port: number): string {
  const [only] = documents(textOf(stackCalled('self-signed'), path)).map((one) => patch.parse(one));
  const [, , script = ''] =
    only?.spec.template.spec.containers?.[0]?.lifecycle?.preStop.exec.command ?? [];
  return script.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
}

/** Runs it, and says when it has ended, and how. */
function run(script: string): Promise<number | null> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: 'ignore' });
  return new Promise((resolve) => child.on('exit', resolve));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    // A test that fails must not keep the process.
    server.unref();
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

waits('a bridge is asked to take nobody any more, and ends when it is gone', async () => {
  const asked: string[] = [];
  let answered = 0;
  const server = createServer((request, response) => {
    const { method, url } = request;
    if (method === 'POST') asked.push(`${url}`);
    else answered++;
    // Whatever it says of its health, it is there.
    response.statusCode = method === 'POST' ? 200 : 503;
    request.pipe(response);
    if (answered === 2) {
      server.close();
      server.closeAllConnections();
    }
  });
  const port = await listen(server);
  assert.is(await run(preStop('kubernetes/patches/bridges.yaml', port)), 0);
  assert.equal(asked, ['/colibri/shutdown']);
  assert.ok(answered >= 2, `${answered}`);
});

waits('a bridge that cannot be asked does not wait', async () => {
  const server = createServer((_, response) => {
    response.statusCode = 404;
    response.end();
  });
  const port = await listen(server);
  assert.is(await run(preStop('kubernetes/patches/bridges.yaml', port)), 0);
  server.close();
});

waits('a recorder ends when nothing is recorded any more', async () => {
  let answered = 0;
  const server = createServer((_, response) => {
    answered++;
    const busyStatus = answered < 2 ? 'BUSY' : 'IDLE';
    response.end(JSON.stringify({ status: { busyStatus, health: { healthStatus: 'HEALTHY' } } }));
  });
  const port = await listen(server);
  assert.is(await run(preStop('kubernetes/patches/recorder.yaml', port)), 0);
  assert.is(answered, 2);
  server.close();
});

suiteOfWaits.run();
