import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeStack } from '../../../src/generate.ts';
import { planOf } from '../../matrix/stack.ts';

const test = suite('branding: another answer on a stack that is there');

const planFor = (branding: object) =>
  planOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
    branding,
  });

test('what the owner has edited and put there stays, and the answer arrives beside it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'branding-'));
  const at = (name: string) => join(directory, 'jitsi/branding', name);
  const read = (name: string) => readFileSync(at(name), 'utf8');
  const run = async (branding: object) =>
    (await writeStack(directory, await planFor(branding), { git: false })).outcome;
  try {
    await run({ look: 'own', name: 'Before', logo: 'logo.svg', welcome: 'own' });
    writeFileSync(at('own.css'), '.mine { color: red }\n');
    writeFileSync(at('logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(
      at('branding.json'),
      read('branding.json').replace('{\n', '{\n  "backgroundColor": "#123456",\n'),
    );

    assert.is(
      await run({ look: 'own', name: 'After', logo: 'logo.svg', color: '#0f6cbd', welcome: 'own' }),
      'updated',
    );
    assert.is(read('own.css'), '.mine { color: red }\n');
    assert.ok(existsSync(at('logo.svg')));
    const json = JSON.parse(read('branding.json'));
    assert.is(json.backgroundColor, '#123456');
    assert.is(json.customTheme.palette.action01, '#0f6cbd');
    assert.match(read('title.html'), '<title>After</title>');

    await run({ look: 'jitsi' });
    assert.not.match(readFileSync(join(directory, 'compose.yaml'), 'utf8'), 'branding');
    assert.not.ok(existsSync(at('title.html')), 'nobody has edited it');
    assert.is(read('own.css'), '.mine { color: red }\n');
    assert.ok(existsSync(at('logo.svg')));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.run();
