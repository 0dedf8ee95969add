import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readEnvFile } from '../../src/adopt/read/env.ts';
import { quoteValue } from '../../src/env-file.ts';
import { composeView } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { Folder } from './installations.ts';

/** Lines as people and generators write them; A is what is looked at, Y is “why”. */
const lines: readonly string[] = [
  'A=b',
  'A = b ',
  'export A=b',
  'A: b',
  'A=\tb',
  'A=a b',
  'A=a#b',
  'A=a #b',
  "A=it's",
  'A=a"b"',
  'A=ü€',
  'A=`id`',
  'A=$(id)',
  'A=b\r',
  'A="b"\r',
  "A='b' # c",
  'A="b"c',
  'A="two\nlines"',
  "A='x $Y'",
  "A='a\\'b'",
  "A='a\\\\b'",
  'A="x $Y y"',
  'A="a\\$Y"',
  'A="a\\nb"',
  'A="a\\"b"',
  'A="a\\\\nb"',
  'A="a\\tb\\qc"',
  'A="\\0101"',
  'A="a$$b"',
  'A=a$$b',
  'A=a\\nb',
  `A=x\${Y}z`,
  `A=\${UNSET}`,
  `A=\${UNSET:-d}`,
  `A=\${Y:-d}`,
  `A=\${Y-d}`,
  `A=\${Y:+d}`,
  `A=\${UNSET:-\${Y}}`,
  'A=1\nA=2',
  'A=',
];

const test = suite('adopt: .env');

test('the last line for a name counts, with its place', () => {
  const folder = new Folder({ '.env': '\ufeff# c\nA=1\n\nB="x\ny"\nA=2\n' });
  const values = readEnvFile(`${folder.path}/.env`, '.env');
  assert.equal(values?.get('A'), { value: '2', evidence: { file: '.env', line: 6, key: 'A' } });
  assert.is(values?.get('B')?.evidence.line, 4);
  folder.remove();
});

test('names above can be used, those of this process cannot', () => {
  const folder = new Folder({ '.env': 'A=one\nB=$A-$HOME\n' });
  assert.is(readEnvFile(`${folder.path}/.env`, '.env')?.get('B')?.value, 'one-');
  folder.remove();
});

test('a quote that is never closed is refused with its line', () => {
  const folder = new Folder({ '.env': 'A=1\nB="x\n' });
  assert.throws(() => readEnvFile(`${folder.path}/.env`, '.env'), /line 2.*never closed/);
  folder.remove();
});

test('no file is no value', () => {
  assert.is(readEnvFile('/nowhere/.env', '.env'), undefined);
});

/** Secrets that somebody typed, not made by a program. */
const typed: readonly string[] = [
  '0123456789abcdef',
  "it's",
  '"quoted"',
  `$HOME \${X} $$`,
  'a\\b\\',
  "\\'",
  ' blank ',
  'a #b',
  'two\nlines\r',
  'ünï €',
  '`id` $(id)',
  '',
];

test('what is written into .env is read back as it was', () => {
  for (const value of typed) {
    const folder = new Folder({ '.env': `A=${quoteValue(value)}\nB=after\n` });
    const values = readEnvFile(`${folder.path}/.env`, '.env');
    assert.equal([values?.get('A')?.value, values?.get('B')?.value], [value, 'after'], value);
    folder.remove();
  }
});

const real = await needs(test, 'docker-compose');

real('every value is what Docker Compose makes of it', async () => {
  const different: string[] = [];
  for (const line of lines) {
    const folder = new Folder({
      '.env': `Y=why\n${line}\n`,
      'compose.yaml': 'services:\n  x:\n    image: y\n    environment: [A]\n',
    });
    const mine = readEnvFile(`${folder.path}/.env`, '.env')?.get('A')?.value;
    const theirs = (await composeView(folder.path)).services.x?.environment?.A;
    if (mine !== theirs) different.push(`${line}: ${mine} instead of ${theirs}`);
    folder.remove();
  }
  assert.equal(different, []);
});

real('what is written into .env is what Docker Compose reads', async () => {
  for (const value of typed) {
    const folder = new Folder({
      '.env': `A=${quoteValue(value)}\n`,
      'compose.yaml': 'services:\n  x:\n    image: y\n    environment: [A]\n',
    });
    assert.is((await composeView(folder.path)).services.x?.environment?.A, value);
    folder.remove();
  }
});

test.run();
