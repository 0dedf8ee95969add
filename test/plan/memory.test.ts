import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { StackError } from '../../src/errors.ts';
import { memoryReserve } from '../../src/plan/memory.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planOf } from '../matrix/stack.ts';

const memory = suite('memory limits');
const GB = 1024;
const sizes = [900, 957, 1000, 1500, 1963, 2000, 3 * GB, 3900, 4 * GB, 8 * GB, 16 * GB, 64 * GB];

const edges: readonly RawAnswers[] = [
  { edge: { proxy: 'nginx' }, turn: { mode: 'none' } },
  { edge: { proxy: 'nginx' }, turn: { mode: 'coturn', share443: true } },
  { edge: { proxy: 'haproxy', clientAddress: 'proxy-protocol' } },
  {
    edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' },
    turn: { clientAddress: 'go-mmproxy' },
  },
];

const made = (size: number, more: RawAnswers) =>
  planOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'acme', email: 'a@example.org' },
    host: { memory: size },
    ...more,
  });

const limits = ({ services }: Plan) =>
  services
    .filter(({ lifetime }) => lifetime !== 'once')
    .reduce((sum, service) => sum + service.memory, 0);

memory(
  'the limits of all containers fit into the server, or it is said that they do not',
  async () => {
    let refused = 0;
    for (const size of sizes) {
      for (const more of edges) {
        try {
          const sum = limits(await made(size, more));
          assert.ok(
            sum <= size - memoryReserve(size),
            `${size} MiB: ${sum}, ${JSON.stringify(more)}`,
          );
        } catch (error) {
          if (!(error instanceof StackError)) throw error;
          refused++;
          assert.ok(size < 1500, `refused at ${size}: ${error.message}`);
          assert.match(
            error.message,
            `The server has ${size} MiB of memory, and what was chosen needs`,
          );
          assert.match(error.message, 'or leave something out: “');
          assert.is(error.problems[0]?.answer, 'host.memory');
        }
      }
    }
    assert.ok(refused > 0 && refused < 8, `${refused} refused`);
  },
);

memory(
  'of what can be left out, the largest is named first, also where extras share it',
  async () => {
    const extras = { extras: ['whiteboard', 'recording'] };
    const error = await made(4096, extras).then(
      () => undefined,
      (refused) => refused,
    );
    assert.instance(error, StackError);
    assert.match(error.message, 'or leave something out: “Jibri (recorder)”');
    assert.match(error.message, '“Whiteboard”');
  },
);

memory('the usual stack runs on what is sold as 1 GB, with a word about swap', async () => {
  const plan = await made(957, edges[1] ?? {});
  assert.match(plan.notes.map(({ text }) => text).join(' '), '957 MiB of memory are little');
  assert.match(plan.steps.find(({ title }) => title.includes('swap'))?.command ?? '', 'swapon');
  const two = await made(1963, edges[1] ?? {});
  assert.not(two.steps.some(({ title }) => title.includes('swap')));
});

memory('Java’s heap leaves room in its container, however small', async () => {
  for (const size of sizes) {
    const { services } = await made(size, edges[0] ?? {});
    for (const [name, variable] of [
      ['jvb', 'VIDEOBRIDGE_MAX_MEMORY'],
      ['jicofo', 'JICOFO_MAX_MEMORY'],
    ] as const) {
      const service = services.find((one) => one.name === name);
      const heap = Number.parseInt(String(service?.environment[variable]), 10);
      assert.ok(heap + 96 <= (service?.memory ?? 0), `${name} at ${size}: ${heap}`);
    }
  }
});

memory.run();
