import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../matrix/stack.ts';

const capacity = suite('how many people');

const plannedFor = (people: number | undefined, memory = 16_000) =>
  planOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'acme', email: 'a@example.org' },
    host: { memory, ...(people !== undefined && { people }) },
  });
const textOf = ({ notes }: Awaited<ReturnType<typeof plannedFor>>, level: string) =>
  notes
    .filter((note) => note.level === level)
    .map(({ text }) => text)
    .join(' ');

capacity('nobody who did not say how many hears of it', async () => {
  const plan = await plannedFor(undefined);
  assert.not('capacity' in plan);
  assert.not.match(plan.notes.map(({ text }) => text).join(' '), 'at once');
});

// docs/scaling.md has the sources of these.
const figures = [
  { people: 2, cores: 2, memory: 4096, mbits: 8, bridges: 1 },
  { people: 25, cores: 2, memory: 4096, mbits: 100, bridges: 1 },
  { people: 60, cores: 4, memory: 8192, mbits: 240, bridges: 1 },
  { people: 100, cores: 5, memory: 8192, mbits: 400, bridges: 1 },
  { people: 101, cores: 6, memory: 8192, mbits: 404, bridges: 2 },
  { people: 300, cores: 13, memory: 8192, mbits: 1200, bridges: 3 },
];
for (const wanted of figures) {
  capacity(`${wanted.people} people`, async () => {
    const plan = await plannedFor(wanted.people);
    assert.equal(plan.capacity, wanted);
    assert.match(
      textOf(plan, 'info'),
      `${wanted.people} people at once want about ${wanted.cores}`,
    );
    assert.is(/a stack has one/.test(textOf(plan, 'warning')), wanted.bridges > 1);
    const buffers = plan.steps.filter(({ command }) => /rmem_max/.test(command ?? ''));
    assert.is(buffers.length, wanted.people >= 50 ? 1 : 0);
  });
}

capacity(
  'a server with too little memory for them is named, and what is sold as 8 GB is not',
  async () => {
    const warned = async (memory: number) => textOf(await plannedFor(60, memory), 'warning');
    assert.match(await warned(3900), '3.8 GB of memory are little for 60 people');
    assert.not.match(await warned(7800), 'are little for');
  },
);

capacity.run();
