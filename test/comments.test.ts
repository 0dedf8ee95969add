import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeStack } from '../src/generate.ts';
import { readDrift } from '../src/sync/index.ts';
import { planOf } from './matrix/stack.ts';

const test = suite('comments in the answers of a stack');

const planFor = (domain: string) =>
  planOf({
    domain,
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
  });

test('are there when it is made from them, count for no change, and survive one', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'comments-'));
  const file = join(directory, 'jitsi-stack.json');
  try {
    writeFileSync(file, '// Ask Anna.\n{ "domain": "meet.example.org", // at example.net\n}');
    const created = await writeStack(directory, await planFor('meet.example.org'), { git: false });
    assert.is(created.outcome, 'created');
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^\/\/ Ask Anna\.\n{\n/);
    assert.match(text, '  "domain": "meet.example.org", // at example.net\n');
    assert.not.match(readFileSync(join(directory, 'jitsi-stack.lock'), 'utf8'), 'Anna');

    writeFileSync(file, text.replace('Anna', 'Ben'));
    const drift = await readDrift(directory);
    const answers = drift?.files.find(({ path }) => path === 'jitsi-stack.json');
    assert.is(answers?.condition, 'as-generated');

    await writeStack(directory, await planFor('meet.neu.example.org'), { git: false });
    const changed = text
      .replace('Anna', 'Ben')
      .replaceAll('meet.example.org', 'meet.neu.example.org');
    const named = (text: string) => text.replace(/"(name|bridge|subnet6?)": ".*"/g, '');
    assert.is(named(readFileSync(file, 'utf8')), named(changed));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.run();
