import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkAnswers } from '../../src/answers/check.ts';
import { fillDefaults, layerAnswers, type RawAnswers } from '../../src/answers/complete.ts';
import { writeAnswers } from '../../src/answers/file/write.ts';
import { answerFlags } from '../../src/answers/flags.ts';
import { pickedAnswers } from '../../src/answers/picked.ts';
import { allQuestions } from '../../src/answers/questions.ts';
import { answersJsonSchema } from '../../src/answers/schema.ts';
import { type Choosable, sectionsOf } from '../../src/answers/sections.ts';
import { type AnswerTable, answerTable, type OfferSection } from '../../src/answers/table.ts';
import { defineBlueprint } from '../../src/blueprint.ts';
import { StackError } from '../../src/errors.ts';
import { features, stated } from './features.ts';

const row = suite('a row of the table is all that a new kind of feature needs');

const table: AnswerTable = {
  ...answerTable,
  addons: {
    pick: 'some',
    title: 'Add-ons',
    asked: 75,
    question: 'What else should meetings have?',
    about: 'what meetings have besides',
  },
};
const extra = (value: string, fields?: Choosable['fields']): Choosable => ({
  offer: { section: 'addons' as OfferSection, value, label: value, order: 1 },
  ...(fields && { fields }),
});
const sections = sectionsOf(
  [
    ...features,
    extra('pads', {
      days: { kind: 'integer', question: 'How long?', description: 'days', default: 30 },
      title: { kind: 'text', question: 'Which title?', description: 'title' },
    }),
    extra('polls'),
  ],
  table,
);
const withPads = { ...stated, addons: ['polls', 'pads'], pads: { title: 'Notes' } };
const checked = (raw: RawAnswers) =>
  checkAnswers(sections, fillDefaults(sections, raw).answers, 'jitsi-stack.json');

function problemsOf(raw: RawAnswers) {
  try {
    checkAnswers(sections, raw, 'jitsi-stack.json');
  } catch (error) {
    assert.instance(error, StackError);
    return (error as StackError).problems;
  }
  throw new Error('nothing was refused');
}

row('nobody has to say that he wants none of a list', () => {
  const { answers, missing } = fillDefaults(sections, stated);
  assert.equal(missing, []);
  assert.equal(answers.addons, []);
  assert.not('pads' in answers);
});

row(
  'what an entry asks besides is asked, flagged, checked and described where its offer stands',
  () => {
    const { missing } = fillDefaults(sections, { ...stated, addons: ['pads'] });
    assert.equal(
      missing.map(({ section, name }) => [section.id, name]),
      [['pads', 'title']],
    );
    const asked = allQuestions(sections, withPads).map(({ section, name }) => [section.id, name]);
    assert.ok(asked.some(([id, name]) => id === 'pads' && name === 'days'));
    assert.not(
      allQuestions(sections, stated).some(({ section }) => section.id === 'pads'),
      'nobody chose it',
    );
    const flags = new Map(answerFlags(sections).map((flag) => [flag.name, flag]));
    assert.ok(flags.has('addons'));
    assert.equal(flags.get('pads-days')?.path, ['pads', 'days']);
    assert.equal(flags.get('pads-days')?.choices, ['pads']);
    const [problem] = problemsOf({ ...checked(withPads), pads: { days: -1, title: 'Notes' } });
    assert.is(problem?.where, 'jitsi-stack.json, pads.days');
    assert.match(problem?.fix ?? '', /--pads-days/);
    const { properties } = answersJsonSchema(sections) as {
      properties: Record<string, { properties?: Record<string, { default?: unknown }> }>;
    };
    assert.is(properties.pads?.properties?.days?.default, 30);
  },
);

row('a picked feature has its own answers, also one that asks nothing', () => {
  const answers = checked(withPads);
  const own = (value: string) => pickedAnswers(answers, { section: 'addons', value }, table);
  assert.equal(own('pads'), { title: 'Notes', days: 30 });
  assert.equal(own('polls'), {});
  assert.is(own('whiteboard'), undefined);
  const one = (value: string) => pickedAnswers(answers, { section: 'certificates', value }, table);
  assert.equal(one('own'), { source: 'own' });
  assert.is(one('acme'), undefined);
});

row('a picked feature’s answers are checked even where none is there', () => {
  const { pads: _, ...answers } = { ...checked(withPads), pads: {} };
  assert.equal(
    problemsOf(answers).map(({ where }) => where),
    ['jitsi-stack.json, pads.days', 'jitsi-stack.json, pads.title'],
  );
});

row('answers of a feature that nobody picked are refused with the way to pick it', () => {
  const [problem] = problemsOf({ ...checked(stated), pads: { days: 3, title: 'Notes' } });
  assert.is(problem?.where, 'jitsi-stack.json, pads');
  assert.match(problem?.what ?? '', /“pads”.*“addons”/);
  assert.match(problem?.fix ?? '', /--addons pads/);
});

row('what leaves the list takes its answers along, and what stays keeps them', () => {
  const under = { addons: ['pads'], pads: { days: 3 } };
  assert.equal(layerAnswers(sections, under, { addons: [] }), { addons: [] });
  assert.equal(layerAnswers(sections, under, { addons: ['pads', 'polls'] }), {
    addons: ['pads', 'polls'],
    pads: { days: 3 },
  });
  assert.equal(layerAnswers(sections, under, { pads: { title: 'x' } }).pads, {
    days: 3,
    title: 'x',
  });
});

row(
  'the file has the row where the table has it, and the entries’ answers behind their list',
  () => {
    const keys = Object.keys(JSON.parse(writeAnswers(checked(withPads), table)));
    assert.equal(keys, [
      ...[
        '$schema',
        'version',
        'release',
        'domain',
        'name',
        'network',
        'edge',
        'certificates',
        'turn',
      ],
      ...['auth', 'rebuild', 'backup', 'alerts', 'branding', 'extras', 'firewall', 'host'],
      ...['addons', 'pads', 'settings'],
    ]);
  },
);

row('two parts of the answers cannot have one name', () => {
  assert.throws(() => sectionsOf([...features, extra('host', { x: question })], table), /“host”/);
  assert.throws(
    () => sectionsOf([...features, extra('domain', { x: question })], table),
    /“domain”/,
  );
});

const question = { kind: 'boolean', question: 'Really?', description: 'x' } as const;

row('fields that nothing would ask do not compile', () => {
  const common = { id: 'x', title: 'x', order: 1, contribute: () => ({}) };
  const offer = { section: 'firewall', value: 'x', label: 'x', order: 1 } as const;
  // @ts-expect-error without an offer there is no place for them
  defineBlueprint({ ...common, fields: { really: question } });
  const { fields } = defineBlueprint({
    ...common,
    offer,
    fields: { really: question },
    contribute({ own }) {
      const really: boolean = own.really;
      return { environment: { web: { really } } };
    },
  });
  assert.ok(fields?.really);
  defineBlueprint({
    ...common,
    offer,
    fields: {
      side: { ...question, kind: 'choice', options: [{ value: 'left', label: '' }] },
    },
    check({ own }) {
      // @ts-expect-error a choice has the values of its options and no others
      return own.side === 'right' ? [] : [];
    },
  });
});

row.run();
