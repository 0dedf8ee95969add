import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { renderedOf } from '../../matrix/stack.ts';

const steps = suite('the README’s first start');

const servers: Readonly<Record<string, RawAnswers>> = {
  'a usual server': { memory: 4096 },
  'a small server': { memory: 1000 },
  'many people': { memory: 16_000, people: 300 },
  'another computer': { memory: 4096, here: false },
};
for (const [what, host] of Object.entries(servers)) {
  steps(`${what}: every command can be copied as it is typed`, async () => {
    const { plan, files } = await renderedOf({
      domain: 'meet.example.org',
      network: { publicAddresses: ['203.0.113.7'] },
      certificates: { source: 'acme', email: 'a@example.org' },
      host,
    });
    const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
    const lines = plan.steps.flatMap(({ command = '' }) => command.split('\n').filter(Boolean));
    assert.ok(lines.length > 3, `${lines.length}`);
    for (const line of lines) assert.match(readme, `\`${line}\``);
  });
}

steps.run();
