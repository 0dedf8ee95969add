import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { desk } from './stand-ins.ts';

let folder = '';
const cluster = suite('a stack in a cluster is told of what exists there');
cluster.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-'));
});
cluster.after.each(() => rmSync(folder, { recursive: true }));

const made = ['--runs', 'kubernetes', '--domain', 'meet.example.org', '--certificates', 'own'];

/** What a call says and prints. It names nothing that only a server has. */
async function call(expected: number, ...words: string[]): Promise<string> {
  const there = { ...desk(folder), stages: loadStages };
  const code = await run([...words, '--no-git'], there);
  const heard = `${there.said()}\n${there.printed()}`.replaceAll(/\s+/g, ' ');
  assert.is(code, expected, heard);
  assert.not.match(heard, /\.\/stack\b|docker compose|undefined/, words.join(' '));
  return heard;
}

cluster('when it is made, and when its answers change', async () => {
  assert.match(await call(0, '.', ...made), 'kubectl apply');
  const signedIn = ['--auth-moderators', 'signed-in', '--auth-guests', 'none'];
  for (const answers of [
    ['--auth', 'internal', ...signedIn],
    ['--auth', 'jwt', '--auth-moderators', 'token', '--auth-guests', 'none'],
    ['--extras', 'recording,whiteboard'],
    ['--domain', 'other.example.org'],
    ['--turn', 'none'],
  ])
    assert.match(await call(0, '.', '--yes', ...answers), 'kubectl apply', answers.join(' '));
});

cluster('when it cannot go back', async () => {
  await call(0, '.', ...made);
  const refused = await call(2, '.', '--yes', '--release', 'stable-11146-1');
  assert.match(refused, 'put the volumes back as they were before it');
});

cluster('when it is asked about files, those of a former server too', async () => {
  await call(0, '.', ...made);
  for (const path of ['data/prosody/x', 'certs/privkey.pem']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  for (const [path = '', said = ''] of [
    ['.env', 'The secrets'],
    ['data/prosody/x', 'Left from a server'],
    ['certs/privkey.pem', 'Left from a server'],
    ['kustomization.yaml', 'Managed'],
    ['kubernetes/values.own.yaml', 'Yours'],
  ])
    assert.match(await call(0, 'explain', path), said, path);
});

cluster.run();
