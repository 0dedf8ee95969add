import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const tests = suite('cloud-init');
const test = await needs(tests, 'host:cloud-init');
const folder = mkdtempSync(join(tmpdir(), 'cloud-init-'));
test.after(() => rmSync(folder, { recursive: true }));

const repository = 'https://git.example.org/ops/meet.git?a=b#c';

async function written(): Promise<string> {
  const { files } = await renderedOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
    host: { here: false, memory: 4096, cloneFrom: repository },
  });
  return files.find(({ path }) => path === 'cloud-init.yaml')?.text ?? '';
}

/** What cloud-init itself says of a file, and whether it takes it. */
function judged(text: string): { valid: boolean; said: string } {
  const file = join(folder, 'user-data');
  writeFileSync(file, text);
  try {
    return {
      valid: true,
      said: execFileSync('cloud-init', ['schema', '--config-file', file], { encoding: 'utf8' }),
    };
  } catch (error) {
    return { valid: false, said: String((error as { stderr?: unknown }).stderr ?? error) };
  }
}

test('cloud-init takes the file, and would not take any', async () => {
  const text = await written();
  assert.is(text.split('\n')[0], '#cloud-config');
  const { valid, said } = judged(text);
  assert.ok(valid, said);
  assert.not(judged(text.replace('runcmd:', 'runcmd: 7 #')).valid);
});

test('the commands are what they look like, whatever the address holds', async () => {
  const { runcmd, packages } = parse(await written());
  assert.ok(packages.includes('git'));
  assert.equal(runcmd.slice(1), [
    ['git', 'clone', repository, '/opt/meet'],
    ['/opt/meet/stack', 'up'],
  ]);
});

tests.run();
