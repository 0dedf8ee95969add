import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diagnosisJson, diagnosisText } from '../../src/cli/report/doctor.ts';
import { run } from '../../src/cli/run.ts';
import type { Diagnosis } from '../../src/doctor/examine.ts';
import { type Finding, merged } from '../../src/doctor/finding.ts';
import { plainTerminal } from './plain-terminal.ts';
import { desk } from './stand-ins.ts';

const doctor = suite('doctor');
const wrong: Finding = {
  check: 'page',
  subject: 'https://meet.example.org/',
  outcome: 'wrong',
  seen: 'It answers 502 (Bad Gateway).',
  why: 'nginx works, but web behind it does not answer.',
  fix: 'On the server: ./stack status, then docker compose logs web, which says in many words what it misses.',
  at: ['2001:db8::7'],
};
const fine: Finding = {
  check: 'page',
  subject: 'https://meet.example.org/',
  outcome: 'ok',
  seen: 'It is Jitsi’s page.',
  at: ['203.0.113.7'],
};
const media: Finding = {
  check: 'media',
  subject: '10000/udp',
  outcome: 'not checked',
  seen: 'No.',
};
const diagnosis = (...findings: Finding[]): Diagnosis => ({
  url: 'https://meet.example.org',
  vantage: 'outside',
  findings,
});

doctor('says for each finding what was seen, why it matters and what to do', () => {
  const text = diagnosisText(diagnosis(wrong, media), plainTerminal);
  assert.match(text, /^https:\/\/meet\.example\.org, seen from outside its network\n/);
  assert.match(text, /\nPage\n {2}wrong +https:\/\/meet\.example\.org\/: It answers 502/);
  assert.match(text, /\n +nginx works, but web[^\n]*\n +→ On the server/);
  assert.match(text, /\n {2}not checked +10000\/udp: No\.\n/);
  assert.match(text, '0 ok, 1 wrong, 1 not checked');
  const lines = text.split('\n');
  assert.equal(
    lines.filter((line) => line.length > 80),
    [],
  );
});

doctor('names addresses where they differ, and only there', () => {
  const differing = diagnosisText(diagnosis(fine, wrong), plainTerminal);
  assert.match(differing, 'https://meet.example.org/ at 2001:db8::7: It answers');
  const [one, ...more] = merged([fine, { ...fine, at: ['2001:db8::7'] }]);
  assert.equal(more, []);
  assert.equal(one?.at, ['203.0.113.7', '2001:db8::7']);
  assert.not.match(diagnosisText(diagnosis(one ?? fine), plainTerminal), ' at 2');
});

doctor('does without characters that a terminal lacks', () => {
  assert.match(diagnosisText(diagnosis(wrong), { ...plainTerminal, unicode: false }), '-> On the');
});

doctor('prints the JSON that its documentation promises', () => {
  const printed = JSON.parse(diagnosisJson(diagnosis(wrong, fine, media)));
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  const promised = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  assert.equal(Object.keys(printed), Object.keys(promised));
  assert.equal(Object.keys(printed.findings[0]), Object.keys(promised.findings[0]));
  assert.equal([printed.ok, printed.wrong, printed.notChecked], [1, 1, 1]);
});

doctor('doctor needs a stack, and one only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  try {
    for (const [words, sentence] of [
      [[], 'There is no stack here'],
      [['.'], 'There is no stack here'],
      [['one', 'two'], 'One directory is enough'],
    ] as const) {
      const there = desk(folder);
      assert.is(await run(['doctor', ...words], there), 2);
      assert.match(there.said(), sentence);
      assert.is(there.printed(), '');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

doctor.run();
