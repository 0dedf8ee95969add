import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { visible, visibleContext } from '../../src/cli/output.ts';
import { columnsOf } from '../../src/cli/report/wrap.ts';
import { run } from '../../src/cli/run.ts';
import { desk, person } from './stand-ins.ts';

const test = suite<{ folder: string }>('output');
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'output-'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** Red, a title, a C1 sequence, a turned direction, a carriage return over the line, and a bell. */
const evil = '\u001b[31m\u001b]0;x\u0007\u009b2J\u202eflip\u2066\rover\u007f';
/** What a terminal would obey; ends of lines and tabs are for it to obey. */
const kinds = [
  '\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f',
  '\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069',
];
const obeyed = new RegExp(`[${kinds.join('')}]`);

test('what a terminal would obey is shown, and means the same in JSON', () => {
  assert.not.match(visible(evil), obeyed);
  assert.match(visible(evil), '\\u001b[31m');
  assert.is(visible('a\tb\nc\r\nd – ü 漢 👍🏽'), 'a\tb\nc\r\nd – ü 漢 👍🏽');
  const text = JSON.stringify({ evil });
  assert.equal(JSON.parse(visible(text)), { evil });
});

/** Surroundings with a terminal that has these colours, and what they print. */
function painted(style: (format: unknown, text: string) => string, printed: string[]) {
  const here = desk('.');
  const terminal = { ...here.terminal, style };
  return visibleContext(
    { ...here, terminal, print: (text) => printed.push(text), farewell: {} },
    false,
  );
}

test('colours are ours alone', () => {
  const printed: string[] = [];
  const paint = (_: unknown, text: string) => `\u001b[1m${text}\u001b[22m`;
  const { print, terminal } = painted(paint, printed);
  print(`${terminal.style('bold', `a${evil}b`)} \u001b[1mc <x:0> <x:0/>`);
  assert.equal(printed, [
    `\u001b[1ma${visible(evil)}b\u001b[22m ${visible('\u001b')}[1mc <x:0> <x:0/>`,
  ]);
});

test('a colour takes no column, and two of them are told apart', () => {
  const printed: string[] = [];
  const paint = (format: unknown, text: string) => `<${format}>${text}</${format}>`;
  const { print, terminal } = painted(paint, printed);
  const text = `${terminal.style('bold', 'one')} ${terminal.style('cyan', terminal.style('bold', 'two'))}`;
  assert.is(columnsOf(text), 'one two'.length);
  print(text);
  assert.equal(printed, ['<bold>one</bold> <cyan><bold>two</bold></cyan>']);
});

test('foreign text goes through it on every way out', async ({ folder }) => {
  const file = join(folder, 'answers.json');
  const hostile = [
    { domain: evil },
    { [evil]: 1 },
    { settings: { [evil]: 1 } },
    { settings: { TZ: evil, CSP_HEADER: evil } },
    { domain: 'meet.example.org', certificates: { source: 'acme', email: evil } },
  ];
  for (const answers of hostile) {
    writeFileSync(file, JSON.stringify(answers));
    for (const mode of [[], ['--json']]) {
      const there = desk(folder);
      assert.is(await run(['meet', '--answers', file, ...mode], there), 2);
      assert.not.match(there.said() + there.printed(), obeyed);
      assert.ok(there.said().length > 20);
    }
  }
  for (const words of [
    [`--${evil}`],
    ['--domain', evil],
    ['--set', evil],
    ['--set', `settings.TZ=${evil}`],
    ['explain', evil],
    ['doctor', evil],
    ['adopt', evil],
    ['releases', evil],
    ['meet', '--release', evil],
  ]) {
    const there = desk(folder);
    await run(words, there);
    assert.not.match(there.said() + there.printed(), obeyed, JSON.stringify(words));
  }
});

test('an old installation is shown that way, on a terminal too', async ({ folder }) => {
  mkdirSync(join(folder, 'old'));
  writeFileSync(
    join(folder, 'old/compose.yaml'),
    `services:\n  web:\n    image: jitsi/web:stable-10888\n    environment: ${JSON.stringify([`PUBLIC_URL=https://${evil}`, `TZ=${evil}`, `CSP_HEADER=${evil}`])}\n  "x${JSON.stringify(evil).slice(1, -1)}": { image: ${JSON.stringify(evil)} }\n`,
  );
  const there = desk(folder);
  assert.is(await run(['adopt', 'old', 'new'], there), 2);
  assert.not.match(there.said() + there.printed(), obeyed);
  assert.match(there.said(), '\\u001b[31m');
  const session = person({ 'Where should': [{ cancel: true }] });
  await run(['adopt', 'old'], desk(folder, { session }));
  assert.ok(session.seen.length > 1);
  assert.not.match(session.seen.join('\n'), obeyed);
});

test.run();
