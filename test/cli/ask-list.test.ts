import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askList } from '../../src/cli/wizard/ask-list.ts';
import { person, type Reply } from './stand-ins.ts';

const field = {
  kind: 'choices',
  question: 'Which firewalls?',
  description: 'firewalls',
  options: [
    { value: 'one', label: 'One' },
    { value: 'a', label: 'A', group: 'router' },
    { value: 'b', label: 'B', group: 'router' },
    { value: 'cloud', label: 'Cloud', group: 'provider' },
    { value: 'stray', label: 'Stray', group: 'nowhere' },
  ],
  groups: [
    { value: 'router', label: 'My router', question: 'Which router is it?' },
    { value: 'provider', label: 'My provider', question: 'Whose server is it?' },
    { value: 'empty', label: 'Nothing in it', question: 'Never asked' },
  ],
} as const;

const first = 'Which firewalls?';
const router = 'Which router is it?';

async function asking(replies: Readonly<Record<string, readonly Reply[]>>, initial: string[] = []) {
  const { asker, asked } = person(replies);
  return { values: await askList(asker, field, initial), asked };
}

const list = suite('a long list of choices');

list(
  'a group is one entry that says what is in it, and is asked about only when it is chosen',
  async () => {
    const { values, asked } = await asking({ [first]: [['one']] });
    assert.equal(values, ['one']);
    assert.equal(
      asked.map(({ question }) => question),
      [first],
    );
    const offered = asked[0]?.offered as readonly { value: string; hint?: string }[];
    assert.equal(
      offered.map(({ value, hint }) => [value, hint]),
      [
        ['one', undefined],
        ['stray', undefined],
        ['router', 'A, B'],
        ['provider', 'Cloud'],
      ],
    );
  },
);

list('what is chosen in a group is an entry like any other, in the order of the list', async () => {
  const { values } = await asking({
    [first]: [['router', 'one', 'provider']],
    [router]: [['b', 'a']],
    'Whose server': [['cloud']],
  });
  assert.equal(values, ['one', 'a', 'b', 'cloud']);
});

list('what was chosen before is proposed, and its group with it', async () => {
  const { values, asked } = await asking({}, ['b']);
  assert.equal(values, ['b']);
  assert.equal(
    asked.map(({ answer }) => answer),
    [['router'], ['b']],
  );
});

list('a group that is taken away takes its entries along', async () => {
  const { values } = await asking({ [first]: [['one']] }, ['b']);
  assert.equal(values, ['one']);
});

list('going back from a group leads to the first question, with what was chosen', async () => {
  const { values, asked } = await asking({
    [first]: [
      ['one', 'router', 'provider'],
      ['one', 'router'],
    ],
    [router]: [['a'], ['a']],
    'Whose server': [{ back: true }],
  });
  assert.equal(values, ['one', 'a']);
  assert.equal(
    asked.map(({ question }) => question),
    [first, router, 'Whose server is it?', first, router],
  );
});

list.run();
