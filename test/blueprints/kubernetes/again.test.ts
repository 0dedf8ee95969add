import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeStack } from '../../../src/generate.ts';
import { planOf } from '../../matrix/stack.ts';
import { plain } from './stacks.ts';

const again = suite('kubernetes: a run on what is there');

async function inDirectory(
  work: (at: (path: string) => string, directory: string) => Promise<void>,
) {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
  try {
    await work((path) => join(directory, path), directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

again('keeps the secrets and the owner’s edits, and brings the answer', () =>
  inDirectory(async (at, directory) => {
    const read = (path: string) => readFileSync(at(path), 'utf8');
    await writeStack(directory, await planOf(plain), { git: false });
    const secrets = read('.env');
    assert.match(secrets, /^JVB_AUTH_PASSWORD=.{16,}$/m);
    assert.throws(() => read('certs/privkey.pem'), 'certificates are the cluster’s affair');
    writeFileSync(at('kubernetes/values.own.yaml'), 'web:\n  replicaCount: 5\n');
    writeFileSync(
      at('kustomization.yaml'),
      read('kustomization.yaml').replace('resources:\n', 'resources:\n  - mine.yaml\n'),
    );
    const other = { ...plain, kubernetes: { bridges: 3, mostBridges: 8 } };
    const report = await writeStack(directory, await planOf(other), { git: false });
    assert.is(report.outcome, 'updated');
    assert.is(read('.env'), secrets);
    assert.is(read('kubernetes/values.own.yaml'), 'web:\n  replicaCount: 5\n');
    assert.match(read('kustomization.yaml'), '  - mine.yaml\n');
    assert.match(read('kustomization.yaml'), '  - kubernetes/autoscaling.yaml\n');
    assert.match(read('kubernetes/values.yaml'), 'replicaCount: 3\n');
    assert.is(
      (await writeStack(directory, await planOf(other), { git: false })).outcome,
      'unchanged',
    );
  }),
);

again('never makes other secrets than those that the cluster has', () =>
  inDirectory(async (at, directory) => {
    await writeStack(directory, await planOf(plain), { git: false });
    rmSync(at('.env'));
    const { notes, secrets } = await writeStack(directory, await planOf(plain), { git: false });
    assert.equal(secrets.added, []);
    assert.throws(() => readFileSync(at('.env')));
    assert.match(notes.join(' '), '.env');
  }),
);

again('a server’s stack moves with its secrets, and back', () =>
  inDirectory(async (at, directory) => {
    const { runs: _, ...answers } = plain;
    const server = await planOf({ ...answers, network: { publicAddresses: ['203.0.113.7'] } });
    await writeStack(directory, server, { git: false });
    const secrets = readFileSync(at('.env'), 'utf8');
    await writeStack(directory, await planOf(plain), { git: false });
    assert.is(readFileSync(at('.env'), 'utf8'), secrets);
    assert.throws(() => readFileSync(at('compose.yaml')));
    await writeStack(directory, server, { git: false });
    assert.is(readFileSync(at('.env'), 'utf8'), secrets);
    assert.ok(readFileSync(at('compose.yaml')));
    assert.throws(() => readFileSync(at('kustomization.yaml')));
  }),
);

again.run();
