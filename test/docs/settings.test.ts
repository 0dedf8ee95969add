import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../matrix/stack.ts';

const settings = suite('settings that the pages advise');
const folder = join(import.meta.dirname, '../../docs');

/** `settings.NAME: value` in a page, the value as JSON. */
const advised = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .flatMap((page) =>
    [
      ...readFileSync(join(folder, page), 'utf8').matchAll(
        /`settings\.([A-Z0-9_]+): ("[^"]*"|\S+?)`/g,
      ),
    ].map(([, name = '', value = '']) => ({ page, name, value: JSON.parse(value) })),
  );

/** What a page about an extra takes for granted: that one has it. */
const taken: Readonly<Record<string, object>> = {
  'telephone.md': {
    auth: { mode: 'internal' },
    extras: ['telephone'],
    telephone: { account: '4930123456@sip.example.org' },
  },
};

settings('are a good part of what people wish for', () => {
  assert.ok(advised.length > 10, `only ${advised.length} were found`);
});

for (const { page, name, value } of advised) {
  settings(`${page}: ${name} = ${value} reaches a container`, async () => {
    const { services } = await planOf({
      domain: 'meet.example.org',
      network: { publicAddresses: ['203.0.113.7'] },
      certificates: { email: 'ops@example.org' },
      host: { memory: 4096, timezone: 'UTC' },
      ...taken[page],
      settings: { [name]: value },
    });
    assert.ok(services.some(({ environment }) => name in environment));
  });
}

settings.run();
