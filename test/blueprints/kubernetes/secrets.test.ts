import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteValue } from '../../../src/env-file.ts';
import { objectsIn } from './objects.ts';
import { stackCalled, stacks, textOf } from './stacks.ts';

const secrets = suite('kubernetes: the secrets of .env');

/** Runs the script of a stack beside this `.env`. */
function run(stack: (typeof stacks)[number]['stack'], env: string | undefined) {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
  try {
    mkdirSync(join(directory, 'kubernetes'));
    writeFileSync(join(directory, 'kubernetes/secrets.sh'), textOf(stack, 'kubernetes/secrets.sh'));
    if (env !== undefined) writeFileSync(join(directory, '.env'), env);
    return spawnSync('sh', [join(directory, 'kubernetes/secrets.sh')], { encoding: 'utf8' });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Each is another value, with whatever a password may hold. */
const hostile = ['plain', `a'b`, 'a"b', 'a$b$(c)`d`', 'a\\b', 'a b #c', '{{ x }}', 'ä€'];

secrets('each part gets its own, as Compose would read them', () => {
  for (const { name, stack } of stacks) {
    const values = new Map(
      stack.plan.secrets.map((secret, index) => [
        secret.name,
        `${hostile[index % hostile.length]}${index}`,
      ]),
    );
    const env = [...values].map(([key, value]) => `${key}=${quoteValue(value)}\n`).join('');
    const { status, stdout, stderr } = run(stack, `# before\n${env}`);
    assert.is(status, 0, stderr);
    const objects = objectsIn(stdout);
    const of = (part: string) => {
      const found = objects.find(({ metadata }) => metadata.name === `jitsi-${part}`);
      return found?.kind === 'Secret' ? found.data : {};
    };
    for (const part of ['prosody', 'jicofo', 'jvb'])
      for (const [key, encoded] of Object.entries(of(part)))
        assert.is(Buffer.from(encoded, 'base64').toString(), values.get(key), `${name}: ${key}`);
    assert.equal(Object.keys(of('jvb')), ['JVB_AUTH_PASSWORD']);
    assert.equal(Object.keys(of('jicofo')), ['JICOFO_AUTH_PASSWORD']);
    // README says that .env comes back from it.
    assert.equal(Object.keys(of('prosody')).sort(), [...values.keys()].sort(), name);
  }
});

secrets('where one is missing, nothing is said but which', () => {
  const stack = stackCalled('plain');
  const some = run(stack, 'JICOFO_AUTH_PASSWORD=hidden1\nJVB_AUTH_PASSWORD=\n');
  assert.not(some.status === 0);
  assert.is(some.stdout, '');
  assert.match(some.stderr, /[A-Z_]+ is empty in \.env/);
  assert.not.match(some.stderr, 'hidden1');
  const none = run(stack, undefined);
  assert.not(none.status === 0);
  assert.match(none.stderr, '.env is missing');
});

secrets('no file that git keeps holds one', () => {
  for (const { name, stack } of stacks)
    for (const { path, text } of stack.files)
      for (const secret of stack.plan.secrets)
        assert.not.match(
          text,
          new RegExp(`${secret.name}["']?[:=] *["']?[^\\s"']`),
          `${name}: ${path}`,
        );
});

secrets.run();
